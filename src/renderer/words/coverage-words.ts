/** Words for how much of a capture a result is of: what is known of a part never reads like the whole. */

import type { Standstill } from '../../contract/index.ts'
import type { AnalysisState } from '../composables/useAnalysis.ts'
import { shareText } from '../format/figures.ts'

type Known = Pick<AnalysisState, 'coverage' | 'phase' | 'progress'>

/** `the first 43 %`, or null where everything was read. */
export function partOf({ coverage }: Known): string | null {
  if (coverage === null || coverage.isComplete) return null
  const { bytesRead, bytesTotal } = coverage
  return bytesTotal === 0 ? 'the beginning' : `the first ${shareText(Math.min(1, bytesRead / bytesTotal))}`
}

export interface QuietWords {
  readonly title: string
  readonly text: string
  /** Only rules that have run on everything may say that there is nothing. */
  readonly isVerdict: boolean
}

/** What to say where no rule found anything. */
export function nothingFound(state: Known, ruleCount: number): QuietWords {
  const part = partOf(state)
  if (part === null && state.coverage?.packetCount === 0) {
    return {
      title: 'Nothing to judge',
      text: 'The capture holds no packets, so no rule had anything to look at.',
      isVerdict: false,
    }
  }
  if (part === null) {
    return {
      title: 'No rule found anything',
      text: `${ruleCount} rules ran. That is no proof: what each can and cannot see stands with it in the settings.`,
      isVerdict: true,
    }
  }
  if (state.phase === 'reading') {
    return {
      title: 'No verdict yet',
      text: `The rules have looked at ${part} of the capture so far. They decide when it has been read.`,
      isVerdict: false,
    }
  }
  return {
    title: `Nothing found in ${part}`,
    text: 'No rule has run on the rest. Read the capture again for a verdict.',
    isVerdict: false,
  }
}

/** Why a capture that is being read gets no further, and what becomes of it. */
export const standstillWords: Readonly<Record<Standstill, { readonly what: string; readonly more: string }>> =
  {
    held: {
      what: 'The system holds the analyzer process, so reading stands still.',
      more: 'A debugger or a stop signal does that. Reading goes on when the process is let go; Cancel ends it and keeps what was found.',
    },
    silent: {
      what: 'Nothing has come from the analyzer process for some seconds.',
      more: 'A slow disk or a network drive can do that. If nothing comes for ten seconds the process is ended, and what was found is kept.',
    },
  }
