/** Rows of numbers by a key of a few words: what the application activities keep their evidence in. */

import { isAddress } from '../../net/address-table.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { mapAddress, type AddressMap } from './message-view.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** How a column of two parts of a capture becomes one; `own` is what its owner counts anew while merging. */
export type ColumnKind = 'sum' | 'max' | 'own'

export const KEY_WORDS_MAX = 6
const TIME_COLUMNS = 6
const FREE = -1

/**
 * Rows 0 to count - 1, in the order of their first use. Each has `keyWordCount` words, the columns it was made with, and
 * the frame number (1-based) and time of its first and last sighting. A ceiling bounds the rows; what it refuses is
 * counted. Hashed with the run's secret; what is kept does not depend on it.
 */
export class EvidenceRows {
  count = 0
  /** Sightings that found no row, because the table was full. */
  refusedCount = 0
  readonly columns: readonly ColumnKind[]
  readonly #hash: KeyHash
  readonly #keyWordCount: number
  readonly #stride: number
  readonly #countMax: number
  readonly #key = new Int32Array(KEY_WORDS_MAX)
  #keys: Int32Array
  #values: Float64Array
  #slots = new Int32Array(64).fill(FREE)

  constructor(hash: KeyHash, keyWordCount: number, columns: readonly ColumnKind[], countMax: number) {
    this.#hash = hash
    this.#keyWordCount = keyWordCount
    this.columns = columns
    this.#stride = TIME_COLUMNS + columns.length
    this.#countMax = countMax
    this.#keys = new Int32Array(32 * keyWordCount)
    this.#values = new Float64Array(32 * this.#stride)
  }

  /** Row of the key, made when it is new; -1 when the table is full. Words beyond `keyWordCount` must be left out. */
  rowOf(a: number, b = 0, c = 0, d = 0, e = 0, f = 0): number {
    const slot = this.#seek(a, b, c, d, e, f)
    const row = this.#slots[slot]!
    return row === FREE ? this.#append(slot) : row
  }

  /** Row of the key, -1 when it has none. */
  find(a: number, b = 0, c = 0, d = 0, e = 0, f = 0): number {
    return this.#slots[this.#seek(a, b, c, d, e, f)]!
  }

  /** Note a sighting: sets the first frame and time of a new row, and the last of any. Frames come in order. */
  see(row: number, frameNumber: number, seconds: number, nanoseconds: number): void {
    const at = row * this.#stride
    const values = this.#values
    if (values[at] === 0) {
      values[at] = frameNumber
      values[at + 1] = seconds
      values[at + 2] = nanoseconds
    }
    values[at + 3] = frameNumber
    values[at + 4] = seconds
    values[at + 5] = nanoseconds
  }

  add(row: number, column: number, amount: number): void {
    const at = row * this.#stride + TIME_COLUMNS + column
    this.#values[at] = this.#values[at]! + amount
  }

