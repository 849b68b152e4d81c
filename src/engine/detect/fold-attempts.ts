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
 * overwritten before it is read. Sorted, not hashed: 20 bytes a probe while it works, and no keys to attack. `hostCount`:
 * sources and targets are below it.
 */
export function foldAttempts(words: Int32Array, probeCount: number, hostCount: number): FoldedAttempts {
  const order = orderOf(words, repeatable(words, probeCount, hostCount))
  // Of each probe the first of its attempt, and then, from the front, the number of the attempt.
  const attemptOf = ascending(probeCount)
  let first = 0
  for (let i = 0; i < order.length; i++) {
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

/** Bits of a host in `repeatable`: it stands as source, as target, and in more than one probe so. */
const Stands = { source: 1, sourceAgain: 2, target: 4, targetAgain: 8 }

/** The probes that may not be the only ones of their attempts: source and target both stand in others too. */
function repeatable(words: Int32Array, probeCount: number, hostCount: number): Uint32Array {
  const stands = new Uint8Array(hostCount)
  const end = probeCount * ATTEMPT_WORDS
  for (let at = 0; at < end; at += ATTEMPT_WORDS) {
    const source = words[at + Attempt.source]!
    stands[source] = stands[source]! | ((stands[source]! & Stands.source) << 1) | Stands.source
    const target = words[at + Attempt.target]!
    stands[target] = stands[target]! | ((stands[target]! & Stands.target) << 1) | Stands.target
  }
  const probes = new Uint32Array(probeCount)
  let count = 0
  for (let probe = 0, at = 0; probe < probeCount; probe++, at += ATTEMPT_WORDS) {
    const isSourceAgain = (stands[words[at + Attempt.source]!]! & Stands.sourceAgain) !== 0
    if (isSourceAgain && (stands[words[at + Attempt.target]!]! & Stands.targetAgain) !== 0)
      probes[count++] = probe
  }
  return probes.subarray(0, count)
}

/** The probes by source, target, kind and port, those of one attempt in the order of records. */
function orderOf(words: Int32Array, probes: Uint32Array): Uint32Array {
  const scratch = new SortScratch()
  let keys: Uint32Array = new Uint32Array(probes.length)
  let values = probes
  for (const word of [Attempt.kindAndPort, Attempt.target, Attempt.source]) {
    for (let i = 0; i < probes.length; i++) keys[i] = words[values[i]! * ATTEMPT_WORDS + word]!
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
