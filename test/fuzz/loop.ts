/** The fuzz loop: seeded, so that a run can be repeated; inputs that reach new code are kept and mutated further. */

import { seededRandom } from '../traffic/random.ts'
import { Mutator } from './mutator.ts'
import type { Seeds } from './seeds.ts'
import type { Target } from './target.ts'

/** Blocks of code reached for the first time, counted by the instrumentation of `bundle.ts`; absent without it. */
export interface ReachedCode {
  count: number
}

export interface LoopOptions {
  readonly seed: number
  readonly seeds: Seeds
  /** Looked at between sessions. */
  readonly isOver: (executionCount: number) => boolean
  readonly reached?: ReachedCode
  /** Called before each input goes in, so that a crash or a hang can be repeated; `true` at the start of a session. */
  readonly onInput?: (input: Uint8Array, isFirst: boolean) => void
  /** Called after each session. */
  readonly onSession?: (executionCount: number, keptCount: number) => void
}

/** An input, or several in one session, that broke a promise. */
export interface Finding {
  readonly executionCount: number
  readonly inputs: readonly Uint8Array[]
  readonly message: string
}

export interface LoopResult {
  readonly executionCount: number
  readonly keptCount: number
  readonly finding: Finding | null
}

export function fuzz(target: Target, options: LoopOptions): LoopResult {
  const random = seededRandom(options.seed)
  const mutator = new Mutator(random, options.seeds)
  const session: Uint8Array[] = []
  let executionCount = 0
  try {
    while (!options.isOver(executionCount)) {
      // Now and then a short session: an analysis of one capture is what people run.
      const size = random.chance(0.9)
        ? target.sessionLength
        : Math.min(target.sessionLength, random.between(1, 3))
      session.length = 0
      target.start(size)
      for (let i = 0; i < size; i++) {
        const input = mutator.next(target.frameShare).slice()
        session.push(input)
        options.onInput?.(input, i === 0)
        const reachedBefore = options.reached?.count
        executionCount += 1
        target.feed(input)
        if (options.reached?.count !== reachedBefore) mutator.keep(input)
      }
      target.finish()
      options.onSession?.(executionCount, mutator.keptCount)
    }
  } catch (fault) {
    return {
      executionCount,
      keptCount: mutator.keptCount,
      finding: { executionCount, inputs: session, message: messageOf(fault) },
    }
  }
  return { executionCount, keptCount: mutator.keptCount, finding: null }
}

/** Run a session again. Null when nothing is wrong with it. */
export function replay(target: Target, inputs: readonly Uint8Array[]): string | null {
  try {
    target.start(inputs.length)
    for (const input of inputs) target.feed(input)
    target.finish()
    return null
  } catch (fault) {
    return messageOf(fault)
  }
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)
}
