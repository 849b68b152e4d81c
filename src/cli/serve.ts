/** `nta serve [<capture or folder>…] [--port N] [--no-open]`: the interface in a browser, for this machine only. */

import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { forkAnalyzer } from '../node/analyzer/fork.ts'
import { isStoppedBySystem } from '../node/analyzer/stopped.ts'
import { LogFile } from '../node/host/log-file.ts'
import { dataFolder } from '../node/settings/settings-folder.ts'
import { TOOL_VERSION } from '../node/tool-version.ts'
import { openBrowser } from '../web/open-browser.ts'
import { type PageFiles, pageFilesIn } from '../web/page-files.ts'
import { startWebHost } from '../web/web-server.ts'
import { ExitStatus } from './exit-status.ts'
import { readOptions } from './read-options.ts'
import { standardInputRefused } from './standard-input.ts'

/** Minutes without an open page until the server ends: long enough for a coffee, short enough not to be forgotten. */
const IDLE_MINUTES = 15

interface ServeArguments {
  readonly named: readonly string[]
  readonly port: number
  readonly opensBrowser: boolean
}

/** Runs until interrupted or idle. Prints one line, with the address, on standard output. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const read = readServeArguments(args)
  if (typeof read === 'string')
    return complain(`${read} nta serve --help lists the options.`, ExitStatus.wrongUsage)
  const missing = read.named.find((path) => !existsSync(path))
  if (missing !== undefined) {
    return complain(`${missing} does not exist. Check the name and the folder.`, ExitStatus.notAnalysed)
  }
  const pageFiles = builtPage()
  if (pageFiles === null) {
    return complain('The interface is not built. Run `npm run build` first.', ExitStatus.notAnalysed)
  }

  const paths = read.named.map((path) => resolve(path))
  const captures = paths.filter((path) => !statSync(path).isDirectory())
  const folders = paths.filter((path) => !captures.includes(path))
  const data = dataFolder()
  const log = new LogFile(join(data, 'nta.log'))
  // A fault in one call is no reason to take every page's result away.
  process.on('uncaughtException', (error) => log.write(`web: ${error.stack ?? error.message}`))
  try {
    const host = await startWebHost({
      pageFiles,
      captures,
      // Nothing named: where the person stands is what they mean.
      folders: paths.length === 0 ? [process.cwd()] : folders,
      port: read.port,
      dataFolder: data,
      samplesFolder: besideProgram('samples'),
      version: TOOL_VERSION,
      log,
      spawn: () => forkAnalyzer(),
      isStopped: isStoppedBySystem,
      idleMinutes: IDLE_MINUTES,
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => host.close())
    process.stdout.write(`Network Traffic Analyzer: ${host.url} (for this machine only; Ctrl+C ends it)\n`)
    if (read.opensBrowser) openBrowser(host.url, (line) => log.write(line))
    await host.ended
    return ExitStatus.analysed
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const what = code === 'EADDRINUSE' ? `Port ${read.port} is in use. Choose another with --port.` : message
    return complain(what, ExitStatus.notAnalysed)
  }
}

/** What was asked for, or one sentence on what is wrong. */
export function readServeArguments(args: readonly string[]): ServeArguments | string {
  const given = readOptions(args, { port: 'value', 'no-open': 'flag' })
  if ('wrong' in given) return given.wrong
  const { values, operands } = given
  const standardInput = standardInputRefused(operands)
  if (standardInput !== null) return standardInput
  const port = Number(values.port ?? 0)
  if (values.port !== undefined && (!/^\d{1,5}$/.test(values.port) || port > 65535)) {
    return `--port takes a number from 0 to 65535, not "${values.port}".`
  }
  return { named: operands, port, opensBrowser: values['no-open'] !== true }
}

/** The built interface: beside the bundled command line, or in the project when run from its sources. */
function builtPage(): PageFiles | null {
  for (const name of ['out/web', 'out/renderer']) {
    const files = pageFilesIn(besideProgram(name))
    if (files !== null) return files
  }
  return null
}

/** A folder of the project: this file runs as `out/cli/….mjs` or as `src/cli/serve.ts`, two levels down both times. */
function besideProgram(name: string): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..', name)
}

function complain(message: string, status: number): number {
  process.stderr.write(`nta: ${message}\n`)
  return status
}
