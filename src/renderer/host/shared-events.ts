/**
 * One event stream for all tabs of a browser. A browser opens six connections to one host (RFC 9112, section 9.4, asks
 * for a limit; Chromium and Firefox chose six): a stream in every tab would leave the seventh none to load over.
 */

import { failed, type Host, type HostEvent, hostEvent } from '../../contract/index.ts'

/** As much of the browser as is needed. */
export interface SharedEventsPlatform {
  readonly locks: Pick<LockManager, 'request'>
  readonly newChannel: (name: string) => Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>
}

/** Of the lock that the listening tab holds, and of the channel over which it tells the others. Each port has its own. */
const sharedName = 'nta-events'

/** The same host, but for `hostEvents`: the tab that has the lock listens, the others wait for it and are told. */
export function withSharedEvents(host: Host, { locks, newChannel }: SharedEventsPlatform): Host {
  async function listen(
    onEvent: (event: HostEvent) => void,
    signal: AbortSignal | undefined,
  ): ReturnType<typeof host.call<'hostEvents'>> {
    const channel = newChannel(sharedName)
    // The other tab may be of another version of this page.
    channel.onmessage = ({ data }) => {
      if (hostEvent.problem(data, 'event') === null) onEvent(data as HostEvent)
    }
    try {
      return await locks.request(sharedName, signal === undefined ? {} : { signal }, () =>
        host.call(
          'hostEvents',
          {},
          {
            signal,
            onEvent(event) {
              onEvent(event)
              channel.postMessage(event)
            },
          },
        ),
      )
    } catch {
      return failed('cancelled', 'The page stopped listening.')
    } finally {
      channel.close()
    }
  }

  return {
    registerFiles: (files) => host.registerFiles(files),
    call: ((method, input, options) =>
      method === 'hostEvents'
        ? listen(
            (event) => (options?.onEvent as ((event: HostEvent) => void) | undefined)?.(event),
            options?.signal as AbortSignal | undefined,
          )
        : host.call(method, input, options)) as Host['call'],
  }
}
