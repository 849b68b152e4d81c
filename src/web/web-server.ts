/** The loopback host of the browser twin: one HTTP server on 127.0.0.1, for one person, that ends when nobody looks. */

import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { pageHeader, pageHeaders, pageIdForm, tokenFragment } from '../contract/index.ts'
import type { AnalyzerChild } from '../node/analyzer/client.ts'
import { Analyses, type OpenAnalysis } from '../node/host/analyses.ts'
import { CaptureOffers } from '../node/host/captures.ts'
import { hostHandlers } from '../node/host/handlers.ts'
import { makePrivateFolder } from '../node/host/private-folder.ts'
import type { LogFile } from '../node/host/log-file.ts'
import { RecentCaptures } from '../node/host/recent-captures.ts'
import { NoteStore } from '../node/settings/settings-notes.ts'
import { SettingsStore } from '../node/settings/settings-store.ts'
import { answerCall } from './answer-call.ts'
import type { PageFiles } from './page-files.ts'
import {
  type Guard,
  type Refusal,
  refusalOfAny,
  refusalOfCaller,
  refusalOfMethod,
  refusalOfType,
} from './request-guard.ts'
import { WebDownloads } from './web-downloads.ts'
import { WebFolders } from './web-folders.ts'
import { WebPages } from './web-pages.ts'
import { webParts } from './web-parts.ts'
import { WebUploads } from './web-uploads.ts'

export interface WebHostOptions {
  readonly pageFiles: PageFiles
  /** 0 takes any free port. */
  readonly port: number
  /** Opened by every new page. */
  readonly captures: readonly string[]
  /** What may be opened besides. */
  readonly folders: readonly string[]
  readonly dataFolder: string
  readonly samplesFolder: string
  readonly version: string
  readonly log: LogFile
  readonly spawn: () => AnalyzerChild
  readonly isStopped: (pid: number) => boolean
  /** Minutes without any open page after which the server ends. */
  readonly idleMinutes: number
  /** Largest upload in bytes; the usual ceiling when left out. */
  readonly uploadBytesMax?: number
}

export interface WebHost {
  /** With the token, for the person alone. */
  readonly url: string
  readonly port: number
  readonly token: string
  /** Resolves when the server has ended, by itself or by `close`. */
  readonly ended: Promise<void>
  close(): void
}

/** A browser with many tabs and uploads; more than that is no person. */
const CONNECTIONS_MAX = 200
const ANALYSES_MAX = 8

