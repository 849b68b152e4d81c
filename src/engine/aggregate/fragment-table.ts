/** Ports of fragmented datagrams: what the first fragment showed, for the ones that carry no ports. */

import type { KeyHash } from '../net/key-hash.ts'
import { KeyBits } from './conversation-row.ts'

/**
 * Datagrams remembered at once; the oldest is forgotten first. Reassembly time-outs are 30 to 120 s (RFC 1122,
 * RFC 8200): at 1,000 fragmented datagrams a second this remembers a minute.
 */
export const FRAGMENTED_DATAGRAM_COUNT_MAX = 1 << 16

const WORDS = 6
const START_LENGTH = 256

/** Ports are not known yet. */
export const PORTS_PENDING = -1

/**
 * A ring of datagrams, found by (source, destination, protocol and tunnel, identification). Fragments that come
 * before their datagram's first are kept as records of their own and moved later (fragment-settlement).
 */
export class FragmentTable {
  readonly #hash: KeyHash
  readonly #capacityMax: number
  /** source, destination, key, identification, source port or PORTS_PENDING, destination port. */
  #ring = new Int32Array(START_LENGTH * WORDS)
  #capacity = START_LENGTH
  #slots = new Int32Array(START_LENGTH * 4)
  #next = 0
  #filled = 0

  constructor(hash: KeyHash, capacityMax = FRAGMENTED_DATAGRAM_COUNT_MAX) {
    this.#hash = hash
    this.#capacityMax = capacityMax
  }

  /** Entry of the datagram, -1 when it is not remembered. */
  find(src: number, dst: number, key: number, id: number): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash.words4(src, dst, key, id) & mask
    for (;;) {
      const entry = this.#slots[slot]! - 1
      if (entry === -1) return -1
      if (entry >= 0 && this.#is(entry, src, dst, key, id)) return entry
      slot = (slot + 1) & mask
    }
  }

  srcPort(entry: number): number {
    return this.#ring[entry * WORDS + 4]!
  }

  dstPort(entry: number): number {
    return this.#ring[entry * WORDS + 5]!
  }

  /** Remember the ports of a datagram's first fragment; a datagram with the same identification begins anew. */
  remember(src: number, dst: number, key: number, id: number, srcPort: number, dstPort: number): void {
    let entry = this.find(src, dst, key, id)
    if (entry === -1) entry = this.#claim(src, dst, key, id)
    this.#ring[entry * WORDS + 4] = srcPort
    this.#ring[entry * WORDS + 5] = dstPort
  }

  /** Remember what a later part remembered, oldest first. */
  merge(later: FragmentTable, addressOf: (version: number, address: number) => number): void {
    const oldest = later.#filled === later.#capacity ? later.#next : 0
    for (let i = 0; i < later.#filled; i++) {
      const at = ((oldest + i) % later.#capacity) * WORDS
      const r = later.#ring
      const version = (r[at + 2]! & KeyBits.ipv6) === 0 ? 4 : 6
      const src = addressOf(version, r[at]!)
      const dst = addressOf(version, r[at + 1]!)
      this.remember(src, dst, r[at + 2]!, r[at + 3]!, r[at + 4]!, r[at + 5]!)
    }
  }

  #claim(src: number, dst: number, key: number, id: number): number {
    if (this.#filled === this.#capacity && this.#capacity < this.#capacityMax) this.#grow()
    const entry = this.#next
    if (this.#filled === this.#capacity) this.#forget(entry)
    else this.#filled++
    this.#next = (entry + 1) % this.#capacity
    this.#ring.set([src, dst, key, id, PORTS_PENDING, PORTS_PENDING], entry * WORDS)
    this.#place(entry)
    return entry
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1
    let slot = this.#slotOf(entry)
    while (this.#slots[slot]! > 0) slot = (slot + 1) & mask
    this.#slots[slot] = entry + 1
  }

  /** Take the entry out by moving the ones behind it up, so that no tombstones gather. */
  #forget(entry: number): void {
    const mask = this.#slots.length - 1
    let hole = this.#slotOf(entry)
    while (this.#slots[hole] !== entry + 1) hole = (hole + 1) & mask
    let at = hole
    for (;;) {
      at = (at + 1) & mask
      const moved = this.#slots[at]! - 1
      if (moved === -1) break
      const home = this.#slotOf(moved)
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        this.#slots[hole] = moved + 1
        hole = at
      }
    }
    this.#slots[hole] = 0
  }

  #slotOf(entry: number): number {
    const at = entry * WORDS
    const r = this.#ring
    return this.#hash.words4(r[at]!, r[at + 1]!, r[at + 2]!, r[at + 3]!) & (this.#slots.length - 1)
  }

  #is(entry: number, src: number, dst: number, key: number, id: number): boolean {
    const at = entry * WORDS
    const r = this.#ring
    return r[at] === src && r[at + 1] === dst && r[at + 2] === key && r[at + 3] === id
  }

  #grow(): void {
    const ring = new Int32Array(this.#ring.length * 2)
    ring.set(this.#ring)
    this.#ring = ring
    // The ring is full and wraps at the old capacity, so the oldest is `next`: entries keep their places, and the
    // new half is filled next.
    this.#next = this.#capacity
    this.#capacity *= 2
    this.#slots = new Int32Array(this.#capacity * 4)
    for (let entry = 0; entry < this.#filled; entry++) this.#place(entry)
  }
}
