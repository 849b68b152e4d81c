import { expect, it } from 'vitest'
import type { HostEvent } from '../../contract/index.ts'
import { createFakeHost } from './fake-host.ts'
import { withSharedEvents, type SharedEventsPlatform } from './shared-events.ts'

/** Locks and channels of one browser: a lock goes to the next who asked when its holder is done. */
function browser(): SharedEventsPlatform {
  let before = Promise.resolve()
  const channels = new Set<Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>>()
  return {
    locks: {
      request: ((_: string, __: LockOptions, use: () => Promise<unknown>) => {
        const used = before.then(use)
        before = used.then(() => undefined)
        return used
      }) as unknown as LockManager['request'],
    },
    newChannel() {
      const own: Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'> = {
        onmessage: null,
        close: () => channels.delete(own),
        postMessage(data) {
          for (const one of channels)
            if (one !== own) one.onmessage?.call(one as BroadcastChannel, { data } as MessageEvent)
        },
      }
      channels.add(own)
      return own
    },
  }
}

function tab(platform: SharedEventsPlatform) {
  const fake = createFakeHost()
  const heard: HostEvent[] = []
  const closing = new AbortController()
  const ended = withSharedEvents(fake.host, platform).call(
    'hostEvents',
    {},
    { signal: closing.signal, onEvent: (event) => heard.push(event) },
  )
  const settled = () => new Promise((done) => setImmediate(done))
  return { ...fake, heard, ended, settled, close: () => closing.abort() }
}

it('lets one tab listen and tells the others, until it closes and the next one listens', async () => {
  const platform = browser()
  const first = tab(platform)
  const second = tab(platform)
  await first.settled()
  expect([first.countOf('hostEvents'), second.countOf('hostEvents')]).toEqual([1, 0])

  first.last('hostEvents').emit({ kind: 'recent' })
  expect([first.heard, second.heard]).toEqual([[{ kind: 'recent' }], [{ kind: 'recent' }]])

  first.close()
  await first.ended
  await second.settled()
  expect(second.countOf('hostEvents')).toBe(1)
  second.last('hostEvents').emit({ kind: 'recent' })
  expect([first.heard.length, second.heard.length]).toEqual([1, 2])
})

it('hears nothing that is no event of a host', async () => {
  const platform = browser()
  const one = tab(platform)
  platform.newChannel('nta-events').postMessage({ kind: 'shout', message: 'a version from elsewhere' })
  platform.newChannel('nta-events').postMessage('recent')
  await one.settled()
  expect(one.heard).toEqual([])
})
