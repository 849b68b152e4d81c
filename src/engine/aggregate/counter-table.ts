/** Four counters by a three-word key: what ceilings and folds count in when a record of its own is too much. */

import type { KeyHash } from '../net/key-hash.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

const KEY_WORDS = 3
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
  #slots = new Int32Array(128).fill(-1)

  constructor(hash: KeyHash, countMax: number) {
    this.#hash = hash
    this.#countMax = countMax
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
    const mask = this.#slots.length - 1
    let slot = this.#hash.words4(a, b, c, 0) & mask
    for (;;) {
      const row = this.#slots[slot]!
      if (row === -1) return this.#append(a, b, c, slot)
      const at = row * KEY_WORDS
      if (this.keys[at] === a && this.keys[at + 1] === b && this.keys[at + 2] === c) return row
      slot = (slot + 1) & mask
    }
  }

  /** The key's row, -1 when it has none. */
  find(a: number, b: number, c: number): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash.words4(a, b, c, 0) & mask
    for (;;) {
      const row = this.#slots[slot]!
      if (row === -1) return -1
      const at = row * KEY_WORDS
      if (this.keys[at] === a && this.keys[at + 1] === b && this.keys[at + 2] === c) return row
      slot = (slot + 1) & mask
    }
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

  #append(a: number, b: number, c: number, slot: number): number {
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
    this.#slots[slot] = row
    if (this.count * 2 > this.#slots.length) this.#grow()
    return row
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = this.#slots.length - 1
    for (let row = 0; row < this.count; row++) {
      const at = row * KEY_WORDS
      let slot = this.#hash.words4(this.keys[at]!, this.keys[at + 1]!, this.keys[at + 2]!, 0) & mask
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask
      this.#slots[slot] = row
    }
  }
}
