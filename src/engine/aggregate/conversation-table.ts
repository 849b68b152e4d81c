/** Conversations by key: records in slabs, found through a seeded slot table, with a ceiling. */

import type { KeyHash } from '../net/key-hash.ts'
import { hasPackets } from './conversation-counts.ts'
import { ORPHAN_FRAGMENT_ROLE } from './conversation-keys.ts'
import { KeyBits, Row, ROW_WORDS, StateBits } from './conversation-row.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/**
 * Records kept. 112 bytes each and four to eight more for the slots, and detection folds them once more: about 500 MB
 * in all when full, the ceiling of a process that must live beside others. Higher lists more of a flood one by one and
 * takes longer to judge it, lower saves memory; totals are exact either way.
 */
export const CONVERSATION_COUNT_MAX = 1 << 21

const SLAB_ROWS_SHIFT = 13
const SLAB_ROWS = 1 << SLAB_ROWS_SHIFT
const SLAB_ROW_MASK = SLAB_ROWS - 1
/** A slot: record number plus one in the lower 24 bits, eight bits of the hash above, so that most strangers are told apart without touching their record. */
const NUMBER_MASK = 0xffffff
const TAG_MASK = 0xff000000 | 0
/** Slot tables below this grow fourfold: every record moves at each growth, and slots are small beside records. */
const GROW_FAST_BELOW = 1 << 21

/**
 * Records are numbered from 0 in the order in which their first packets came. `words[slab]` and `doubles[slab]` are
 * two views of the same slab; `slabOf` and `at` find a record's place in them.
 */
export class ConversationTable {
  count = 0
  /** Records of fragments that came before their datagram's first one; they stay when their packets are moved. */
  orphanFragmentCount = 0
  readonly words: Int32Array[] = []
  readonly doubles: Float64Array[] = []
  readonly countMax: number
  #slots = new Int32Array(1 << 12)
  #slotMask = (1 << 12) - 1
  /** Keys in the slot table: fewer than `count` where one key had several conversations. */
  #keyCount = 0
  readonly #hash: KeyHash

  constructor(hash: KeyHash, countMax: number = CONVERSATION_COUNT_MAX) {
    this.#hash = hash
    this.countMax = Math.min(countMax, NUMBER_MASK - 1)
  }

  hash(a: number, b: number, ports: number, key: number): number {
    return this.#hash.words4(a, b, ports, key)
  }

  /** The words of the record's slab. */
  slab(row: number): Int32Array {
    return this.words[row >>> SLAB_ROWS_SHIFT]!
  }

  doublesOf(row: number): Float64Array {
    return this.doubles[row >>> SLAB_ROWS_SHIFT]!
  }

  /** Offset of the record inside its slab, in words; half of it, in doubles. */
  at(row: number): number {
    return (row & SLAB_ROW_MASK) * ROW_WORDS
  }

  /** Load the slot a hash leads to, and its record if it may be the one, so that a batch's cache misses overlap. */
  touch(hash: number): number {
    const slot = this.#slots[hash & this.#slotMask]!
    // A stranger's record would be a miss for nothing; for a new key it mostly is a stranger's.
    if (slot === 0 || ((slot ^ hash) & TAG_MASK) !== 0) return 0
    const row = (slot & NUMBER_MASK) - 1
    return this.words[row >>> SLAB_ROWS_SHIFT]![(row & SLAB_ROW_MASK) * ROW_WORDS]!
  }

  /** Number of the key's latest record, -1 when there is none. */
  find(hash: number, a: number, b: number, ports: number, key: number): number {
    const slots = this.#slots
    const mask = this.#slotMask
    const tag = hash & TAG_MASK
    let at = hash & mask
    for (;;) {
      const slot = slots[at]!
      if (slot === 0) return -1
      if ((slot & TAG_MASK) === tag) {
        const row = (slot & NUMBER_MASK) - 1
        const words = this.words[row >>> SLAB_ROWS_SHIFT]!
        const base = (row & SLAB_ROW_MASK) * ROW_WORDS
        if (
          words[base] === a &&
          words[base + 1] === b &&
          words[base + 2] === ports &&
          words[base + 3] === key
        ) {
          return row
        }
      }
      at = (at + 1) & mask
    }
  }

