/**
 * The host's side of one analyzer process: starts it, passes calls on, and turns its crash, hang or lack of memory
 * into ordinary outcomes. What was found before stays; the next call gets a fresh process.
 */

import {
  type AnalysisEnd,
  type AnalyzeEvent,
  type CallSignal,
  failed,
  type HostError,
  type Outcome,
  type Standstill,
  succeeded,
} from '../../contract/index.ts'
import type { CrashBreaker } from './breaker.ts'
import { type AnalyzerExit, exitError } from './exit.ts'
import {
  type AnalyzeOrder,
  type AnalyzerEvent,
  type AnalyzerIn,
  type AnalyzerMethod,
  type AnalyzerOut,
  fromAnalyzer,
  type ToAnalyzer,
} from './messages.ts'
import { Watchdog } from './watchdog.ts'
import { captureStamp } from '../capture/capture-stamp.ts'

/** A started process, whatever started it. */
export interface AnalyzerChild {
  readonly pid: number | undefined
  post(message: ToAnalyzer): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also when the process could not be started. */
  onExit(listener: (exit: AnalyzerExit) => void): void
  /** Ends it at once, whatever it does. */
  kill(): void
}

export interface AnalyzerClientOptions {
  readonly spawn: () => AnalyzerChild
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Whether the system has the process stopped; see `Watchdog`. */
  readonly isStopped: (pid: number) => boolean
  /** One line for the log; never holds what packets said. */
  readonly log: (line: string) => void
  /** Shared by all clients of one capture, so that opening it again does not start the count afresh. */
  readonly breaker: CrashBreaker
  /** The capture is being read again, since the process that held its result has ended; answers wait for it. */
  readonly onRecovery?: () => void
}

interface Pending {
  readonly onEvent: ((event: unknown) => void) | undefined
  readonly onStandstill: ((standstill: Standstill | null) => void) | undefined
  readonly settle: (outcome: Outcome<unknown>) => void
}

/** After a run was cancelled, how long its process may take to stop before it is ended. */
const CANCEL_PATIENCE_MS = 2000

interface CompleteRun {
  readonly order: AnalyzeOrder
  readonly end: AnalysisEnd
  /** Null when the files could not be looked at. */
  readonly stamp: string | null
}

export interface AnalyzerCallOptions<M extends AnalyzerMethod> {
  readonly onEvent?: (event: AnalyzerEvent<M>) => void
  readonly onStandstill?: (standstill: Standstill | null) => void
  readonly signal?: CallSignal
}

export class AnalyzerClient {
  readonly #options: AnalyzerClientOptions
  readonly #pending = new Map<number, Pending>()
  #child: AnalyzerChild | null = null
  #watchdog: Watchdog | null = null
  #lookTimer: NodeJS.Timeout | null = null
  #lastId = 0
  #isClosed = false
  #captureName: string | null = null
  /** What a fresh process restores before it answers anything else. */
  #snapshotPath: string | null = null
  /** A run that read everything: asked the same again, its end is the answer; lost, it is read again. */
  #complete: CompleteRun | null = null
  #recovery: Promise<Outcome<null>> | null = null
  #lastPartial: Pick<AnalysisEnd, 'head' | 'coverage'> | null = null

  constructor(options: AnalyzerClientOptions) {
    this.#options = options
  }

  /** Whether a process is running. */
  get isRunning(): boolean {
    return this.#child !== null
  }

