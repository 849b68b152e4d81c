/** Byte strings as small dense numbers with a count each: a seeded open-addressing table with ceilings. */

import type { KeyHash } from './key-hash.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

export interface NameTableLimits {
  /** Distinct names kept. Each costs 24 bytes beside its own. */
  readonly countMax: number
  /** Bytes of all names together. */
  readonly byteCountMax: number
  /** Bytes of one name; a longer one is cut, counted in `cutCount`, and equal to every name with that beginning. */
  readonly lengthMax: number
}

/**
 * More names take more memory than a table of the hundred commonest is worth; fewer and an hour of browsing behind a
 * proxy goes over. 256 bytes hold every host name; user agents are rarely longer.
 */
export const NAME_TABLE_LIMITS: NameTableLimits = { countMax: 32_768, byteCountMax: 2 << 20, lengthMax: 512 }

const FREE = -1

/**
 * Names 0 to count - 1 in the order of their first use. That order, and so the numbers, depend on how a capture is cut;
 * names and counts do not, as long as `refusedCount` is 0: sort by them before showing anything.
 */
export class NameTable {
  count = 0
  /** Times each name was added. */
  counts = new Float64Array(32)
  /** Times a new name was wanted and a ceiling refused it. */
  refusedCount = 0
  /** Times a name was cut to `lengthMax`. */
  cutCount = 0
  readonly #hash: KeyHash
  readonly #limits: NameTableLimits
  readonly #folded: Uint8Array | null
  #bytes = new Uint8Array(512)
  /** Name i is bytes[ends[i] .. ends[i + 1]). */
  #ends = new Int32Array(33)
  #slots = new Int32Array(64).fill(FREE)

  /** With `foldCase`, A-Z count as a-z, as in DNS names (RFC 4343). */
  constructor(hash: KeyHash, limits: NameTableLimits = NAME_TABLE_LIMITS, foldCase = false) {
    this.#hash = hash
    this.#limits = limits
    this.#folded = foldCase ? new Uint8Array(limits.lengthMax) : null
  }

  /** Count the name `times` times. Returns its number, -1 when it is new and a ceiling is reached. */
  add(bytes: Uint8Array, offset: number, length: number, times = 1): number {
    const id = this.intern(bytes, offset, length)
    if (id !== -1) this.counts[id] = this.counts[id]! + times
    return id
  }

  /** Number of the name, made when it is new, without counting; -1 when a ceiling is reached. */
  intern(bytes: Uint8Array, offset: number, length: number): number {
    let size = length
    if (size > this.#limits.lengthMax) {
      size = this.#limits.lengthMax
      this.cutCount++
    }
    const folded = this.#folded
    if (folded === null) return this.#intern(bytes, offset, size)
    for (let i = 0; i < size; i++) {
      const byte = bytes[offset + i]!
      folded[i] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
    }
    return this.#intern(folded, 0, size)
  }

  /** The name's bytes, valid until the next name is added. */
  nameBytes(id: number): Uint8Array {
    return this.#bytes.subarray(this.#ends[id], this.#ends[id + 1])
  }

  nameLength(id: number): number {
    return this.#ends[id + 1]! - this.#ends[id]!
  }

  /** Order of two names by their bytes, negative when the first comes first: equal for no two names of a table. */
  compare(x: number, y: number): number {
    const startX = this.#ends[x]!
    const startY = this.#ends[y]!
    const lengthX = this.#ends[x + 1]! - startX
    const lengthY = this.#ends[y + 1]! - startY
    const shared = Math.min(lengthX, lengthY)
    for (let i = 0; i < shared; i++) {
      const difference = this.#bytes[startX + i]! - this.#bytes[startY + i]!
      if (difference !== 0) return difference
    }
    return lengthX - lengthY
  }

