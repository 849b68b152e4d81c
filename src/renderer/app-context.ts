/** What every component may use: the host and the state of this window. Made once in `create-app-state.ts`. */

import { inject, type InjectionKey, type ShallowRef } from 'vue'
import type { Host, HostFacts } from '../contract/index.ts'
import type { UseAnalysisReturn } from './composables/useAnalysis.ts'
import type { UseFindingNotesReturn } from './composables/useFindingNotes.ts'
import type { UseNoticesReturn } from './composables/useNotices.ts'
import type { UseOpeningReturn } from './composables/useOpening.ts'
import type { UseSavingReturn } from './composables/useSaving.ts'
import type { UseSettingsReturn } from './composables/useSettings.ts'
import type { UseViewReturn } from './composables/useView.ts'

export type DialogName = 'palette' | 'shortcuts' | 'about' | 'log' | null

export interface AppState {
  readonly host: Host
  /** Null until the host has said hello. */
  readonly facts: ShallowRef<HostFacts | null>
  readonly analysis: UseAnalysisReturn
  readonly view: UseViewReturn
  readonly settings: UseSettingsReturn
  readonly notices: UseNoticesReturn
  readonly notes: UseFindingNotesReturn
  readonly saving: UseSavingReturn
  readonly opening: UseOpeningReturn
  readonly dialog: ShallowRef<DialogName>
  /** Goes up when somebody wants to type a filter. */
  readonly findRequest: ShallowRef<number>
}

export const appKey: InjectionKey<AppState> = Symbol('app')

export function useApp(): AppState {
  const app = inject(appKey)
  if (app === undefined) throw new Error('A component was mounted outside the window that App.vue makes.')
  return app
}
