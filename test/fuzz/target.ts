/** What the fuzz loop drives: inputs one after the other, in sessions that share state and end in a check of the whole. */

export interface Target {
  readonly name: TargetName
  /** Inputs of one session. Several share one analysis where a whole one would cost a hundred times its input. */
  readonly sessionLength: number
  /** Share of inputs whose container is left sound, so that the mutations reach what is inside. */
  readonly frameShare: number
  /** `inputCount`: how many inputs this session will have. */
  start(inputCount: number): void
  /** Throws a Violation, or whatever the code under test throws. The bytes are valid during the call only. */
  feed(input: Uint8Array): void
  finish(): void
}

export const TARGET_NAMES = ['readers', 'pipeline', 'outputs'] as const
export type TargetName = (typeof TARGET_NAMES)[number]
