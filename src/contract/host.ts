/** The host as a page sees it: one way to call, whatever carries the call. Both directions are checked here. */

import { type MethodName, methods, type Event, type In, type Out } from './methods.ts'
import { failed, type Outcome, outcomeForm, succeeded } from './outcome.ts'
import type { Check } from './check.ts'
import { captureChoice, type CaptureChoice } from './captures.ts'

/** As much of an AbortSignal as is needed, since this folder knows neither DOM nor Node. */
export interface CallSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

export interface CallOptions<M extends MethodName> {
  /** Called for each event, in order, never after the outcome. */
  readonly onEvent?: ((event: Event<M>) => void) | undefined
  /** Aborting it ends the call with `cancelled`; the host stops the work. */
  readonly signal?: CallSignal | undefined
}

export interface Host {
  /** Never rejects: whatever goes wrong is an outcome. */
  call<M extends MethodName>(method: M, input: In<M>, options?: CallOptions<M>): Promise<Outcome<Out<M>>>
  /** Files the person dropped or picked in the page (DOM `File`s). The answer's ids can be given to `openCaptures`. */
  registerFiles(files: readonly DroppedFile[]): Promise<Outcome<readonly CaptureChoice[]>>
}

/** As much of a DOM `File` as is needed. */
export interface DroppedFile {
  readonly name: string
  readonly size: number
}

/** What carries calls: the desktop's bridge or HTTP. It may reject and it may deliver anything; `createHost` checks. */
export interface Transport {
  start(method: MethodName, input: unknown, onEvent: (event: unknown) => void): StartedCall
  /** Answers with an outcome holding one `CaptureChoice`. */
  registerFile(file: DroppedFile): Promise<unknown>
}

export interface StartedCall {
  readonly outcome: Promise<unknown>
  readonly cancel: () => void
}

const cancelled = failed('cancelled', 'The call was cancelled.')

function checkedOutcome<T>(value: unknown, form: Check<T>): Outcome<T> {
  const problem = outcomeForm(form).problem(value, 'answer')
  if (problem === null) return value as Outcome<T>
  return failed('internal', `The host's answer has the wrong form (${problem}).`, {
    advice: 'Please report this with the log file.',
  })
}

function brokenOff(reason: unknown): Outcome<never> {
  const detail = reason instanceof Error ? reason.message : String(reason)
  return failed('disconnected', `The connection to the program ended (${detail}).`, {
    advice: 'Reload the page; start the program again if that does not help.',
  })
}

/** A host over any transport. Inputs are checked before they leave, events and outcomes when they come. */
export function createHost(transport: Transport): Host {
  return {
    async call<M extends MethodName>(
      method: M,
      input: In<M>,
      options: CallOptions<M> = {},
    ): Promise<Outcome<Out<M>>> {
      const { onEvent, signal } = options
      const form = methods[method]
      const problem = form.in.problem(input, method)
      if (problem !== null) return failed('bad-request', `The page asked wrongly (${problem}).`)
      if (signal?.aborted) return cancelled

      let isOver = false
      let cancel = (): void => undefined
      try {
        const call = transport.start(method, input, (event) => {
          // An event of the wrong form is dropped: the outcome that follows still tells how things ended.
          if (!isOver && form.event.problem(event, method) === null) onEvent?.(event as Event<M>)
        })
        const aborted = new Promise<Outcome<never>>((resolve) => {
          cancel = () => {
            call.cancel()
            resolve(cancelled)
          }
          signal?.addEventListener('abort', cancel)
        })
        const answered = call.outcome.then(
          (value) => checkedOutcome(value, form.out as Check<Out<M>>),
          brokenOff,
        )
        return await Promise.race([answered, aborted])
      } catch (reason) {
        return brokenOff(reason)
      } finally {
        isOver = true
        signal?.removeEventListener('abort', cancel)
      }
    },

    /** One after the other; the first that fails is the answer. */
    async registerFiles(files) {
      const choices: CaptureChoice[] = []
      for (const file of files) {
        try {
          const outcome = checkedOutcome(await transport.registerFile(file), captureChoice)
          if (!outcome.ok) return outcome
          choices.push(outcome.value)
        } catch (reason) {
          return brokenOff(reason)
        }
      }
      return succeeded(choices)
    },
  }
}
