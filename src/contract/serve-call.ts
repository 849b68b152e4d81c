/** The host's end of a call: checks what came, runs the handler, checks the size of what goes back. */

import {
  type Event,
  type In,
  isMethodName,
  messageBytesMax,
  type MethodName,
  methods,
  type Out,
} from './methods.ts'
import { failed, type Outcome } from './outcome.ts'
import type { CallSignal } from './host.ts'

export interface CallContext<M extends MethodName> {
  readonly emit: (event: Event<M>) => void
  readonly signal: CallSignal
}

/** One handler per method of the table; `From` says who asks (a window, a page). */
export type Handlers<From> = {
  readonly [M in MethodName]: (input: In<M>, context: CallContext<M>, from: From) => Promise<Outcome<Out<M>>>
}

export interface IncomingCall<From> {
  readonly method: unknown
  readonly input: unknown
  readonly from: From
  readonly signal: CallSignal
  readonly emit: (event: unknown) => void
}

/** An upper bound of a text's UTF-8 length that needs no encoder: a UTF-16 unit takes three bytes at most. */
function isTooLarge(json: string): boolean {
  return (
    json.length > messageBytesMax || (json.length * 3 > messageBytesMax && utf8Length(json) > messageBytesMax)
  )
}

function utf8Length(json: string): number {
  let length = 0
  for (let place = 0; place < json.length; place++) {
    const unit = json.charCodeAt(place)
    // A surrogate pair is four bytes in UTF-8: two for each of its units.
    length += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
  }
  return length
}

/**
 * Serves one call of a page that has already been found trustworthy. Never rejects. An answer of the wrong form is
 * a fault of the host and is answered as `internal`; one larger than `messageBytesMax` as `message-too-large`.
 */
export async function serveCall<From>(
  handlers: Handlers<From>,
  call: IncomingCall<From>,
  onFault: (detail: string) => void,
): Promise<Outcome<unknown>> {
  const { method, input } = call
  if (!isMethodName(method))
    return failed('unknown-method', 'The page asked for something this program cannot do.')
  const form = methods[method]
  const problem = form.in.problem(input, method)
  if (problem !== null) return failed('bad-request', `The page asked wrongly (${problem}).`)

  const emit = (event: unknown): void => {
    const eventProblem = form.event.problem(event, `${method} event`)
    if (eventProblem !== null) onFault(eventProblem)
    else if (isTooLarge(JSON.stringify(event)))
      onFault(`${method}: event larger than ${messageBytesMax} bytes`)
    else if (!call.signal.aborted) call.emit(event)
  }

  try {
    const handler = handlers[method] as (
      input: unknown,
      context: unknown,
      from: From,
    ) => Promise<Outcome<unknown>>
    const outcome = await handler(input, { emit, signal: call.signal }, call.from)
    if (!outcome.ok) return outcome
    const valueProblem = form.out.problem(outcome.value, `${method} answer`)
    if (valueProblem !== null) {
      onFault(valueProblem)
      return failed('internal', `The program made an answer of the wrong form (${valueProblem}).`)
    }
    if (isTooLarge(JSON.stringify(outcome))) {
      onFault(`${method}: answer larger than ${messageBytesMax} bytes`)
      return failed('message-too-large', 'The answer is larger than a page can be sent.', {
        advice: 'Ask for fewer rows, or save the table instead.',
      })
    }
    return outcome
  } catch (fault) {
    const detail = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)
    onFault(`${method}: ${detail}`)
    return failed('internal', `Something went wrong inside the program (${method}).`, {
      advice: 'The log file says more.',
    })
  }
}
