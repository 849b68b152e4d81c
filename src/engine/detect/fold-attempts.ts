/** From probes to attempts: what goes from one host to the same port of another in the same way is one, however often. */

import { ascending, radixSort, SortScratch } from '../net/radix-sort.ts'
import { Attempt, ATTEMPT_WORDS, MARKED } from './attempt-row.ts'
import { AttemptBits } from './record-probe.ts'

/** Rank by which outcomes of one attempt's conversations are merged: an open port stays open though a later try fails. */
const RANK = [4, 3, 2, 1, 0]

export interface FoldedAttempts {
  readonly count: number
  /** Attempt of each probe. */
  readonly attemptOf: Uint32Array
}

/**
 * Join the probes of one attempt, in place: `words` holds `probeCount` rows of Attempt in the order of records, and then
 * the attempts in the order of their first probes. An attempt never stands behind its first probe, so nothing is
 * overwritten before it is read. Sorted, not hashed: 20 bytes a probe while it works, and no keys to attack.
 */
export function foldAttempts(words: Int32Array, probeCount: number): FoldedAttempts {
  const order = orderOf(words, probeCount)
  // Of each probe the first of its attempt, and then, from the front, the number of the attempt.
  const attemptOf = new Uint32Array(probeCount)
  let first = 0
  for (let i = 0; i < probeCount; i++) {
    const probe = order[i]!
    if (i === 0 || !isSame(words, first, probe)) first = probe
    attemptOf[probe] = first
  }
  let count = 0
  for (let probe = 0; probe < probeCount; probe++) {
    const at = probe * ATTEMPT_WORDS
    if (attemptOf[probe] === probe) {
      attemptOf[probe] = count
      if (count !== probe) words.copyWithin(count * ATTEMPT_WORDS, at, at + ATTEMPT_WORDS)
      count++
    } else {
      attemptOf[probe] = attemptOf[attemptOf[probe]!]!
      merge(words, attemptOf[probe]! * ATTEMPT_WORDS, at)
    }
  }
  return { count, attemptOf }
}

/** The probes by source, target, kind and port, those of one attempt in the order of records. */
function orderOf(words: Int32Array, count: number): Uint32Array {
  const scratch = new SortScratch()
  let keys: Uint32Array = new Uint32Array(count)
  let values = ascending(count)
  for (const word of [Attempt.kindAndPort, Attempt.target, Attempt.source]) {
    for (let i = 0; i < count; i++) keys[i] = words[values[i]! * ATTEMPT_WORDS + word]!
    ;({ keys, values } = radixSort(keys, values, scratch))
  }
  return values
}

function isSame(words: Int32Array, probe: number, other: number): boolean {
  const [x, y] = [probe * ATTEMPT_WORDS, other * ATTEMPT_WORDS]
  return words[x] === words[y] && words[x + 1] === words[y + 1] && words[x + 2] === words[y + 2]
}

/** Add the probe at `from` to the attempt at `at`. */
function merge(words: Int32Array, at: number, from: number): void {
  const old = words[at + Attempt.bits]!
  const bits = words[from + Attempt.bits]!
  const row = words[from + Attempt.firstRow]!
  const isBetter = RANK[bits & AttemptBits.outcomeMask]! > RANK[old & AttemptBits.outcomeMask]!
  const outcome = (isBetter ? bits : old) & AttemptBits.outcomeMask
  const both = AttemptBits.inferred | AttemptBits.empty
  words[at + Attempt.bits] =
    outcome | ((old | (bits & ~MARKED)) & ~(AttemptBits.outcomeMask | both)) | (old & bits & both)
  words[at + Attempt.lastRow] = row
  if (words[at + Attempt.servedRow] === 0 && (bits & AttemptBits.served) !== 0)
    words[at + Attempt.servedRow] = row + 1
  words[at + Attempt.recordCount] = words[at + Attempt.recordCount]! + 1
}
