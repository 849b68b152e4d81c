/** Calls over HTTP: POST /call/<method> answers with one JSON value a line, events first, the outcome last. */

import type { StartedCall, Transport } from './host.ts'
import { failed } from './outcome.ts'

/** As much of the page's `fetch`, `AbortController` and `TextDecoder` as is needed. */
export interface WebPlatform {
  readonly fetch: (
    url: string,
    init: {
      readonly method: string
      readonly headers: Readonly<Record<string, string>>
      readonly body: unknown
      readonly signal?: unknown
    },
  ) => Promise<WebResponse>
  readonly newAbort: () => { readonly signal: unknown; abort(): void }
  readonly newDecoder: () => { decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string }
  /** From the address's fragment, kept in sessionStorage; never in a cookie, which every port of the machine shares. */
  readonly token: string
  /**
   * Tells this page from others; letters, digits and hyphens. Kept in sessionStorage, so that a reload is the same page.
   * Pages without one are taken for the same page, which has one capture open at a time.
   */
  readonly pageId?: string
}

export interface WebResponse {
  readonly status: number
  readonly body: { getReader(): WebReader } | null
  text(): Promise<string>
}

export interface WebReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
}

/** The address `nta serve` prints ends in this and the token: what follows a # never leaves the browser. */
export const tokenFragment = '#token='

export const pageHeader = 'x-nta-page'
export const pageIdForm = /^[A-Za-z0-9-]{1,64}$/

/** One line of an answer. */
export type AnswerLine = { readonly event: unknown } | { readonly outcome: unknown }

const restart = 'Start `nta serve` again and open the address it prints.'

/** What a refusal before any answer means to the person. */
function refusal(status: number): unknown {
  if (status === 401)
    return failed('not-allowed', 'The program does not know this page.', { advice: restart })
  if (status === 413) return failed('message-too-large', 'What was sent is larger than the program accepts.')
  return failed('internal', `The program refused the call (HTTP ${status}).`, { advice: restart })
}

async function readAnswer(
  response: WebResponse,
  decoder: { decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string },
  onEvent: (event: unknown) => void,
): Promise<unknown> {
  if (response.status !== 200 || response.body === null) return refusal(response.status)
  const reader = response.body.getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') continue
      const answer = JSON.parse(line) as { event?: unknown; outcome?: unknown }
      if (Object.hasOwn(answer, 'outcome')) return answer.outcome
      onEvent(answer.event)
    }
    if (done) throw new Error('the program stopped before it answered')
  }
}

export function webTransport(platform: WebPlatform): Transport {
  const headers = { authorization: `Bearer ${platform.token}`, [pageHeader]: platform.pageId ?? 'unnamed' }

  const start = (method: string, input: unknown, onEvent: (event: unknown) => void): StartedCall => {
    const abort = platform.newAbort()
    const outcome = platform
      .fetch(`/call/${method}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(input),
        signal: abort.signal,
      })
      .then((response) => readAnswer(response, platform.newDecoder(), onEvent))
    return { outcome, cancel: () => abort.abort() }
  }

  return {
    start,
    /** Sends the file's bytes; a browser streams them from the disk. */
    async registerFile(file) {
      const response = await platform.fetch(`/upload/${encodeURIComponent(file.name)}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: file,
      })
      if (response.status !== 200) return refusal(response.status)
      return JSON.parse(await response.text()) as unknown
    },
  }
}