  /** Add another part's names and counts. Returns, for each of its numbers, ours or -1. */
  merge(later: NameTable): Int32Array {
    const ours = new Int32Array(later.count)
    for (let id = 0; id < later.count; id++) {
      ours[id] = this.#intern(later.#bytes, later.#ends[id]!, later.nameLength(id))
      if (ours[id] !== -1) this.counts[ours[id]!] = this.counts[ours[id]!]! + later.counts[id]!
    }
    this.refusedCount += later.refusedCount
    this.cutCount += later.cutCount
    return ours
  }

  /** The names in the order of their numbers. */
  writePart(part: PartWriter): void {
    part.add('ends', this.#ends.subarray(0, this.count + 1))
    part.add('bytes', this.#bytes.subarray(0, this.#ends[this.count]))
    part.add('counts', this.counts.subarray(0, this.count))
    part.numbers('refused', [this.refusedCount, this.cutCount])
  }

  /** Of an empty table. Throws PartError. */
  readPart(part: PartReader): void {
    const ends = part.int32('ends', this.#limits.countMax + 1)
    if (ends.length === 0 || ends[0] !== 0) throw part.bad('does not begin at 0')
    const bytes = part.uint8('bytes', this.#limits.byteCountMax)
    const counts = part.exactly(part.counts('counts', this.#limits.countMax), ends.length - 1)
    if (ends.at(-1) !== bytes.length) throw part.bad('has names of another length in all')
    for (let id = 0; id < counts.length; id++) {
      const length = ends[id + 1]! - ends[id]!
      if (length < 0 || length > this.#limits.lengthMax || ends[id + 1]! > bytes.length) {
        throw part.bad('has a name of an impossible length')
      }
      if (this.#intern(bytes, ends[id]!, length) !== id) throw part.bad('has a name twice')
      this.counts[id] = counts[id]!
    }
    ;[this.refusedCount, this.cutCount] = part.numbers('refused', 2) as unknown as [number, number]
  }

  #intern(bytes: Uint8Array, offset: number, length: number): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash.bytes(bytes, offset, length) & mask
    for (;;) {
      const id = this.#slots[slot]!
      if (id === FREE) return this.#append(bytes, offset, length, slot)
      if (this.#isName(id, bytes, offset, length)) return id
      slot = (slot + 1) & mask
    }
  }

  #isName(id: number, bytes: Uint8Array, offset: number, length: number): boolean {
    const start = this.#ends[id]!
    if (this.#ends[id + 1]! - start !== length) return false
    for (let i = 0; i < length; i++) if (this.#bytes[start + i] !== bytes[offset + i]) return false
    return true
  }

  #append(bytes: Uint8Array, offset: number, length: number, slot: number): number {
    const start = this.#ends[this.count]!
    if (this.count === this.#limits.countMax || start + length > this.#limits.byteCountMax) {
      this.refusedCount++
      return -1
    }
    const id = this.count++
    this.#makeRoom(start + length)
    for (let i = 0; i < length; i++) this.#bytes[start + i] = bytes[offset + i]!
    this.#ends[id + 1] = start + length
    this.#slots[slot] = id
    // Half full at most: names are long to compare, so a probe that meets a stranger costs more than memory.
    if (this.count * 2 > this.#slots.length) this.#growSlots()
    return id
  }

  #makeRoom(byteCount: number): void {
    if (this.count + 1 > this.counts.length) {
      const counts = new Float64Array(this.counts.length * 2)
      counts.set(this.counts)
      this.counts = counts
      const ends = new Int32Array(counts.length + 1)
      ends.set(this.#ends)
      this.#ends = ends
    }
    if (byteCount > this.#bytes.length) {
      let size = this.#bytes.length
      while (size < byteCount) size *= 2
      const grown = new Uint8Array(size)
      grown.set(this.#bytes)
      this.#bytes = grown
    }
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(FREE)
    const mask = this.#slots.length - 1
    for (let id = 0; id < this.count; id++) {
      let slot = this.#hash.bytes(this.#bytes, this.#ends[id]!, this.nameLength(id)) & mask
      while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask
      this.#slots[slot] = id
    }
  }
}
