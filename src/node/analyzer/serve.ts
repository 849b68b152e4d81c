/** The analyzer process's side: takes calls from a port, runs them on the service, and shows that it is alive. */

import { failed, type Outcome, succeeded } from '../../contract/index.ts'
import { fileOutputs } from '../service/outputs.ts'
import { ruleInfos } from '../service/rules.ts'
import { type AnalysisRunner, runEngine } from '../service/runner.ts'
import { AnalysisService } from '../service/analysis-service.ts'
import {
  type AnalyzerIn,
  type AnalyzerMethod,
  type FromAnalyzer,
  HEARTBEAT_EVERY_MS,
  type ToAnalyzer,
} from './messages.ts'

/** A utility process's parent port, a forked process's channel, or a test's pair of queues. */
export interface AnalyzerPort {
  post(message: FromAnalyzer): void
  onMessage(listener: (message: unknown) => void): void
}

export interface ServeOptions {
  readonly run?: AnalysisRunner
}

interface CallContext {
  readonly emit: (event: unknown) => void
  readonly signal: { aborted: boolean }
}

/** Between two steps of reading columns ahead, so that a page that has just been shown gets its rows first. */
const WARM_PAUSE_MS = 20

/** Serves until the process ends. Whatever goes wrong in a call is that call's outcome. */
export function serveAnalyzer(port: AnalyzerPort, options: ServeOptions = {}): void {
  const running = new Map<number, { aborted: boolean }>()
  let mark = 0
  let state: 'idle' | 'reading' | 'finishing' = 'idle'

  const service = new AnalysisService({
    run: options.run ?? runEngine,
    outputs: fileOutputs,
    now: () => performance.now(),
    onAlive(phase) {
      mark++
      state = phase
    },
    // Calls that came meanwhile go first.
    whenIdle: (work) => void setTimeout(work, WARM_PAUSE_MS),
  })
  const methods = serviceMethods(service)

  setInterval(() => {
    // With nothing to do, being able to say so is all the progress there can be.
    if (running.size === 0) {
      mark++
      state = 'idle'
    }
    port.post({ kind: 'heartbeat', mark, state })
  }, HEARTBEAT_EVERY_MS)

  const serve = async (id: number, method: AnalyzerMethod, input: unknown): Promise<void> => {
    const signal = { aborted: false }
    running.set(id, signal)
    mark++
    if (state === 'idle') state = 'reading'
    let outcome: Outcome<unknown>
    try {
      const context: CallContext = { emit: (event) => port.post({ kind: 'event', id, event }), signal }
      outcome = await methods[method](input as never, context)
    } catch (fault) {
      outcome = outcomeOfFault(fault)
    }
    running.delete(id)
    mark++
    port.post({ kind: 'outcome', id, outcome })
  }

  port.onMessage((message) => {
    const order = message as ToAnalyzer
    if (order.kind === 'cancel') {
      const signal = running.get(order.id)
      if (signal !== undefined) signal.aborted = true
    } else void serve(order.id, order.method, order.input)
  })
}

type ServiceMethods = {
  readonly [M in AnalyzerMethod]: (
    input: AnalyzerIn<M>,
    context: CallContext,
  ) => Outcome<unknown> | Promise<Outcome<unknown>>
}

function serviceMethods(service: AnalysisService): ServiceMethods {
  return {
    analyze: (input, { emit, signal }) => service.analyze(input, emit, signal),
    restore: ({ snapshotPath }) => service.restore(snapshotPath),
    save: (input, { emit, signal }) => service.save(input, emit, signal),
    rows: (input) => service.rows(input),
    timeline: (input) => service.timeline(input),
    matrix: (input) => service.matrix(input),
    evidence: (input) => service.evidence(input),
    whatIf: (input, { signal }) => service.whatIf(input, signal),
    rules: () => succeeded(ruleInfos()),
  }
}

/** V8 throws RangeError where an array or buffer cannot be had: that is memory, not a mistake in the program. */
function outcomeOfFault(fault: unknown): Outcome<never> {
  const message = fault instanceof Error ? fault.message : String(fault)
  if (
    fault instanceof RangeError &&
    /allocation|Invalid (typed )?array length|Map maximum|Set maximum|string length/.test(message)
  ) {
    return failed('analyzer-out-of-memory', `There was not enough memory for this (${message}).`, {
      advice: 'Close other programs, or analyse a smaller part of the capture.',
    })
  }
  return failed('internal', `The analysis failed inside the program (${message}).`, {
    advice: 'Please report this with the log file.',
  })
}