  /** Whether somebody waits for an answer. */
  get isBusy(): boolean {
    return this.#pending.size > 0
  }

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /**
   * Reads the captures in a fresh process. When the process ends before they are read, what it had found is the
   * result, with the reason as its `interruption`. Same files and same rules give the same: a complete result that
   * the process still holds is not read again.
   */
  async analyze(
    order: AnalyzeOrder,
    captureName: string,
    options: AnalyzerCallOptions<'analyze'> = {},
  ): Promise<Outcome<AnalysisEnd>> {
    const stamp = captureStamp(order.paths)
    const held = this.#complete
    if (held !== null && stamp !== null && stamp === held.stamp && this.#child !== null) {
      if (JSON.stringify(order) === JSON.stringify(held.order)) return succeeded(held.end)
    }
    const refusal = this.#refusal(captureName)
    if (refusal !== null) return refusal
    this.#stop('a new run gets a fresh process')
    this.#complete = null
    this.#captureName = captureName
    this.#lastPartial = null
    this.#snapshotPath = null
    const onEvent = (event: AnalyzeEvent): void => {
      if (event.kind === 'partial') {
        this.#lastPartial = { head: event.head, coverage: event.coverage }
        this.#snapshotPath = order.snapshotPath
      }
      options.onEvent?.(event)
    }
    const onStandstill = (standstill: Standstill | null): void => {
      options.onEvent?.({ kind: 'standstill', standstill })
    }
    const outcome = await this.#send('analyze', order, { ...options, onEvent, onStandstill })
    if (outcome.ok && outcome.value.coverage.isComplete) this.#complete = { order, end: outcome.value, stamp }
    if (outcome.ok || outcome.error.kind === 'cancelled') return outcome
    const partial = this.#lastPartial as Pick<AnalysisEnd, 'head' | 'coverage'> | null
    if (partial === null) return outcome
    const coverage = { ...partial.coverage, isComplete: false, reason: 'interrupted' as const }
    return succeeded({ head: partial.head, coverage, interruption: outcome.error })
  }

  /**
   * Asks about the result. After the process ended, a fresh one reads a complete capture again, and answers from the
   * last partial result where there never was more.
   */
  async call<M extends Exclude<AnalyzerMethod, 'analyze' | 'restore'>>(
    method: M,
    input: AnalyzerIn<M>,
    options: AnalyzerCallOptions<M> = {},
  ): Promise<Outcome<AnalyzerOut<M>>> {
    if (this.#child === null && !this.#isClosed) {
      this.#recovery ??= this.#recover().finally(() => (this.#recovery = null))
    }
    if (this.#recovery !== null) {
      const recovered = await this.#recovery
      if (!recovered.ok) return recovered
    }
    return this.#send(method, input, options)
  }

  /** Brings back, in a fresh process, what the one that ended held. */
  async #recover(): Promise<Outcome<null>> {
    const complete = this.#complete
    if (complete === null) {
      if (this.#snapshotPath === null) return succeeded(null)
      return this.#send('restore', { snapshotPath: this.#snapshotPath }, {})
    }
    const refusal = this.#refusal(this.#captureName)
    if (refusal !== null) return refusal
    this.#options.log('analyzer: reading the capture again, its complete result was lost')
    this.#options.onRecovery?.()
    const again = await this.#send('analyze', { ...complete.order, snapshotPath: null }, {})
    if (!again.ok) return again
    const { head, coverage } = again.value
    if (coverage.isComplete && head.captureKey === complete.end.head.captureKey) return succeeded(null)
    this.#complete = null
    this.#snapshotPath = null
    this.#stop('the capture is another one now')
    return failed('unknown-analysis', 'The capture was changed after it was read.', {
      file: this.#captureName,
      advice: 'Read it again.',
    })
  }

