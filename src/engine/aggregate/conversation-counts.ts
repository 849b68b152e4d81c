/** Packet counts of a conversation's record: unsigned words, which the record's Int32Array would give as signed ones. */

import { Row } from './conversation-row.ts'

/** A count stays here instead of beginning anew: a conversation never looks as if it had no packets. */
export const RECORD_COUNT_MAX = 0xffff_ffff
const FULL = -1

/** The count in the word `at`, from 0 to RECORD_COUNT_MAX. */
export function countAt(words: Int32Array, at: number): number {
  return words[at]! >>> 0
}

export function addOne(words: Int32Array, at: number): void {
  const word = words[at]!
  if (word !== FULL) words[at] = word + 1
}

export function addCount(words: Int32Array, at: number, count: number): void {
  words[at] = Math.min((words[at]! >>> 0) + count, RECORD_COUNT_MAX)
}

/** Whether the record that begins at `at` has packets; one that has none holds ICMP errors about packets not seen. */
export function hasPackets(words: Int32Array, at: number): boolean {
  return (words[at + Row.packetsFromA]! | words[at + Row.packetsFromB]!) !== 0
}
