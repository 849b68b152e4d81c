/** A captured frame as tests write it: its bytes, when, and how long it was on the wire. */

import { compareTimes, type Time } from './time.ts'

export interface Frame {
  readonly time: Time
  readonly bytes: Uint8Array
  /** On the wire; the number of bytes when absent. */
  readonly originalLength?: number
  /** Of pcapng: index into the interfaces; 0 when absent. */
  readonly interfaceId?: number
  /** Of pcapng: an opt_comment. */
  readonly comment?: string
}

/** All frames of several scripts, in order of time; frames of the same time keep the order given. */
export function inTimeOrder(...scripts: readonly (readonly Frame[])[]): Frame[] {
  return scripts.flat().sort((a, b) => compareTimes(a.time, b.time))
}
