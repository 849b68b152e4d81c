/** One window and what runs for its page: what it has open, who listens, which calls are under way. */

import type { BrowserWindow } from 'electron'
import type { HostEvent } from '../contract/index.ts'
import type { OpenAnalysis } from '../node/host/analyses.ts'

export class DesktopPage {
  readonly window: BrowserWindow
  readonly listeners = new Set<(event: HostEvent) => void>()
  opened: OpenAnalysis | null = null
  readonly #calls = new Map<number, AbortController>()

  constructor(window: BrowserWindow) {
    this.window = window
  }

  tell(event: HostEvent): void {
    for (const listener of this.listeners) listener(event)
  }

  /** A call of the page; `cancel(id)` or the page's end aborts the signal. */
  startCall(id: number): AbortSignal {
    this.#calls.get(id)?.abort()
    const abort = new AbortController()
    this.#calls.set(id, abort)
    return abort.signal
  }

  endCall(id: number): void {
    this.#calls.delete(id)
  }

  cancel(id: number): void {
    this.#calls.get(id)?.abort()
  }

  /** The page was reloaded, crashed or closed: nobody waits for its calls. */
  cancelAll(): void {
    for (const abort of this.#calls.values()) abort.abort()
    this.#calls.clear()
    this.listeners.clear()
  }
}