  /** Null when another run may be started. */
  #refusal(file: string | null): Extract<Outcome<never>, { ok: false }> | null {
    const { waitMinutes } = this.#options.breaker
    if (waitMinutes === 0) return null
    const minutes = waitMinutes === 1 ? 'a minute' : `${waitMinutes} minutes`
    return failed(
      'analyzer-gave-up',
      'The analyzer stopped three times within five minutes on this capture.',
      {
        file,
        advice: `Try again in ${minutes}, or cut the capture into parts (editcap -c) and open those.`,
      },
    )
  }

  /** Ends the process to make room for others. Asked again, a fresh one brings back what it held. */
  rest(): void {
    this.#stop('others need the room')
  }

  /** Ends the process and every call. The client cannot be used afterwards. */
  close(): void {
    this.#isClosed = true
    this.#stop('closed')
  }

  #send<M extends AnalyzerMethod>(
    method: M,
    input: AnalyzerIn<M>,
    { onEvent, onStandstill, signal }: AnalyzerCallOptions<M>,
  ): Promise<Outcome<AnalyzerOut<M>>> {
    if (this.#isClosed) return Promise.resolve(failed('unknown-analysis', 'This capture was closed.'))
    if (signal?.aborted === true) return Promise.resolve(cancelled)
    const child = this.#child ?? this.#start()
    const id = ++this.#lastId

    return new Promise((resolve) => {
      let patience: NodeJS.Timeout | null = null
      const cancel = (): void => {
        child.post({ kind: 'cancel', id })
        // A question that is slow to stop is no reason to lose the result it was asked about.
        if (method !== 'analyze') return
        patience = setTimeout(() => {
          if (!this.#pending.has(id)) return
          this.#options.log(`analyzer: ${method} did not stop when cancelled, ending its process`)
          this.#stop('cancelled')
        }, CANCEL_PATIENCE_MS)
      }
      signal?.addEventListener('abort', cancel)
      this.#pending.set(id, {
        onEvent: onEvent as Pending['onEvent'],
        onStandstill,
        settle: (outcome) => {
          signal?.removeEventListener('abort', cancel)
          if (patience !== null) clearTimeout(patience)
          this.#pending.delete(id)
          this.#watchdog?.setBusy(this.#pending.size > 0)
          resolve(outcome as Outcome<AnalyzerOut<M>>)
        },
      })
      this.#watchdog?.setBusy(true)
      child.post({ kind: 'call', id, method, input })
    })
  }

  #start(): AnalyzerChild {
    const { spawn, now, isStopped, log } = this.#options
    const child = spawn()
    const watchdog = new Watchdog({
      now,
      isStopped: () => child.pid !== undefined && isStopped(child.pid),
      onHang: (seconds) => {
        log(`analyzer: no progress for ${seconds} s, ending process ${child.pid ?? '?'}`)
        this.#fail(child, hangError(seconds, this.#captureName, this.#kept()))
        child.kill()
      },
      onStandstill: (standstill) => {
        if (standstill !== null)
          log(`analyzer: process ${child.pid ?? '?'} makes no progress (${standstill})`)
        for (const pending of this.#pending.values()) pending.onStandstill?.(standstill)
      },
    })
    this.#child = child
    this.#watchdog = watchdog
    this.#lookTimer = setInterval(() => watchdog.look(), Watchdog.lookEveryMs)
    this.#lookTimer.unref()
    child.onMessage((message) => {
      if (this.#child === child) this.#receive(message, watchdog)
    })
    child.onExit((exit) => {
      if (this.#child !== child) return
      const { code, signal, reason } = exit
      log(
        `analyzer: process ended (code ${code ?? 'none'}, signal ${signal ?? 'none'}, reason ${reason ?? 'none'})`,
      )
      this.#fail(child, exitError(exit, this.#captureName, this.#kept()))
    })
    log(`analyzer: started process ${child.pid ?? '?'}`)
    return child
  }

  #receive(message: unknown, watchdog: Watchdog): void {
    const known = fromAnalyzer(message)
    if (known === null) return
    if (known.kind === 'heartbeat') {
      watchdog.beat(known)
      return
    }
    watchdog.alive()
    const pending = this.#pending.get(known.id)
    if (known.kind === 'event') pending?.onEvent?.(known.event)
    else pending?.settle(known.outcome)
  }

  /** The process is gone, or as good as: every call learns why, and the crash is counted. */
  #fail(child: AnalyzerChild, error: HostError): void {
    if (this.#child !== child) return
    this.#options.breaker.crashed()
    this.#forget()
    for (const pending of [...this.#pending.values()]) pending.settle({ ok: false, error })
  }

  #stop(reason: string): void {
    const child = this.#child
    if (child === null) return
    this.#options.log(`analyzer: ending process ${child.pid ?? '?'} (${reason})`)
    this.#forget()
    child.kill()
    for (const pending of [...this.#pending.values()]) pending.settle(cancelled)
  }

  #forget(): void {
    this.#child = null
    this.#watchdog = null
    if (this.#lookTimer !== null) clearInterval(this.#lookTimer)
    this.#lookTimer = null
  }

  #kept(): string {
    const coverage = this.#lastPartial?.coverage
    if (coverage === undefined || coverage.bytesTotal === 0) return ''
    const percent = Math.min(100, Math.floor((100 * coverage.bytesRead) / coverage.bytesTotal))
    return `What was found in the first ${coverage.packetCount.toLocaleString('en')} packets (${percent} %) is kept.`
  }
}

const cancelled = failed('cancelled', 'The call was cancelled.')

function hangError(seconds: number, file: string | null, kept: string): HostError {
  const keeps = kept === '' ? '' : ` ${kept}`
  return failed(
    'analyzer-hang',
    `The analyzer process made no progress for ${seconds} seconds and was ended.${keeps}`,
    {
      file,
      advice: 'Try again. If the capture is on a network drive, copy it to a local disk first.',
    },
  ).error
}
