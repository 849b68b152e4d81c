/** The one capture this window shows: opened, being read, read in part or to its end, or failed. */

import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type {
  Coverage,
  Host,
  HostError,
  OpenedAnalysis,
  Progress,
  Standstill,
  SummaryHead,
} from '../../contract/index.ts'

export type AnalysisPhase = 'none' | 'reading' | 'done' | 'failed'

export interface AnalysisState {
  readonly phase: AnalysisPhase
  readonly opened: OpenedAnalysis | null
  readonly progress: Progress | null
  /** Why reading makes no progress at the moment; null while it does. */
  readonly standstill: Standstill | null
  /** What is known so far; while reading, of the latest partial result. */
  readonly head: SummaryHead | null
  readonly coverage: Coverage | null
  /** Why there is no result, or why it ends early. */
  readonly error: HostError | null
  /** Goes up with every result: tables and charts ask again. */
  readonly revision: number
}

export interface UseAnalysisReturn {
  readonly state: Readonly<ShallowRef<AnalysisState>>
  readonly head: ComputedRef<SummaryHead | null>
  /** Null while there is nothing that tables could be asked about. */
  readonly answerableId: ComputedRef<string | null>
  readonly revision: ComputedRef<number>
  readonly isReading: ComputedRef<boolean>
  /** Reads an opened capture; resolves when it has ended, in whatever way. */
  read: (opened: OpenedAnalysis) => Promise<void>
  readAgain: () => Promise<void>
  cancel: () => void
  close: () => Promise<void>
}

const nothing: AnalysisState = {
  phase: 'none',
  opened: null,
  progress: null,
  standstill: null,
  head: null,
  coverage: null,
  error: null,
  revision: 0,
}

export function useAnalysis(host: Host): UseAnalysisReturn {
  const state = shallowRef<AnalysisState>(nothing)
  let running: AbortController | null = null
  const change = (part: Partial<AnalysisState>): void => {
    state.value = { ...state.value, ...part }
  }

  async function read(opened: OpenedAnalysis): Promise<void> {
    running?.abort()
    const own = new AbortController()
    running = own
    const isSame = state.value.opened?.analysisId === opened.analysisId
    if (!isSame && state.value.opened !== null) {
      void host.call('closeAnalysis', { analysisId: state.value.opened.analysisId })
    }
    state.value = { ...nothing, phase: 'reading', opened, revision: state.value.revision + 1 }

    const outcome = await host.call(
      'analyze',
      { analysisId: opened.analysisId },
      {
        signal: own.signal,
        onEvent(event) {
          if (running !== own) return
          if (event.kind === 'progress') change({ progress: event.progress })
          else if (event.kind === 'standstill') change({ standstill: event.standstill })
          else change({ head: event.head, coverage: event.coverage, revision: state.value.revision + 1 })
        },
      },
    )
    if (running !== own) return
    running = null
    if (outcome.ok) {
      const { head, coverage, interruption } = outcome.value
      change({ phase: 'done', head, coverage, error: interruption, revision: state.value.revision + 1 })
    } else if (state.value.head !== null && state.value.coverage !== null) {
      // The call ended without a word, but what came before it is still true: keep it and label it.
      const reason = outcome.error.kind === 'cancelled' ? 'cancelled' : 'interrupted'
      const coverage = { ...state.value.coverage, isComplete: false, reason } as const
      change({ phase: 'done', coverage, error: outcome.error, revision: state.value.revision + 1 })
    } else {
      change({ phase: 'failed', error: outcome.error })
    }
  }

  onScopeDispose(() => running?.abort())

  return {
    state,
    head: computed(() => state.value.head),
    answerableId: computed(() =>
      state.value.head === null ? null : (state.value.opened?.analysisId ?? null),
    ),
    revision: computed(() => state.value.revision),
    isReading: computed(() => state.value.phase === 'reading'),
    read,
    async readAgain() {
      if (state.value.opened !== null) await read(state.value.opened)
    },
    cancel: () => running?.abort(),
    async close() {
      running?.abort()
      running = null
      const { opened, revision } = state.value
      state.value = { ...nothing, revision: revision + 1 }
      if (opened !== null) await host.call('closeAnalysis', { analysisId: opened.analysisId })
    },
  }
}
