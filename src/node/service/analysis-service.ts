/** Owns the result of one analysis inside the analyzer process and answers everything a page asks about it. */

import {
  type AnalysisEnd,
  type AnalyzeEvent,
  type Coverage,
  failed,
  type In,
  isEmptyFilter,
  type Out,
  type Outcome,
  succeeded,
  type WhatIf,
} from '../../contract/index.ts'
import type { CaptureSummary } from '../../engine/index.ts'
import { evidenceOf } from './evidence.ts'
import { summaryHeadOf } from './head.ts'
import { matrixOf } from './matrix.ts'
import type { AnalysisOutputs } from './outputs.ts'
import { ProgressMeter, type ReadingState } from './progress.ts'
import type { AnalysisResult, AnalysisRunner } from './runner.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import { timelineOf } from './timeline.ts'
import type { AnalyzeOrder, SaveOrder } from '../analyzer/messages.ts'
import { RowTables } from '../rows/row-window.ts'

/** Progress events a second at most: more would be work for the page and nothing to see. */
const PROGRESS_EVERY_MS = 200

export interface ServiceOptions {
  readonly run: AnalysisRunner
  readonly outputs: AnalysisOutputs
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Called whenever work moves on: the heartbeat's mark. */
  readonly onAlive: (state: 'reading' | 'finishing') => void
  /** Runs later, when nothing else waits. */
  readonly whenIdle: (work: () => void) => void
}

interface Current {
  readonly summary: CaptureSummary
  readonly tables: RowTables
  readonly coverage: Coverage
  readonly whatIf: AnalysisResult['whatIf']
  readonly scoreOf: AnalysisResult['scoreOf']
}

const nothingYet = failed('unknown-analysis', 'There is no result yet.', {
  advice: 'Open the capture again.',
})

export class AnalysisService {
  readonly #options: ServiceOptions
  #current: Current | null = null
  #isRunning = false

  constructor(options: ServiceOptions) {
    this.#options = options
  }

