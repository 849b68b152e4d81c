/** Four counters by a three-word key: what ceilings and folds count in when a record of its own is too much. */

import type { KeyHash } from '../net/key-hash.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

const KEY_WORDS = 3
/** A slot: row plus one in the lower 24 bits, eight bits of the hash above, so that most strangers are told apart without touching their keys. */
const ROW_MASK = 0xffffff
const TAG_MASK = 0xff000000 | 0
/** Most look-ups past the ceiling are of keys that are not there: the emptier the slots, the sooner they end. */
const SLOTS_PER_ROW = 4
/** Bits of the filter of a full table, eight a row: seven of eight strangers are told by it, in the first-level cache. */
const FILTER_BITS_PER_ROW = 8
/** Counters a row: the first of row i is `counters[i * COUNTERS]`. */
export const COUNTERS = 4

/**
 * Rows 0 to count - 1 in the order of their first use, `keys` three words and `counters` four doubles each.
 * Past the ceiling, what is added goes into `refused` instead, so that sums stay exact.
 */
export class CounterTable {
  count = 0
  keys = new Int32Array(64 * KEY_WORDS)
  counters = new Float64Array(64 * COUNTERS)
  readonly refused = new Float64Array(COUNTERS)
  readonly #hash: KeyHash
  readonly #countMax: number
  #slots = new Int32Array(128)
  /** Bits of the hashes that are in a full table; null until it is. */
  #filter: Int32Array | null = null

  constructor(hash: KeyHash, countMax: number) {
    this.#hash = hash
    this.#countMax = Math.min(countMax, ROW_MASK - 1)
  }

  /** Add to the key's four counters. */
  add(a: number, b: number, c: number, w: number, x: number, y: number, z: number): void {
    const row = this.rowOf(a, b, c)
    const into = row === -1 ? this.refused : this.counters
    const at = row === -1 ? 0 : row * COUNTERS
    into[at] = into[at]! + w
    into[at + 1] = into[at + 1]! + x
    into[at + 2] = into[at + 2]! + y
    into[at + 3] = into[at + 3]! + z
  }

  /** The key's row, made when it is new; -1 past the ceiling. */
  rowOf(a: number, b: number, c: number): number {
    const hash = this.#hash.words3(a, b, c)
    const filter = this.#filter
    if (filter !== null && ((filter[(hash >>> 5) & (filter.length - 1)]! >>> (hash & 31)) & 1) === 0)
      return -1
    const row = this.#seek(hash, a, b, c)
    return row === -1 ? this.#append(hash, a, b, c) : row
  }

  /** The key's row, -1 when it has none. */
  find(a: number, b: number, c: number): number {
    return this.#seek(this.#hash.words3(a, b, c), a, b, c)
  }

  /** The rows in their order. */
  writePart(part: PartWriter): void {
    part.add('keys', this.keys.subarray(0, this.count * KEY_WORDS))
    part.add('counters', this.counters.subarray(0, this.count * COUNTERS))
    part.add('refused', this.refused)
  }

  /** Of an empty table. Throws PartError. */
  readPart(part: PartReader): void {
    const keys = part.int32('keys', this.#countMax * KEY_WORDS, KEY_WORDS)
    for (let row = 0; row * KEY_WORDS < keys.length; row++) {
      const at = row * KEY_WORDS
      if (this.rowOf(keys[at]!, keys[at + 1]!, keys[at + 2]!) !== row) throw part.bad('has a key twice')
    }
    this.counters.set(part.numbers('counters', this.count * COUNTERS))
    this.refused.set(part.numbers('refused', COUNTERS))
  }

  #seek(hash: number, a: number, b: number, c: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const slot = slots[at]!
      if (slot === 0) return -1
      if (((slot ^ hash) & TAG_MASK) !== 0) continue
      const row = (slot & ROW_MASK) - 1
      const key = row * KEY_WORDS
      if (this.keys[key] === a && this.keys[key + 1] === b && this.keys[key + 2] === c) return row
    }
  }

  #append(hash: number, a: number, b: number, c: number): number {
    if (this.count === this.#countMax) return -1
    const row = this.count++
    if (this.count * KEY_WORDS > this.keys.length) {
      const keys = new Int32Array(this.keys.length * 2)
      keys.set(this.keys)
      this.keys = keys
      const counters = new Float64Array(this.counters.length * 2)
      counters.set(this.counters)
      this.counters = counters
    }
    this.keys[row * KEY_WORDS] = a
    this.keys[row * KEY_WORDS + 1] = b
    this.keys[row * KEY_WORDS + 2] = c
    if (this.count * SLOTS_PER_ROW > this.#slots.length) this.#grow()
    else this.#place(hash, row)
    if (this.count === this.#countMax) this.#makeFilter()
    return row
  }

  /** From now on nothing is added, so whose bit is not set has no row. */
  #makeFilter(): void {
    let length = 1
    while (length * 32 < this.count * FILTER_BITS_PER_ROW) length *= 2
    const filter = new Int32Array(length)
    for (let row = 0; row < this.count; row++) {
      const at = row * KEY_WORDS
      const hash = this.#hash.words3(this.keys[at]!, this.keys[at + 1]!, this.keys[at + 2]!)
      const word = (hash >>> 5) & (length - 1)
      filter[word] = filter[word]! | (1 << (hash & 31))
    }
    this.#filter = filter
  }

  #place(hash: number, row: number): void {
    const mask = this.#slots.length - 1
    let at = hash & mask
    while (this.#slots[at] !== 0) at = (at + 1) & mask
    this.#slots[at] = (row + 1) | (hash & TAG_MASK)
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let row = 0; row < this.count; row++) {
      const at = row * KEY_WORDS
      this.#place(this.#hash.words3(this.keys[at]!, this.keys[at + 1]!, this.keys[at + 2]!), row)
    }
  }
}