export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { log, dataFolder } = options
  const folder = makePrivateFolder()
  const offers = new CaptureOffers()
  const analyses = new Analyses({
    spawn: options.spawn,
    isStopped: options.isStopped,
    now: () => performance.now(),
    log: (line) => log.write(line),
    folder,
    countMax: ANALYSES_MAX,
    tell: (notice) => pages.tell({ kind: 'notice', severity: 'warning', ...notice }),
  })
  const pages = new WebPages((page) => {
    if (page.opened) analyses.close(page.opened.id)
  })
  const uploads = new WebUploads(folder, offers, options.uploadBytesMax)
  const downloads = new WebDownloads(folder)
  const settings = new SettingsStore(dataFolder)
  settings.onChange((changed) => pages.tell({ kind: 'settings', settings: changed }))
  const recents = new RecentCaptures(dataFolder)
  const { captures } = options
  if (captures.length > 0) analyses.prepare()
  const openInitial = (): OpenAnalysis | null => {
    if (captures.length === 0) return null
    void recents.add(captures, new Date().toISOString())
    return analyses.open(captures)
  }
  const handlers = hostHandlers(
    {
      version: options.version,
      samplesFolder: options.samplesFolder,
      notes: new NoteStore(dataFolder),
      analyses,
      offers,
      recents,
      settings,
      log,
    },
    webParts({
      folders: new WebFolders([...options.folders, ...options.captures], offers),
      samplesFolder: options.samplesFolder,
      pages,
      uploads,
      downloads,
      openInitial,
    }),
  )

  const token = randomBytes(32).toString('base64url')
  const guard: { hosts: string[]; token: string } & Guard = { hosts: [], token }
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    handle(request, response).catch((fault: unknown) => {
      log.write(`web: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`)
      response.destroy()
    })
  })
  // Uploads of gigabytes take longer than any fixed time; whoever has no token is refused on the head alone.
  server.requestTimeout = 0
  server.headersTimeout = 10_000
  server.maxConnections = CONNECTIONS_MAX
  server.on('clientError', (_, socket) => socket.destroy())
  server.on('upgrade', (_, socket) => socket.destroy())
  server.on('connect', (_, socket) => socket.destroy())

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOfAny(request, guard) ?? (await route(request, response))
    if (refusal !== null) sendRefusal(refusal, request, response)
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<Refusal | null> {
    const path = (request.url ?? '').split('?', 1)[0]!
    const call = /^\/call\/(\w{1,60})$/.exec(path)
    if (call !== null) {
      const refusal =
        refusalOfMethod(request, ['POST']) ??
        refusalOfCaller(request, guard) ??
        refusalOfType(request, 'application/json')
      if (refusal !== null) return refusal
      const page = pages.page(pageIdOf(request))
      return answerCall(handlers, call[1]!, page, request, response, pageHeaders, (detail) =>
        log.write(detail),
      )
    }
    const upload = /^\/upload\/([^/]{1,1000})$/.exec(path)
    if (upload !== null) {
      const refusal =
        refusalOfMethod(request, ['POST']) ??
        refusalOfCaller(request, guard) ??
        refusalOfType(request, 'application/octet-stream')
      if (refusal !== null) return refusal
      const { socket } = request
      const outcome = await uploads.take(decoded(upload[1]!), request)
      // What is left of a body that was refused is not read.
      const ending = outcome.ok ? {} : { connection: 'close' }
      response.writeHead(200, {
        ...pageHeaders,
        ...ending,
        'content-type': 'application/json; charset=utf-8',
      })
      response.end(JSON.stringify(outcome), () => {
        if (!outcome.ok) socket.destroySoon()
      })
      return null
    }
    const download = /^\/download\/([\w-]{43})$/.exec(path)
    if (download !== null) {
      const refusal = refusalOfMethod(request, ['GET'])
      if (refusal !== null) return refusal
      return (await downloads.send(download[1]!, response, pageHeaders)) ? null : notFound
    }
    return sendPageFile(path, request, response)
  }

  function sendPageFile(path: string, request: IncomingMessage, response: ServerResponse): Refusal | null {
    const refusal = refusalOfMethod(request, ['GET', 'HEAD'])
    if (refusal !== null) return refusal
    const file = options.pageFiles(path)
    if (file === null) return notFound
    response.writeHead(200, {
      ...pageHeaders,
      'content-type': file.type,
      'content-length': String(file.bytes.length),
    })
    response.end(request.method === 'HEAD' ? undefined : file.bytes)
    return null
  }

  const port = await listen(server, options.port)
  guard.hosts.push(`127.0.0.1:${port}`, `localhost:${port}`)

  const idle = endWhenIdle(
    () => pages.listenerCount,
    options.idleMinutes,
    () => {
      log.write('web: no page was open for a while, ending')
      close()
    },
  )
  const ended = new Promise<void>((resolve) => server.once('close', resolve))
  function close(): void {
    clearInterval(idle)
    analyses.closeAll()
    server.close()
    server.closeAllConnections()
    rmSync(folder, { recursive: true, force: true })
  }
  log.write(`web: listening on 127.0.0.1:${port}`)
  return { url: `http://127.0.0.1:${port}/${tokenFragment}${token}`, port, token, ended, close }
}

const notFound: Refusal = { status: 404, reason: 'not found' }

/** The head of the refusal, then the end: what is left of the request is not read. */
function sendRefusal(refusal: Refusal, request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(refusal.status, {
    ...pageHeaders,
    ...refusal.headers,
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  })
  // Taken now: a request that was destroyed meanwhile has none any more.
  const { socket } = request
  response.end(`${refusal.reason}\n`, () => socket.destroySoon())
}

function pageIdOf(request: IncomingMessage): string {
  const id = request.headers[pageHeader]
  return typeof id === 'string' && pageIdForm.test(id) ? id : 'unnamed'
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return 'capture'
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // The IPv4 loopback address and nothing else: not ::1, not 0.0.0.0.
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Looks now and then whether any page listens, and ends when none did for the whole time. */
function endWhenIdle(listenerCount: () => number, minutes: number, end: () => void): NodeJS.Timeout {
  const looksMax = 20
  let idleLooks = 0
  const timer = setInterval(
    () => {
      idleLooks = listenerCount() > 0 ? 0 : idleLooks + 1
      if (idleLooks >= looksMax) end()
    },
    (minutes * 60_000) / looksMax,
  )
  return timer
}