  /**
   * Reads the captures. Partial results answer the other calls until the final one does. A cancelled run ends with
   * what was read; one that fails keeps the last partial result and says so.
   */
  async analyze(
    order: AnalyzeOrder,
    emit: (event: AnalyzeEvent) => void,
    signal: { readonly aborted: boolean },
  ): Promise<Outcome<AnalysisEnd>> {
    if (this.#isRunning) return failed('busy', 'This capture is already being read.')
    const { now, onAlive, run } = this.#options
    const meter = new ProgressMeter(now)
    let lastEmitMs = Number.NEGATIVE_INFINITY
    let latest: ReadingState = { phase: 'reading', bytesRead: 0, bytesTotal: 0, packetCount: 0 }
    this.#isRunning = true
    this.#current = null
    try {
      const outcome = await run(order.paths, order, {
        signal,
        onProgress: (state) => {
          const isNewPhase = state.phase !== latest.phase
          latest = state
          onAlive(state.phase)
          if (!isNewPhase && now() - lastEmitMs < PROGRESS_EVERY_MS) return
          lastEmitMs = now()
          emit({ kind: 'progress', progress: meter.progress(state) })
        },
        onPartial: (summary) => {
          onAlive('reading')
          const coverage = coverageOf(latest, summary, 'still-reading')
          this.#show({ summary, coverage, tables: new RowTables(summary), whatIf: null, scoreOf: () => null })
          if (order.snapshotPath !== null) writeSnapshot(order.snapshotPath, { summary, coverage })
          emit({ kind: 'partial', head: summaryHeadOf(summary), coverage })
        },
      })
      if (!outcome.ok) return this.#endOfFailure(outcome)
      const { summary } = outcome.value
      const coverage = coverageOf(latest, summary, signal.aborted ? 'cancelled' : 'complete')
      this.#show({ ...outcome.value, coverage })
      if (!coverage.isComplete && order.snapshotPath !== null) {
        writeSnapshot(order.snapshotPath, { summary, coverage })
      }
      this.#warm(outcome.value.tables)
      return succeeded({ head: summaryHeadOf(summary), coverage, interruption: null })
    } finally {
      this.#isRunning = false
    }
  }

  restore(snapshotPath: string): Outcome<null> {
    const snapshot = readSnapshot(snapshotPath)
    if (snapshot === null) return nothingYet
    const { summary, coverage } = snapshot
    this.#show({
      summary,
      coverage: { ...coverage, isComplete: false, reason: 'interrupted' },
      tables: new RowTables(summary),
      whatIf: null,
      scoreOf: () => null,
    })
    return succeeded(null)
  }

  rows(request: In<'rows'>): Outcome<Out<'rows'>> {
    return this.#with(({ tables, coverage }) => succeeded(tables.window(request, isPartial(coverage))))
  }

  timeline(request: In<'timeline'>): Outcome<Out<'timeline'>> {
    return this.#with(({ summary, tables, coverage }) => {
      const starts = request.filter === null ? null : this.#startsOf(tables, request.filter)
      return succeeded(timelineOf(summary.bandwidth, request, starts, isPartial(coverage)))
    })
  }

  matrix(request: In<'matrix'>): Outcome<Out<'matrix'>> {
    return this.#with(({ tables, coverage }) => {
      const rows = tables.matchingConversations(request.filter)
      return succeeded(matrixOf(tables.conversations, rows, request.addressCountMax, isPartial(coverage)))
    })
  }

  evidence(request: In<'evidence'>): Outcome<Out<'evidence'>> {
    return this.#with(({ summary, scoreOf }) => {
      const finding = summary.findings.find(({ id }) => id === request.findingId)
      if (finding === undefined) {
        return failed('unknown-finding', 'This finding is not part of the result any more.', {
          advice: 'Go back to the list of findings.',
        })
      }
      return succeeded(evidenceOf(finding, scoreOf(finding)))
    })
  }

  async whatIf(request: In<'whatIf'>, signal: { readonly aborted: boolean }): Promise<Outcome<WhatIf>> {
    const whatIf = this.#current?.whatIf ?? null
    if (whatIf === null) {
      return failed(
        'not-supported',
        'Other thresholds can be tried once the capture has been read to the end.',
      )
    }
    return whatIf(request, () => {
      this.#options.onAlive('finishing')
      return !signal.aborted
    })
  }

  async save(
    order: SaveOrder,
    emit: (event: { byteCount: number }) => void,
    signal: { readonly aborted: boolean },
  ): Promise<Outcome<{ byteCount: number }>> {
    const { outputs, onAlive } = this.#options
    const current = this.#current
    if (current === null) return nothingYet
    const onBytes = (byteCount: number): void => {
      onAlive('finishing')
      emit({ byteCount })
    }
    const { request, path } = order
    const summary = namingItsEnd(current)
    switch (request.kind) {
      case 'report':
        return outputs.report(summary, path, { onBytes, signal })
      case 'json':
        return outputs.json(summary, path, { onBytes, signal })
      case 'csv': {
        const shown = current.tables.view(request.view)
        const rowAt = (place: number): unknown => shown.row(shown.rows[place]!)
        const rows = { table: request.view.table, rowCount: shown.rows.length, rowAt }
        return outputs.csv(summary, rows, path, { onBytes, signal })
      }
    }
  }

  #with<T>(answer: (current: Current) => Outcome<T>): Outcome<T> {
    return this.#current === null ? nothingYet : answer(this.#current)
  }

  #show(current: Current): void {
    this.#current = current
  }

  #endOfFailure(outcome: Extract<Outcome<AnalysisResult>, { ok: false }>): Outcome<AnalysisEnd> {
    const partial = this.#current
    if (partial === null) return outcome
    const coverage: Coverage = { ...partial.coverage, isComplete: false, reason: 'interrupted' }
    this.#show({ ...partial, coverage })
    return succeeded({ head: summaryHeadOf(partial.summary), coverage, interruption: outcome.error })
  }

  /** Read columns ahead while nobody waits, so that the first sort of a million rows is as quick as the next. */
  #warm(tables: RowTables): void {
    this.#options.whenIdle(() => {
      if (this.#current?.tables === tables && tables.warmNext()) this.#warm(tables)
    })
  }

  #startsOf(tables: RowTables, filter: In<'matrix'>['filter']): Float64Array {
    const starts = tables.conversations.numbers('firstSeconds')!
    if (isEmptyFilter(filter)) return starts
    return Float64Array.from(tables.matchingConversations(filter), (row) => starts[row]!)
  }
}

/** A file outlives the page that says the result is of a part: the file says so itself. */
function namingItsEnd({ summary, coverage }: Current): CaptureSummary {
  if (coverage.isComplete) return summary
  const { bytesRead, bytesTotal, reason } = coverage
  const percent = bytesTotal === 0 ? 0 : Math.min(100, Math.floor((100 * bytesRead) / bytesTotal))
  const why = {
    complete: '',
    'still-reading': 'This was saved while the capture was still being read',
    cancelled: 'Reading was cancelled',
    interrupted: 'Reading was interrupted',
  }[reason]
  const packets = summary.capture.packetCount.toLocaleString('en')
  const detail = `${why}: everything here is of the first ${percent} % of the capture, ${packets} packets.`
  const ending = { ...summary.capture.ending, kind: 'cancelled', detail } as const
  return { ...summary, capture: { ...summary.capture, ending } }
}

const isPartial = (coverage: Coverage): boolean => coverage.reason === 'still-reading'

function coverageOf(state: ReadingState, summary: CaptureSummary, reason: Coverage['reason']): Coverage {
  return {
    isComplete: reason === 'complete',
    packetCount: summary.capture.packetCount,
    bytesRead: state.bytesRead,
    bytesTotal: state.bytesTotal,
    reason,
  }
}
