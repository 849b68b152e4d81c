/** One question to the host, asked again whenever it changes; an answer that comes late is never shown. */

import { onScopeDispose, shallowRef, watch, type ShallowRef, type WatchSource } from 'vue'
import type { Host, HostError, In, MethodName, Out } from '../../contract/index.ts'

export interface UseAnswerReturn<M extends MethodName> {
  /** The latest answer, kept while the next is on its way. */
  readonly value: Readonly<ShallowRef<Out<M> | null>>
  readonly error: Readonly<ShallowRef<HostError | null>>
  readonly isLoading: Readonly<ShallowRef<boolean>>
  ask: () => void
}

/**
 * Asks `method` with what `input` gives, and again when `input` or one of `again` changes. Null asks nothing and
 * forgets the answer. Questions that change while one is under way cancel it.
 */
export function useAnswer<M extends MethodName>(
  host: Host,
  method: M,
  input: () => In<M> | null,
  again: readonly WatchSource[] = [],
): UseAnswerReturn<M> {
  const value: ShallowRef<Out<M> | null> = shallowRef(null)
  const error = shallowRef<HostError | null>(null)
  const isLoading = shallowRef(false)
  let running: AbortController | null = null

  async function run(question: In<M> | null): Promise<void> {
    running?.abort()
    running = null
    if (question === null) {
      value.value = null
      error.value = null
      isLoading.value = false
      return
    }
    const own = new AbortController()
    running = own
    isLoading.value = true
    const outcome = await host.call(method, question, { signal: own.signal })
    if (own.signal.aborted) return
    running = null
    isLoading.value = false
    if (outcome.ok) {
      value.value = outcome.value
      error.value = null
    } else {
      error.value = outcome.error
    }
  }

  watch([input, ...again], ([question]) => void run(question), { immediate: true })
  onScopeDispose(() => running?.abort())

  return { value, error, isLoading, ask: () => void run(input()) }
}