  /** A new record for a key that has none, all zero but for the key; -1 when the ceiling is reached. */
  add(hash: number, a: number, b: number, ports: number, key: number): number {
    const row = this.#append(a, b, ports, key)
    if (row === -1) return -1
    this.#keyCount++
    if (this.#keyCount * 2 > this.#slots.length) this.#grow()
    else this.#place(hash, row)
    return row
  }

  /** A new record for a key whose latest record is `previous`, which it takes the place of; -1 at the ceiling. */
  addAfter(hash: number, previous: number): number {
    const words = this.slab(previous)
    const at = this.at(previous)
    const row = this.#append(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!)
    if (row === -1) return -1
    const before = this.slab(previous)
    const beforeAt = this.at(previous)
    const state = before[beforeAt + Row.state]!
    before[beforeAt + Row.state] = state | StateBits.isSuperseded
    if (hasPackets(before, beforeAt) || (state & StateBits.continuesPair) !== 0) {
      this.slab(row)[this.at(row) + Row.state] = StateBits.continuesPair
    }
    const mask = this.#slotMask
    let slot = hash & mask
    while ((this.#slots[slot]! & NUMBER_MASK) - 1 !== previous) slot = (slot + 1) & mask
    this.#slots[slot] = (row + 1) | (hash & TAG_MASK)
    return row
  }

  /** The records in their order, a section a slab. */
  writePart(part: PartWriter): void {
    part.numbers('count', [this.count])
    for (let slab = 0; slab < this.words.length; slab++) {
      const rows = Math.min(SLAB_ROWS, this.count - slab * SLAB_ROWS)
      part.add(`slab${String(slab)}`, this.words[slab]!.subarray(0, rows * ROW_WORDS))
    }
  }

  /**
   * Of an empty table. Throws PartError. Looks at keys alone: what else a record says is checked by conversation-part.
   * Without an index nothing can be found or added; the records can be merged into another table all the same.
   */
  readPart(part: PartReader, isIndexed = true): void {
    const count = part.numbers('count', 1)[0]!
    if (count > this.countMax) throw part.bad('counts more records than a table holds')
    for (let slab = 0; slab * SLAB_ROWS < count; slab++) {
      const rows = Math.min(SLAB_ROWS, count - slab * SLAB_ROWS)
      const stored = part.int32(`slab${String(slab)}`, SLAB_ROWS * ROW_WORDS)
      const words = wholeSlab(part.exactly(stored, rows * ROW_WORDS))
      this.words.push(words)
      this.doubles.push(new Float64Array(words.buffer))
    }
    this.count = count
    for (let row = 0; row < count; row++)
      if (isOrphanFragment(this.slab(row)[this.at(row) + Row.key]!)) this.orphanFragmentCount++
    if (isIndexed) this.#indexAll(part)
  }

  #indexAll(part: PartReader): void {
    const { count } = this
    while (this.#slots.length < count * 2) this.#slots = new Int32Array(this.#slots.length * 2)
    this.#slotMask = this.#slots.length - 1
    for (let row = 0; row < count; row++) {
      const words = this.slab(row)
      const at = this.at(row)
      if ((words[at + Row.state]! & StateBits.isSuperseded) !== 0) continue
      const [a, b, ports, key] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!]
      const hash = this.hash(a, b, ports, key)
      // Records of one key share a chain: a part full of them would take for ever.
      if (this.find(hash, a, b, ports, key) !== -1) throw part.bad('has a key twice')
      this.#keyCount++
      this.#place(hash, row)
    }
  }

  #append(a: number, b: number, ports: number, key: number): number {
    if (this.count === this.countMax) return -1
    const row = this.count++
    if (row >>> SLAB_ROWS_SHIFT === this.words.length) {
      const buffer = new ArrayBuffer(SLAB_ROWS * ROW_WORDS * 4)
      this.words.push(new Int32Array(buffer))
      this.doubles.push(new Float64Array(buffer))
    }
    const words = this.words[row >>> SLAB_ROWS_SHIFT]!
    const base = (row & SLAB_ROW_MASK) * ROW_WORDS
    words[base] = a
    words[base + 1] = b
    words[base + 2] = ports
    words[base + 3] = key
    if (isOrphanFragment(key)) this.orphanFragmentCount++
    return row
  }

  #place(hash: number, row: number): void {
    const mask = this.#slotMask
    let at = hash & mask
    while (this.#slots[at] !== 0) at = (at + 1) & mask
    this.#slots[at] = (row + 1) | (hash & TAG_MASK)
  }

  /** Records are read in their order, because that is how they lie in memory. */
  #grow(): void {
    const factor = this.#slots.length < GROW_FAST_BELOW ? 4 : 2
    this.#slots = new Int32Array(this.#slots.length * factor)
    this.#slotMask = this.#slots.length - 1
    for (let row = 0; row < this.count; row++) {
      const words = this.words[row >>> SLAB_ROWS_SHIFT]!
      const base = (row & SLAB_ROW_MASK) * ROW_WORDS
      if ((words[base + Row.state]! & StateBits.isSuperseded) !== 0) continue
      this.#place(this.#hash.words4(words[base]!, words[base + 1]!, words[base + 2]!, words[base + 3]!), row)
    }
  }
}

function isOrphanFragment(key: number): boolean {
  return ((key >>> KeyBits.roleShift) & KeyBits.roleMask) === ORPHAN_FRAGMENT_ROLE
}

/** The records in a buffer with room for a slab; the same one when they lie in such a buffer. */
function wholeSlab(records: Int32Array): Int32Array {
  const wordCount = SLAB_ROWS * ROW_WORDS
  if (records.byteOffset === 0 && records.buffer.byteLength === wordCount * 4)
    return new Int32Array(records.buffer)
  const words = new Int32Array(wordCount)
  words.set(records)
  return words
}
