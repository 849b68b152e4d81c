/** What the person decided about findings: acknowledged or not, and a note; kept by the host under the capture's key. */

import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { FindingNote, Host, HostError } from '../../contract/index.ts'

export interface UseFindingNotesReturn {
  readonly notes: Readonly<ShallowRef<ReadonlyMap<string, FindingNote>>>
  /** Only of a capture that has been read to its end is it known which one it is. */
  readonly canKeep: ComputedRef<boolean>
  set: (findingId: string, isAcknowledged: boolean, note: string) => Promise<void>
}

export function useFindingNotes(
  host: Host,
  captureKey: () => string | null,
  onError: (error: HostError) => void,
): UseFindingNotesReturn {
  const notes = shallowRef<ReadonlyMap<string, FindingNote>>(new Map())
  const take = (list: readonly FindingNote[]): void => {
    notes.value = new Map(list.map((note) => [note.findingId, note]))
  }

  watch(
    captureKey,
    async (key) => {
      take([])
      if (key === null) return
      const outcome = await host.call('findingNotes', { captureKey: key })
      if (captureKey() !== key) return
      if (outcome.ok) take(outcome.value)
      else onError(outcome.error)
    },
    { immediate: true },
  )

  return {
    notes,
    canKeep: computed(() => captureKey() !== null),
    async set(findingId, isAcknowledged, note) {
      const key = captureKey()
      if (key === null) return
      const outcome = await host.call('setFindingNote', { captureKey: key, findingId, isAcknowledged, note })
      if (outcome.ok) take(outcome.value)
      else onError(outcome.error)
    },
  }
}
