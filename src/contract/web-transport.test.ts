/** A page in a browser reads answers line by line, however the bytes are cut. */

import { describe, expect, it, vi } from 'vitest'
import { type WebPlatform, webTransport } from './web-transport.ts'

const encoder = new TextEncoder()

function platformAnswering(pieces: readonly Uint8Array[], status = 200) {
  const left = [...pieces]
  const fetch = vi.fn<WebPlatform['fetch']>(() =>
    Promise.resolve({
      status,
      body: {
        getReader: () => ({
          read: () => {
            const value = left.shift()
            return Promise.resolve(value === undefined ? { done: true } : { done: false, value })
          },
        }),
      },
      text: () => Promise.resolve(new TextDecoder().decode(pieces[0])),
    }),
  )
  const platform: WebPlatform = {
    fetch,
    newAbort: () => new AbortController(),
    newDecoder: () => new TextDecoder(),
    token: 'secret',
    pageId: 'page-1',
  }
  return { platform, fetch }
}

const answer = '{"event":{"n":1}}\n\n{"event":{"n":2}}\n{"outcome":{"ok":true,"value":"grün"}}\n'

describe('an answer over HTTP', () => {
  it.each([1, 2, 3, 7, 1000])('is the same in pieces of %i bytes', async (size) => {
    const bytes = encoder.encode(answer)
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.slice(i * size, (i + 1) * size),
    )
    const events: unknown[] = []
    const { platform } = platformAnswering(pieces)
    const outcome = await webTransport(platform).start('samples', {}, (event) => events.push(event)).outcome
    expect(events).toEqual([{ n: 1 }, { n: 2 }])
    expect(outcome).toEqual({ ok: true, value: 'grün' })
  })

  it('that stops before its outcome is an error', async () => {
    const { platform } = platformAnswering([encoder.encode('{"event":1}\n')])
    await expect(webTransport(platform).start('samples', {}, () => undefined).outcome).rejects.toThrow(
      'stopped',
    )
  })

  it.each([
    [401, 'not-allowed'],
    [413, 'message-too-large'],
    [500, 'internal'],
  ])('of status %i is %s', async (status, kind) => {
    const { platform } = platformAnswering([], status)
    expect(await webTransport(platform).start('samples', {}, () => undefined).outcome).toMatchObject({
      error: { kind },
    })
  })

  it('is asked for with the token in a header, never in the address', async () => {
    const { platform, fetch } = platformAnswering([encoder.encode(answer)])
    await webTransport(platform).start('samples', { a: 1 }, () => undefined).outcome
    const [url, init] = fetch.mock.calls[0]!
    expect(url).toBe('/call/samples')
    expect(init).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json', 'x-nta-page': 'page-1' },
    })
  })

  it('is broken off when the call is cancelled', () => {
    const { platform, fetch } = platformAnswering([])
    const call = webTransport(platform).start('samples', {}, () => undefined)
    void call.outcome.catch(() => undefined)
    call.cancel()
    expect((fetch.mock.calls[0]![1].signal as AbortSignal).aborted).toBe(true)
  })
})

describe('a dropped file', () => {
  it('is sent as bytes under its own name', async () => {
    const { platform, fetch } = platformAnswering([encoder.encode('{"ok":true,"value":1}')])
    const file = { name: 'a b/ü.pcap', size: 3 }
    expect(await webTransport(platform).registerFile(file)).toEqual({ ok: true, value: 1 })
    const [url, init] = fetch.mock.calls[0]!
    expect(url).toBe('/upload/a%20b%2F%C3%BC.pcap')
    expect(init).toMatchObject({ body: file, headers: { 'content-type': 'application/octet-stream' } })
  })
})
