/** IPv6 addresses as small dense numbers: a seeded open-addressing table with a ceiling. */

import type { KeyHash } from './key-hash.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/** Distinct IPv6 addresses kept apart: 16 bytes each and 8 for the slots, so 96 MiB when full. */
export const IPV6_ADDRESS_COUNT_MAX = 1 << 22

const WORDS = 4

export class AddressTable {
  count = 0
  /** Look-ups that found no number because the table was full. */
  refusedCount = 0
  words = new Int32Array(256 * WORDS)
  #slots = new Int32Array(1024).fill(-1)
  readonly #hash: KeyHash
  readonly #countMax: number

  constructor(hash: KeyHash, countMax = IPV6_ADDRESS_COUNT_MAX) {
    this.#hash = hash
    this.#countMax = countMax
  }

  /** Number of the address in `bytes[offset .. offset + 16)`; -1 when it is new and the table is full. */
  intern(bytes: Uint8Array, offset: number): number {
    return this.internWords(
      word(bytes, offset),
      word(bytes, offset + 4),
      word(bytes, offset + 8),
      word(bytes, offset + 12),
    )
  }

  internWords(a: number, b: number, c: number, d: number): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash.words4(a, b, c, d) & mask
    for (;;) {
      const id = this.#slots[slot]!
      if (id === -1) return this.#add(a, b, c, d, slot)
      const at = id * WORDS
      const words = this.words
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return id
      slot = (slot + 1) & mask
    }
  }

  /** The words in the order of their numbers, so that numbers in other sections keep their meaning. */
  writePart(part: PartWriter): void {
    part.add('words', this.words.subarray(0, this.count * WORDS))
    part.numbers('refused', [this.refusedCount])
  }

  /** Of an empty table. Throws PartError. */
  readPart(part: PartReader): void {
    const words = part.int32('words', this.#countMax * WORDS, WORDS)
    for (let id = 0; id * WORDS < words.length; id++) {
      const at = id * WORDS
      if (this.internWords(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!) !== id) {
        throw part.bad('has an address twice')
      }
    }
    this.refusedCount = part.numbers('refused', 1)[0]!
  }

  #add(a: number, b: number, c: number, d: number, slot: number): number {
    if (this.count === this.#countMax) {
      this.refusedCount++
      return -1
    }
    const id = this.count++
    if (this.count * WORDS > this.words.length) {
      const grown = new Int32Array(this.words.length * 2)
      grown.set(this.words)
      this.words = grown
    }
    const at = id * WORDS
    this.words[at] = a
    this.words[at + 1] = b
    this.words[at + 2] = c
    this.words[at + 3] = d
    this.#slots[slot] = id
    // Three quarters full at most: linear probing stays short.
    if (this.count * 4 > this.#slots.length * 3) this.#grow()
    return id
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = this.#slots.length - 1
    for (let id = 0; id < this.count; id++) {
      const at = id * WORDS
      const words = this.words
      let slot = this.#hash.words4(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!) & mask
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask
      this.#slots[slot] = id
    }
  }
}

/** Whether an address of a part can be: IPv4 words all can, IPv6 numbers up to `ipv6Count` and the -1 of refused ones. */
export function isAddress(version: number, address: number, ipv6Count: number): boolean {
  return version === 4 || (version === 6 && address >= -1 && address < ipv6Count)
}

function word(bytes: Uint8Array, offset: number): number {
  return (bytes[offset]! << 24) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 8) | bytes[offset + 3]!
}
