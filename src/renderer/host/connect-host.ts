/** The one file that knows where the page runs: behind the desktop's preload script, or in a browser over HTTP. */

import {
  bridgeName,
  createHost,
  type DesktopBridge,
  desktopTransport,
  type Host,
  pageIdForm,
  tokenFragment,
  type WebResponse,
  webTransport,
} from '../../contract/index.ts'
import { withSharedEvents } from './shared-events.ts'

const tokenKey = 'nta-token'
const pageKey = 'nta-page'

/**
 * The token stands in the address's fragment, which no request carries. It moves to sessionStorage, so that a
 * reload keeps it and neither history nor a bookmark does.
 */
function takeToken(): string {
  if (location.hash.startsWith(tokenFragment)) {
    sessionStorage.setItem(tokenKey, location.hash.slice(tokenFragment.length))
    history.replaceState(null, '', location.pathname + location.search)
  }
  return sessionStorage.getItem(tokenKey) ?? ''
}

/** The same page after a reload, another one in another tab. */
function ownPageId(): string {
  const kept = sessionStorage.getItem(pageKey)
  // A duplicated tab copies sessionStorage: only a reload or a step of history may take the id over.
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (kept !== null && pageIdForm.test(kept) && entry?.type !== 'navigate') return kept
  const made = crypto.randomUUID()
  sessionStorage.setItem(pageKey, made)
  return made
}

export function connectHost(): Host {
  const bridge = (window as unknown as Partial<Record<string, DesktopBridge>>)[bridgeName]
  if (bridge !== undefined) return createHost(desktopTransport(bridge))
  const host = createHost(
    webTransport({
      // A browser's reader has a second form that the contract does not need.
      fetch: (url, init) => fetch(url, init as RequestInit) as Promise<unknown> as Promise<WebResponse>,
      newAbort: () => new AbortController(),
      newDecoder: () => new TextDecoder(),
      token: takeToken(),
      pageId: ownPageId(),
    }),
  )
  return withSharedEvents(host, { locks: navigator.locks, newChannel: (name) => new BroadcastChannel(name) })
}