  raise(row: number, column: number, value: number): void {
    const at = row * this.#stride + TIME_COLUMNS + column
    if (value > this.#values[at]!) this.#values[at] = value
  }

  key(row: number, word: number): number {
    return this.#keys[row * this.#keyWordCount + word]!
  }

  value(row: number, column: number): number {
    return this.#values[row * this.#stride + TIME_COLUMNS + column]!
  }

  firstFrame = (row: number): number => this.#values[row * this.#stride]!
  firstSeconds = (row: number): number => this.#values[row * this.#stride + 1]!
  firstNanoseconds = (row: number): number => this.#values[row * this.#stride + 2]!
  lastFrame = (row: number): number => this.#values[row * this.#stride + 3]!
  lastSeconds = (row: number): number => this.#values[row * this.#stride + 4]!
  lastNanoseconds = (row: number): number => this.#values[row * this.#stride + 5]!

  /** Join row `theirs` of a later part to our `row`; its frames come `frameOffset` after ours. */
  join(row: number, later: EvidenceRows, theirs: number, frameOffset: number): void {
    const at = row * this.#stride
    const from = theirs * this.#stride
    const values = this.#values
    const laterValues = later.#values
    const first = laterValues[from]!
    // A row that was made and never seen has no frames to tell of.
    if (first !== 0) {
      if (values[at] === 0) {
        values[at] = first + frameOffset
        values[at + 1] = laterValues[from + 1]!
        values[at + 2] = laterValues[from + 2]!
      }
      values[at + 3] = laterValues[from + 3]! + frameOffset
      values[at + 4] = laterValues[from + 4]!
      values[at + 5] = laterValues[from + 5]!
    }
    for (let column = 0; column < this.columns.length; column++) {
      const value = laterValues[from + TIME_COLUMNS + column]!
      const kind = this.columns[column]
      if (kind === 'sum') this.add(row, column, value)
      else if (kind === 'max') this.raise(row, column, value)
    }
  }

  /**
   * Join all rows of a later part whose key is an IP version, `addressCount` addresses of it, and other words that mean
   * the same in both parts. Returns, for each of its rows, ours or -1.
   */
  mergeByAddress(
    later: EvidenceRows,
    frameOffset: number,
    addressOf: AddressMap,
    addressCount = 1,
  ): Int32Array {
    const rowOf = new Int32Array(later.count)
    const words = new Int32Array(KEY_WORDS_MAX)
    for (let row = 0; row < later.count; row++) {
      for (let word = 0; word < this.#keyWordCount; word++) words[word] = later.key(row, word)
      for (let word = 1; word <= addressCount; word++)
        words[word] = mapAddress(addressOf, words[0]!, words[word]!)
      rowOf[row] = this.joinKey(words, later, row, frameOffset)
    }
    this.refusedCount += later.refusedCount
    return rowOf
  }

  /** Join row `theirs` of a later part to the row of the key in `words`, which is already in our numbers. */
  joinKey(words: Int32Array, later: EvidenceRows, theirs: number, frameOffset: number): number {
    const row = this.rowOf(words[0]!, words[1], words[2], words[3], words[4], words[5])
    if (row !== -1) this.join(row, later, theirs, frameOffset)
    return row
  }

  /** The rows in their order. */
  writePart(part: PartWriter): void {
    part.add('keys', this.#keys.subarray(0, this.count * this.#keyWordCount))
    part.add('values', this.#values.subarray(0, this.count * this.#stride))
    part.numbers('refused', [this.refusedCount])
  }

  /**
   * Of empty rows. Their key begins with an IP version and `addressCount` addresses of it, of which `ipv6Count` IPv6 ones
   * are known; with 0 it has none. Throws PartError.
   */
  readPart(part: PartReader, ipv6Count: number, addressCount = 1): void {
    const keyWordCount = this.#keyWordCount
    const keys = part.int32('keys', this.#countMax * keyWordCount, keyWordCount)
    const key = new Int32Array(KEY_WORDS_MAX)
    for (let row = 0; row * keyWordCount < keys.length; row++) {
      key.set(keys.subarray(row * keyWordCount, (row + 1) * keyWordCount))
      for (let word = 1; word <= addressCount; word++) {
        if (!isAddress(key[0]!, key[word]!, ipv6Count)) throw part.bad('names an address that does not exist')
      }
      if (this.rowOf(key[0]!, key[1], key[2], key[3], key[4], key[5]) !== row) {
        throw part.bad('has a key twice')
      }
    }
    const values = part.float64('values', this.#countMax * this.#stride)
    this.#values.set(part.exactly(values, this.count * this.#stride))
    this.refusedCount = part.numbers('refused', 1)[0]!
  }

  /** After `readPart`: word `word` of every key lies in `min .. bound - 1`. Throws PartError. */
  requireWord(part: PartReader, word: number, min: number, bound: number): void {
    for (let row = 0; row < this.count; row++) {
      const value = this.key(row, word)
      if (value < min || value >= bound) throw part.bad('has a key that names what does not exist')
    }
  }

  /** Order of two rows by their keys: the last resort where everything shown is equal. */
  compareKeys(x: number, y: number): number {
    for (let word = 0; word < this.#keyWordCount; word++) {
      const difference = this.key(x, word) - this.key(y, word)
      if (difference !== 0) return difference
    }
    return 0
  }

  /** Slot of the key, or the free slot where it would go. */
  #seek(a: number, b: number, c: number, d: number, e: number, f: number): number {
    const key = this.#key
    key[0] = a
    key[1] = b
    key[2] = c
    key[3] = d
    key[4] = e
    key[5] = f
    const mask = this.#slots.length - 1
    let slot = this.#hashOf(key, 0, this.#keyWordCount) & mask
    for (;;) {
      const row = this.#slots[slot]!
      if (row === FREE || this.#isKey(row)) return slot
      slot = (slot + 1) & mask
    }
  }

  #isKey(row: number): boolean {
    const at = row * this.#keyWordCount
    for (let word = 0; word < this.#keyWordCount; word++)
      if (this.#keys[at + word] !== this.#key[word]) return false
    return true
  }

  /** Four words at once; of a longer key, the rest first, and its hash with the first three words. */
  #hashOf(words: Int32Array, at: number, count: number): number {
    const a = words[at]!
    const b = count > 1 ? words[at + 1]! : 0
    const c = count > 2 ? words[at + 2]! : 0
    if (count <= 4) return this.#hash.words4(a, b, c, count > 3 ? words[at + 3]! : 0)
    const rest = this.#hash.words4(words[at + 3]!, words[at + 4]!, count > 5 ? words[at + 5]! : 0, 0)
    return this.#hash.words4(a, b, c, rest)
  }

  #append(slot: number): number {
    if (this.count === this.#countMax) {
      this.refusedCount++
      return -1
    }
    const row = this.count++
    if (this.count * this.#keyWordCount > this.#keys.length) {
      const keys = new Int32Array(this.#keys.length * 2)
      keys.set(this.#keys)
      this.#keys = keys
      const values = new Float64Array(this.#values.length * 2)
      values.set(this.#values)
      this.#values = values
    }
    for (let word = 0; word < this.#keyWordCount; word++)
      this.#keys[row * this.#keyWordCount + word] = this.#key[word]!
    this.#slots[slot] = row
    if (this.count * 2 > this.#slots.length) this.#grow()
    return row
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(FREE)
    const mask = this.#slots.length - 1
    for (let row = 0; row < this.count; row++) {
      let slot = this.#hashOf(this.#keys, row * this.#keyWordCount, this.#keyWordCount) & mask
      while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask
      this.#slots[slot] = row
    }
  }
}
