/** Stops retries of a capture that keeps killing the analyzer process. */

/** Crashes after which retries stop … */
export const CRASH_COUNT_MAX = 3
/** … when they fall into this many minutes. More would let a killer file keep a machine busy; fewer would punish one bad day. */
export const CRASH_WINDOW_MINUTES = 5

const WINDOW_MS = CRASH_WINDOW_MINUTES * 60_000

export class CrashBreaker {
  readonly #now: () => number
  #crashMs: number[] = []

  /** `now` is monotonic, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** How many crashes the last five minutes hold, this one included. */
  crashed(): number {
    this.#crashMs.push(this.#now())
    return this.#recent().length
  }

  /** Minutes until another try is allowed, rounded up; 0 when it is now. */
  get waitMinutes(): number {
    const recent = this.#recent()
    if (recent.length < CRASH_COUNT_MAX) return 0
    const freeAt = recent[recent.length - CRASH_COUNT_MAX]! + WINDOW_MS
    return Math.max(1, Math.ceil((freeAt - this.#now()) / 60_000))
  }

  #recent(): number[] {
    const now = this.#now()
    this.#crashMs = this.#crashMs.filter((crashMs) => now - crashMs < WINDOW_MS)
    return this.#crashMs
  }
}
