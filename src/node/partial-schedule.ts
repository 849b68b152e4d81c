/** Decides when a summary of what has been read so far is worth its time: early, then often where that is cheap. */

/**
 * Milliseconds since the reading began. Earlier there is little to show; later the table has grown, and the first
 * summary of a capture of many conversations costs more than it tells.
 */
const FIRST_PARTIAL_MS = 50
const PARTIAL_EVERY_MS = 1000
/** The first one runs code that was never run before, about four times slower than it will be. */
const COLD_FACTOR = 4

/** `all` makes the whole summary, `counters` renews its totals and curves and keeps its lists. */
export type PartialKind = 'all' | 'counters'

/** Shares of the time each kind may take, the first summary aside: what it warms up the final one would have to. */
const TIME_SHARES = { all: 0.02, counters: 0.01 }

/** A clock is not its own: callers say how many milliseconds after the beginning it is. */
export class PartialSchedule {
  #isFirst = true
  #dueMs = FIRST_PARTIAL_MS
  readonly #spentMs = { all: 0, counters: 0 }
  readonly #lastMs = { all: 0, counters: 0 }
  #allConversationCount = 1

  /** What to make now, with so many conversations in the table; null for nothing. */
  kindAt(nowMs: number, conversationCount: number): PartialKind | null {
    if (nowMs < this.#dueMs) return null
    if (this.#isFirst) return 'all'
    // Lists and rules look at every conversation, so a grown table will cost more than it did.
    const growth = Math.max(1, conversationCount / this.#allConversationCount)
    if (this.#isAffordable('all', this.#lastMs.all * growth, nowMs)) return 'all'
    return this.#isAffordable('counters', this.#lastMs.counters, nowMs) ? 'counters' : null
  }

  /** `kind` was begun at `startMs`, ready at `endMs`. */
  made(kind: PartialKind, startMs: number, endMs: number, conversationCount: number): void {
    const costMs = endMs - startMs
    if (!this.#isFirst) this.#spentMs[kind] += costMs
    this.#lastMs[kind] = this.#isFirst ? costMs / COLD_FACTOR : costMs
    // Not known yet, and surely no more than all together.
    if (this.#isFirst) this.#lastMs.counters = this.#lastMs.all
    this.#isFirst = false
    this.#dueMs = endMs + PARTIAL_EVERY_MS
    if (kind === 'all') this.#allConversationCount = Math.max(1, conversationCount)
  }

  #isAffordable(kind: PartialKind, costMs: number, nowMs: number): boolean {
    return this.#spentMs[kind] + costMs <= nowMs * TIME_SHARES[kind]
  }
}
