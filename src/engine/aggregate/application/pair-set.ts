/** A set of pairs of numbers with a ceiling: what distinct counts of evidence are made from. */

import type { KeyHash } from '../../net/key-hash.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

const FREE = -1

/** Pairs 0 to count - 1 in the order they were added. Hashed with the run's secret. */
export class PairSet {
  count = 0
  /** Times a new pair was refused because the set was full. */
  refusedCount = 0
  readonly #hash: KeyHash
  readonly #countMax: number
  #pairs = new Int32Array(128)
  #slots = new Int32Array(128).fill(FREE)

  constructor(hash: KeyHash, countMax: number) {
    this.#hash = hash
    this.#countMax = countMax
  }

  /** True when the pair is new and kept. */
  add(a: number, b: number): boolean {
    const mask = this.#slots.length - 1
    let slot = this.#hash.words2(a, b) & mask
    for (;;) {
      const pair = this.#slots[slot]!
      if (pair === FREE) break
      if (this.#pairs[pair * 2] === a && this.#pairs[pair * 2 + 1] === b) return false
      slot = (slot + 1) & mask
    }
    if (this.count === this.#countMax) {
      this.refusedCount++
      return false
    }
    const added = this.count++
    if (this.count * 2 > this.#pairs.length) {
      const grown = new Int32Array(this.#pairs.length * 2)
      grown.set(this.#pairs)
      this.#pairs = grown
    }
    this.#pairs[added * 2] = a
    this.#pairs[added * 2 + 1] = b
    this.#slots[slot] = added
    if (this.count * 2 > this.#slots.length) this.#grow()
    return true
  }

  first(pair: number): number {
    return this.#pairs[pair * 2]!
  }

  second(pair: number): number {
    return this.#pairs[pair * 2 + 1]!
  }

  /** The pairs in their order. */
  writePart(part: PartWriter): void {
    part.add('pairs', this.#pairs.subarray(0, this.count * 2))
    part.numbers('refused', [this.refusedCount])
  }

  /** Of an empty set; both numbers of a pair lie below these bounds. Throws PartError. */
  readPart(part: PartReader, firstBound: number, secondBound: number): void {
    const pairs = part.int32('pairs', this.#countMax * 2, 2)
    for (let at = 0; at < pairs.length; at += 2) {
      const [first, second] = [pairs[at]!, pairs[at + 1]!]
      const isKnown = first >= 0 && first < firstBound && second >= 0 && second < secondBound
      if (!isKnown) throw part.bad('names a row that does not exist')
      if (!this.add(first, second)) throw part.bad('has a pair twice')
    }
    this.refusedCount = part.numbers('refused', 1)[0]!
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(FREE)
    const mask = this.#slots.length - 1
    for (let pair = 0; pair < this.count; pair++) {
      let slot = this.#hash.words2(this.#pairs[pair * 2]!, this.#pairs[pair * 2 + 1]!) & mask
      while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask
      this.#slots[slot] = pair
    }
  }
}
