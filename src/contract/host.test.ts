/** The page's side of a call: nothing wrong leaves, nothing wrong comes in, and every end is a value. */

import { describe, expect, it, vi } from 'vitest'
import { createHost, type Transport } from './host.ts'
import { failed, succeeded } from './outcome.ts'

function transportOf(
  start: Transport['start'],
  registerFile: Transport['registerFile'] = () => Promise.resolve(),
): Transport {
  return { start, registerFile }
}
const answering = (outcome: unknown, events: readonly unknown[] = []): Transport =>
  transportOf((_, __, onEvent) => {
    for (const event of events) onEvent(event)
    return { outcome: Promise.resolve(outcome), cancel: () => undefined }
  })
const save = { kind: 'json', analysisId: 'a' } as const

describe('a call', () => {
  it('gives the value the host answered with', async () => {
    const outcome = await createHost(answering(succeeded([]))).call('samples', {})
    expect(outcome).toEqual({ ok: true, value: [] })
  })

  it('does not leave with an input of the wrong form', async () => {
    const start = vi.fn<Transport['start']>()
    const outcome = await createHost(transportOf(start)).call('findingNotes', { captureKey: 7 } as never)
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'bad-request' } })
    expect(start).not.toHaveBeenCalled()
  })

  it.each([
    succeeded('not a list'),
    { ok: 'yes' },
    null,
    failed('internal', 'x').error,
    { ok: false, error: { kind: 'new' } },
  ])('names an answer of the wrong form: %j', async (answer) => {
    const outcome = await createHost(answering(answer)).call('samples', {})
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'internal' } })
  })

  it('passes on events in order and drops those of the wrong form', async () => {
    const events: unknown[] = []
    const transport = answering(failed('busy', 'x'), [
      { byteCount: 1 },
      { byteCount: -1 },
      null,
      { byteCount: 2 },
    ])
    await createHost(transport).call('save', save, { onEvent: (event) => events.push(event) })
    expect(events).toEqual([{ byteCount: 1 }, { byteCount: 2 }])
  })

  it('passes on no event after the outcome', async () => {
    let emit = (_: unknown): void => undefined
    const transport = transportOf((_, __, onEvent) => {
      emit = onEvent
      return { outcome: Promise.resolve(failed('busy', 'x')), cancel: () => undefined }
    })
    const onEvent = vi.fn()
    await createHost(transport).call('save', save, { onEvent })
    emit({ byteCount: 1 })
    expect(onEvent).not.toHaveBeenCalled()
  })

  it('ends as cancelled when its signal aborts, and tells the transport', async () => {
    const cancel = vi.fn()
    const transport = transportOf(() => ({ outcome: new Promise(() => undefined), cancel }))
    const abort = new AbortController()
    const outcome = createHost(transport).call('samples', {}, { signal: abort.signal })
    abort.abort()
    expect(await outcome).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
    expect(cancel).toHaveBeenCalledOnce()
  })

  it('does not start when its signal is aborted already', async () => {
    const start = vi.fn<Transport['start']>()
    const outcome = await createHost(transportOf(start)).call('samples', {}, { signal: AbortSignal.abort() })
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
    expect(start).not.toHaveBeenCalled()
  })

  it('is disconnected when the transport fails, whether at once or later', async () => {
    const later = transportOf(() => ({ outcome: Promise.reject(new Error('gone')), cancel: () => undefined }))
    const atOnce = transportOf(() => {
      throw new Error('gone')
    })
    for (const transport of [later, atOnce]) {
      expect(await createHost(transport).call('samples', {})).toMatchObject({
        error: { kind: 'disconnected' },
      })
    }
  })
})

describe('files of the page', () => {
  const choice = { id: 'c', name: 'a.pcap', folder: '/', byteCount: 1, modifiedAt: null }
  const files = [
    { name: 'a.pcap', size: 1 },
    { name: 'b.pcap', size: 1 },
  ]

  it('are registered one by one', async () => {
    const host = createHost(transportOf(vi.fn(), () => Promise.resolve(succeeded(choice))))
    expect(await host.registerFiles(files)).toEqual(succeeded([choice, choice]))
  })

  it('end at the first that is refused', async () => {
    const registerFile = vi.fn(() => Promise.resolve(failed('not-supported', 'too large')))
    const outcome = await createHost(transportOf(vi.fn(), registerFile)).registerFiles(files)
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'not-supported' } })
    expect(registerFile).toHaveBeenCalledOnce()
  })
})
