/** How fast the reading goes and how long it will take, from what the engine counts and a clock that only runs forward. */

import type { Progress } from '../../contract/index.ts'

/** What the engine reports now and then. */
export interface ReadingState {
  readonly phase: 'reading' | 'finishing'
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly packetCount: number
}

/** Seconds over which speeds are averaged. Shorter makes the time left jump, longer makes it lag behind a slow disk. */
const AVERAGING_SECONDS = 3
/** Before this much has passed, a speed says nothing about the time left. */
const SETTLING_SECONDS = 0.5

export class ProgressMeter {
  readonly #now: () => number
  readonly #startMs: number
  #lastMs: number
  #lastBytes = 0
  #lastPackets = 0
  #bytesPerSecond = 0
  #packetsPerSecond = 0

  /** `now` is monotonic, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now
    this.#startMs = this.#lastMs = now()
  }

  progress(state: ReadingState): Progress {
    const nowMs = this.#now()
    const elapsed = (nowMs - this.#lastMs) / 1000
    const total = (nowMs - this.#startMs) / 1000
    if (elapsed > 0) {
      // The first moments count fully; later each look weighs as much as the time it covers.
      const weight = total <= AVERAGING_SECONDS ? elapsed / total : 1 - Math.exp(-elapsed / AVERAGING_SECONDS)
      const bytesPerSecond = Math.max(0, state.bytesRead - this.#lastBytes) / elapsed
      const packetsPerSecond = Math.max(0, state.packetCount - this.#lastPackets) / elapsed
      this.#bytesPerSecond += weight * (bytesPerSecond - this.#bytesPerSecond)
      this.#packetsPerSecond += weight * (packetsPerSecond - this.#packetsPerSecond)
      this.#lastMs = nowMs
      this.#lastBytes = state.bytesRead
      this.#lastPackets = state.packetCount
    }
    const bytesLeft = Math.max(0, state.bytesTotal - state.bytesRead)
    const isSettled = total >= SETTLING_SECONDS && this.#bytesPerSecond > 0 && state.phase === 'reading'
    return {
      // One by one: whoever counts may know more than the page's form allows.
      phase: state.phase,
      bytesRead: state.bytesRead,
      bytesTotal: state.bytesTotal,
      packetCount: state.packetCount,
      packetsPerSecond: this.#packetsPerSecond,
      bytesPerSecond: this.#bytesPerSecond,
      secondsLeft: isSettled ? bytesLeft / this.#bytesPerSecond : null,
    }
  }
}
