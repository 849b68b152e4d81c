/** Decides when an analyzer process hangs, from its heartbeats and from time that only counts while both sides run. */

import type { Standstill } from '../../contract/index.ts'
import type { Heartbeat } from './messages.ts'

/**
 * Running seconds without a new mark before a process counts as hanging. Higher leaves a person in front of a dead
 * progress bar; lower would kill a reader that waits for a slow network drive.
 */
export const HANG_SECONDS = 10
/** Detecting and summarising millions of conversations is one long step without marks of its own. */
export const FINISHING_HANG_SECONDS = 120

/**
 * Running seconds without a new mark after which whoever waits is told. Higher leaves a person without a word, lower tells of
 * every slow disk.
 */
export const SILENT_SECONDS = 1.5

/** How often the host looks, and the most one look can add: a machine that slept, or a host that was stopped, was not running. */
const LOOK_EVERY_MS = 250
const LOOK_COUNTS_MAX_MS = 500

export interface WatchdogOptions {
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** True while the system has the process stopped (SIGSTOP, a debugger): it cannot make progress then. */
  readonly isStopped: () => boolean
  readonly onHang: (seconds: number) => void
  /** A process that owes an answer makes no progress, or does again (null). Never called twice with the same. */
  readonly onStandstill: (standstill: Standstill | null) => void
}

export class Watchdog {
  readonly #options: WatchdogOptions
  #lastLookMs: number
  #stillMs = 0
  #mark = -1
  #state: Heartbeat['state'] = 'idle'
  #isBusy = false
  #standstill: Standstill | null = null

  constructor(options: WatchdogOptions) {
    this.#options = options
    this.#lastLookMs = options.now()
  }

  /** Milliseconds between two calls of `look`. */
  static readonly lookEveryMs = LOOK_EVERY_MS

  /** Whether the process owes an answer. One that owes nothing cannot hang. */
  setBusy(isBusy: boolean): void {
    if (isBusy && !this.#isBusy) this.#stillMs = 0
    this.#isBusy = isBusy
  }

  beat(heartbeat: Heartbeat): void {
    this.#state = heartbeat.state
    // Idle, though it owes an answer: the call was lost, and waiting would be for ever.
    if (heartbeat.state === 'idle' && this.#isBusy) return
    if (heartbeat.mark === this.#mark) return
    this.#mark = heartbeat.mark
    this.#stillMs = 0
  }

  /** Any message is progress: a row, an event, an outcome. */
  alive(): void {
    this.#stillMs = 0
  }

  look(): void {
    const nowMs = this.#options.now()
    const passedMs = Math.min(nowMs - this.#lastLookMs, LOOK_COUNTS_MAX_MS)
    this.#lastLookMs = nowMs
    const isHeld = this.#isBusy && this.#options.isStopped()
    if (this.#isBusy && !isHeld) this.#stillMs += passedMs
    this.#tell(isHeld)
    if (!this.#isBusy || isHeld) return
    const limit = this.#state === 'finishing' ? FINISHING_HANG_SECONDS : HANG_SECONDS
    if (this.#stillMs < limit * 1000) return
    this.#stillMs = 0
    this.#options.onHang(limit)
  }

  #tell(isHeld: boolean): void {
    // Finishing is one long step, of which the page says so.
    const isSilent = this.#isBusy && this.#state !== 'finishing' && this.#stillMs >= SILENT_SECONDS * 1000
    const standstill = isHeld ? 'held' : isSilent ? 'silent' : null
    if (standstill === this.#standstill) return
    this.#standstill = standstill
    this.#options.onStandstill(standstill)
  }
}
