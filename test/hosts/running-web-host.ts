/** A loopback host for tests: real server, real analyzer processes, a page of two files, nothing of the user's. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHost, type Host, type WebResponse, webTransport } from '../../src/contract/index.ts'
import { forkAnalyzer } from '../../src/node/analyzer/fork.ts'
import { isStoppedBySystem } from '../../src/node/analyzer/stopped.ts'
import { LogFile } from '../../src/node/host/log-file.ts'
import { pageFilesIn } from '../../src/web/page-files.ts'
import { startWebHost, type WebHost, type WebHostOptions } from '../../src/web/web-server.ts'

export interface RunningWebHost extends WebHost {
  readonly origin: string
  /** Calls as the built page makes them. */
  host(pageId?: string): Host
  readonly dataFolder: string
  /** Ends it and removes what it kept. */
  stop(): void
}

export async function runWebHost(options: Partial<WebHostOptions> = {}): Promise<RunningWebHost> {
  const folder = mkdtempSync(join(tmpdir(), 'web-host-'))
  const pageFolder = join(folder, 'page')
  mkdirSync(join(pageFolder, 'assets'), { recursive: true })
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(pageFolder, 'assets', 'index.js'), 'export {}')
  writeFileSync(join(folder, 'secret.json'), '{}')

  const dataFolder = join(folder, 'data')
  mkdirSync(dataFolder)
  const running = await startWebHost({
    pageFiles: pageFilesIn(pageFolder)!,
    port: 0,
    captures: [],
    folders: [],
    dataFolder,
    samplesFolder: join(folder, 'samples'),
    version: '1.2.3',
    log: new LogFile(join(dataFolder, 'nta.log')),
    spawn: () => forkAnalyzer(),
    isStopped: isStoppedBySystem,
    idleMinutes: 10,
    ...options,
  })
  const origin = `http://127.0.0.1:${running.port}`
  return {
    ...running,
    origin,
    dataFolder,
    host: (pageId = 'page-1') =>
      createHost(
        webTransport({
          fetch: (url, init) => fetch(`${origin}${url}`, init as RequestInit) as Promise<WebResponse>,
          newAbort: () => new AbortController(),
          newDecoder: () => new TextDecoder(),
          token: running.token,
          pageId,
        }),
      ),
    stop() {
      running.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
