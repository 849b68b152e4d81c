/** The pages that are open: what each has open, and whether anyone is still looking. */

import type { HostEvent } from '../contract/index.ts'
import type { OpenAnalysis } from '../node/host/analyses.ts'

export interface WebPage {
  readonly id: string
  /** Null when the page closed what it had; undefined before it asked for the first time. */
  opened: OpenAnalysis | null | undefined
  readonly listeners: Set<(event: HostEvent) => void>
}

/** Pages remembered. A person has a few tabs; a program that makes up pages meets this ceiling. */
const PAGES_MAX = 32

export class WebPages {
  readonly #pages = new Map<string, WebPage>()
  readonly #onForgotten: (page: WebPage) => void

  constructor(onForgotten: (page: WebPage) => void) {
    this.#onForgotten = onForgotten
  }

  /** The page of that id, made when it is new; the one used longest ago makes room. */
  page(id: string): WebPage {
    const page = this.#pages.get(id) ?? { id, opened: undefined, listeners: new Set() }
    this.#pages.delete(id)
    this.#pages.set(id, page)
    for (const [oldestId, oldest] of this.#pages) {
      if (this.#pages.size <= PAGES_MAX) break
      this.#pages.delete(oldestId)
      this.#onForgotten(oldest)
    }
    return page
  }

  /** Event streams that are open now: as long as there is one, somebody is looking. */
  get listenerCount(): number {
    let count = 0
    for (const page of this.#pages.values()) count += page.listeners.size
    return count
  }

  tell(event: HostEvent, except?: WebPage): void {
    for (const page of this.#pages.values()) {
      if (page === except) continue
      for (const listener of page.listeners) listener(event)
    }
  }
}
