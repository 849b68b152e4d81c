/** POST /call/<method>: the answer is one JSON value a line, events first, the outcome last. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Handlers, isMethodName, serveCall } from '../contract/index.ts'
import type { WebPage } from './web-pages.ts'
import { readBody } from './read-body.ts'
import type { Refusal } from './request-guard.ts'

/** An empty line now and then keeps a tunnel open that closes silent connections. */
const KEEP_ALIVE_MS = 20_000

/** Serves the call until its outcome is sent or the page hangs up, which cancels it. Null when it was answered. */
export async function answerCall(
  handlers: Handlers<WebPage>,
  method: string,
  page: WebPage,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  onFault: (detail: string) => void,
): Promise<Refusal | null> {
  if (!isMethodName(method)) return { status: 404, reason: 'no such method' }
  const body = await readBody(request)
  if (body === null) return { status: 413, reason: 'a call is smaller than a megabyte' }
  let input: unknown
  try {
    input = JSON.parse(body)
  } catch {
    return { status: 400, reason: 'not JSON' }
  }

  const abort = new AbortController()
  response.once('close', () => abort.abort())
  let isStarted = false
  const write = (line: unknown): void => {
    if (!isStarted) {
      isStarted = true
      response.writeHead(200, { ...headers, 'content-type': 'application/x-ndjson; charset=utf-8' })
    }
    if (!response.writableEnded) response.write(`${JSON.stringify(line)}\n`)
  }
  const keepAlive = setInterval(() => {
    if (isStarted && !response.writableEnded) response.write('\n')
  }, KEEP_ALIVE_MS)

  try {
    // The page's reader waits for the head of the answer before it can hear of any event.
    if (method === 'hostEvents' || method === 'analyze') {
      isStarted = true
      response.writeHead(200, { ...headers, 'content-type': 'application/x-ndjson; charset=utf-8' })
      response.flushHeaders()
    }
    const outcome = await serveCall(
      handlers,
      { method, input, from: page, signal: abort.signal, emit: (event) => write({ event }) },
      onFault,
    )
    if (!isStarted && !outcome.ok && outcome.error.kind === 'bad-request') {
      return { status: 400, reason: outcome.error.message }
    }
    write({ outcome })
    response.end()
    return null
  } finally {
    clearInterval(keepAlive)
  }
}
