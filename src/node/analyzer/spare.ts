/** One analyzer process started ahead: a capture is then being read the moment it is chosen, not when Node has started. */

import type { AnalyzerChild } from './client.ts'

export class AnalyzerSpare {
  readonly #spawn: () => AnalyzerChild
  #waiting: AnalyzerChild | null = null

  constructor(spawn: () => AnalyzerChild) {
    this.#spawn = spawn
  }

  /** Starts one, unless one is waiting. Nobody hears of it when it dies before it is wanted. */
  prepare(): void {
    if (this.#waiting !== null) return
    const child = this.#spawn()
    this.#waiting = child
    child.onExit(() => {
      if (this.#waiting === child) this.#waiting = null
    })
  }

  /** The one that waits, or a new one. */
  take(): AnalyzerChild {
    const child = this.#waiting ?? this.#spawn()
    this.#waiting = null
    return child
  }

  close(): void {
    const child = this.#waiting
    this.#waiting = null
    child?.kill()
  }
}
