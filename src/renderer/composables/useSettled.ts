/** A value that follows another once it rests, for questions that are too dear to ask at each step of a slider. */

import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'

/** A key held down repeats about every 30 ms; a person who looks at the answer has stopped for longer than this. */
export const SETTLE_MS = 250

/** `source` as it was when it last stayed the same for `SETTLE_MS`; at first, as it is. */
export function useSettled<T>(source: () => T): Readonly<ShallowRef<T>> {
  const settled = shallowRef(source()) as ShallowRef<T>
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (next) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      settled.value = next
    }, SETTLE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return settled
}
