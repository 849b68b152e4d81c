/** The host's side of a call: what a page may ask reaches the handler, and nothing else leaves the host. */

import { describe, expect, it, vi } from 'vitest'
import { messageBytesMax } from './methods.ts'
import { succeeded } from './outcome.ts'
import { type Handlers, serveCall } from './serve-call.ts'

const signal = new AbortController().signal

function serve(method: unknown, input: unknown, handler: unknown) {
  const emit = vi.fn()
  const onFault = vi.fn()
  const handlers = { [String(method)]: handler } as unknown as Handlers<string>
  const outcome = serveCall(handlers, { method, input, from: 'page', signal, emit }, onFault)
  return { outcome, emit, onFault }
}

describe('a served call', () => {
  it('gives its handler the input, a way to emit, and who asks', async () => {
    const handler = vi.fn(() => Promise.resolve(succeeded([])))
    expect(await serve('samples', {}, handler).outcome).toEqual(succeeded([]))
    expect(handler).toHaveBeenCalledWith({}, expect.objectContaining({ signal }), 'page')
  })

  it.each(['constructor', '__proto__', 'toString', 'nothing', 7, null])(
    'does not know the method %s',
    async (method) => {
      const handler = vi.fn()
      expect(await serve(method, {}, handler).outcome).toMatchObject({ error: { kind: 'unknown-method' } })
      expect(handler).not.toHaveBeenCalled()
    },
  )

  it('refuses an input of the wrong form before the handler sees it', async () => {
    const handler = vi.fn()
    const { outcome } = serve('rows', { analysisId: 'a', view: {}, offset: 0, limit: 1e9 }, handler)
    expect(await outcome).toMatchObject({ error: { kind: 'bad-request' } })
    expect(handler).not.toHaveBeenCalled()
  })

  it('turns a throw into an outcome without the stack, and tells the log', async () => {
    const { outcome, onFault } = serve('samples', {}, () => Promise.reject(new Error('secret /home/me')))
    const answered = await outcome
    expect(answered).toMatchObject({ ok: false, error: { kind: 'internal' } })
    expect(JSON.stringify(answered)).not.toContain('secret')
    expect(onFault).toHaveBeenCalledWith(expect.stringContaining('secret'))
  })

  it('does not let an answer of the wrong form out', async () => {
    const { outcome, onFault } = serve('samples', {}, () =>
      Promise.resolve(succeeded([{ path: '/etc/passwd' }])),
    )
    expect(await outcome).toMatchObject({ error: { kind: 'internal' } })
    expect(onFault).toHaveBeenCalled()
  })

  it('sends no message over a megabyte, counted in bytes and not in characters', async () => {
    const note = (text: string) => ({ findingId: 'f', isAcknowledged: true, note: text, changedAt: null })
    const answer = (character: string) =>
      serve('findingNotes', { captureKey: 'k' }, () =>
        Promise.resolve(succeeded(Array.from({ length: 120 }, () => note(character.repeat(4000))))),
      ).outcome
    expect(await answer('a')).toMatchObject({ ok: true })
    expect(JSON.stringify(await answer('a')).length).toBeLessThan(messageBytesMax)
    expect(await answer('€')).toMatchObject({ error: { kind: 'message-too-large' } })
  })

  it('emits events of the right form only', async () => {
    const { outcome, emit, onFault } = serve(
      'save',
      { kind: 'json', analysisId: 'a' },
      (_: unknown, context: never) => {
        const { emit: send } = context as { emit: (event: unknown) => void }
        send({ byteCount: 1 })
        send({ byteCount: 'many' })
        return Promise.resolve(succeeded({ kind: 'dismissed', reason: 'closed' }))
      },
    )
    await outcome
    expect(emit.mock.calls).toEqual([[{ byteCount: 1 }]])
    expect(onFault).toHaveBeenCalledOnce()
  })
})
