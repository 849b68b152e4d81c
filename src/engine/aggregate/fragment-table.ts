/** Ports of fragmented datagrams: what the first fragment showed, for the ones that carry no ports. */

import { isAddress } from '../net/address-table.ts'
import type { KeyHash } from '../net/key-hash.ts'
import { FragmentPart, type FlowBatch } from '../decode/flow-batch.ts'
import type { ProtocolPaths } from '../decode/protocol-path.ts'
import { KeyBits } from './conversation-row.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/**
 * Datagrams remembered at once; the oldest is forgotten first. Reassembly time-outs are 30 to 120 s (RFC 1122,
 * RFC 8200): at 1,000 fragmented datagrams a second this remembers a minute.
 */
export const FRAGMENTED_DATAGRAM_COUNT_MAX = 1 << 16

const WORDS = 12
const START_LENGTH = 256

/** Ports are not known yet. */
export const PORTS_PENDING = -1

/** Word offsets inside an entry. */
const Entry = Object.freeze({
  src: 0,
  dst: 1,
  key: 2,
  identification: 3,
  srcPort: 4,
  dstPort: 5,
  /** Payload bytes of the fragments seen. */
  received: 6,
  /** Payload bytes of the whole datagram, 0 until the last fragment has come. */
  total: 7,
  /** ProtocolPaths node the first fragment's decoding ended at, 0 until it has come. */
  firstPath: 8,
  /** Of the fragment that came last: the node it is counted at, and its frame's original length. */
  lastPath: 9,
  lastLength: 10,
  /** 1 when the datagram is whole. */
  isWhole: 11,
})

/**
 * A ring of datagrams, found by (source, destination, protocol and tunnel, identification). Fragments that come
 * before their datagram's first are kept as records of their own and moved later (fragment-settlement).
 */
export class FragmentTable {
  readonly #hash: KeyHash
  readonly #capacityMax: number
  /** See Entry. */
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

  /** Whether the oldest datagram may have been forgotten. */
  get isFull(): boolean {
    return this.#filled === this.#capacityMax
  }

  srcPort(entry: number): number {
    return this.#ring[entry * WORDS + Entry.srcPort]!
  }

  dstPort(entry: number): number {
    return this.#ring[entry * WORDS + Entry.dstPort]!
  }

  /** Remember the ports of a datagram's first fragment; a datagram with the same identification begins anew. */
  remember(src: number, dst: number, key: number, id: number, srcPort: number, dstPort: number): void {
    let entry = this.find(src, dst, key, id)
    if (entry === -1) entry = this.#claim(src, dst, key, id)
    this.#ring[entry * WORDS + Entry.srcPort] = srcPort
    this.#ring[entry * WORDS + Entry.dstPort] = dstPort
  }

  /**
   * Put the fragment of `row` to its datagram, and count its frame where tshark does: as data of IP, but for the frame that makes
   * the datagram whole, which counts at the protocol that the first fragment showed. `leaf` is where the frame is counted
   * now, `dataPath` the node of IP's data.
   */
  assemble(
    paths: ProtocolPaths,
    flows: FlowBatch,
    row: number,
    key: number,
    leaf: number,
    dataPath: number,
    originalLength: number,
  ): void {
    const src = flows.src[row]!
    const dst = flows.dst[row]!
    const id = flows.ipId[row]!
    const isFirst = flows.fragment[row] === FragmentPart.first
    let entry = this.find(src, dst, key, id)
    if (entry === -1) entry = this.#claim(src, dst, key, id)
    const at = entry * WORDS
    const r = this.#ring
    if (r[at + Entry.isWhole] === 1) this.#beginDatagram(at, isFirst)
    if (leaf !== dataPath) paths.move(leaf, dataPath, originalLength)
    if (isFirst) r[at + Entry.firstPath] = leaf
    if (flows.fragmentTotal[row]! > 0) r[at + Entry.total] = flows.fragmentTotal[row]!
    r[at + Entry.received] = r[at + Entry.received]! + flows.fragmentLength[row]!
    r[at + Entry.lastPath] = dataPath
    r[at + Entry.lastLength] = originalLength
    this.#completeIfWhole(paths, at)
  }

  /** The same identification again after a whole datagram is another datagram; a first fragment has named its ports already. */
  #beginDatagram(at: number, keepsPorts: boolean): void {
    const r = this.#ring
    r.fill(0, at + Entry.received, at + WORDS)
    if (keepsPorts) return
    r[at + Entry.srcPort] = PORTS_PENDING
    r[at + Entry.dstPort] = PORTS_PENDING
  }

  #completeIfWhole(paths: ProtocolPaths, at: number): void {
    const r = this.#ring
    const total = r[at + Entry.total]!
    if (r[at + Entry.firstPath] === 0 || total === 0 || r[at + Entry.received]! < total) return
    paths.move(r[at + Entry.lastPath]!, r[at + Entry.firstPath]!, r[at + Entry.lastLength]! >>> 0)
    r[at + Entry.isWhole] = 1
  }

  /** Remember what a later part remembered, oldest first, and complete the datagrams that the cut had parted. */
  merge(
    later: FragmentTable,
    paths: ProtocolPaths,
    addressOf: (version: number, address: number) => number,
    pathOf: Uint16Array,
  ): void {
    const oldest = later.#filled === later.#capacity ? later.#next : 0
    for (let i = 0; i < later.#filled; i++) {
      const from = ((oldest + i) % later.#capacity) * WORDS
      const l = later.#ring
      const key = l[from + Entry.key]!
      const version = (key & KeyBits.ipv6) === 0 ? 4 : 6
      const src = addressOf(version, l[from]!)
      const dst = addressOf(version, l[from + Entry.dst]!)
      let entry = this.find(src, dst, key, l[from + Entry.identification]!)
      if (entry === -1) entry = this.#claim(src, dst, key, l[from + Entry.identification]!)
      this.#joinEntry(paths, entry * WORDS, l, from, pathOf)
    }
  }

  /** The entries in their places in the ring. */
  writePart(part: PartWriter): void {
    part.numbers('ring', [this.#capacity, this.#filled, this.#next])
    part.add('entries', this.#ring.subarray(0, this.#filled * WORDS))
  }

  /** Of an empty table; `pathCount` nodes and `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, pathCount: number, ipv6Count: number): void {
    const [capacity, filled, next] = part.numbers('ring', 3) as unknown as [number, number, number]
    while (this.#capacity < capacity && this.#capacity < this.#capacityMax) this.#capacity *= 2
    const isAtEnd = filled < this.#capacity ? next === filled || (filled === 0 && next === 0) : next < filled
    if (this.#capacity !== capacity || filled > capacity || !isAtEnd) throw part.bad('is no ring')
    const entries = part.exactly(part.int32('entries', this.#capacityMax * WORDS), filled * WORDS)
    this.#ring = new Int32Array(capacity * WORDS)
    this.#ring.set(entries)
    this.#slots = new Int32Array(capacity * 4)
    this.#filled = filled
    this.#next = next
    for (let entry = 0; entry < filled; entry++) {
      const at = entry * WORDS
      const [src, dst, key, id] = [entries[at]!, entries[at + 1]!, entries[at + 2]!, entries[at + 3]!]
      const version = (key & KeyBits.ipv6) === 0 ? 4 : 6
      if (!isAddress(version, src, ipv6Count) || !isAddress(version, dst, ipv6Count)) {
        throw part.bad('names an address that does not exist')
      }
      const [first, last] = [entries[at + Entry.firstPath]!, entries[at + Entry.lastPath]!]
      if (first < 0 || first >= pathCount || last < 0 || last >= pathCount) {
        throw part.bad('names a protocol path that does not exist')
      }
      if (this.find(src, dst, key, id) !== -1) throw part.bad('has a datagram twice')
      this.#place(entry)
    }
  }

  #joinEntry(paths: ProtocolPaths, at: number, l: Int32Array, from: number, pathOf: Uint16Array): void {
    const r = this.#ring
    const isAnother = r[at + Entry.isWhole] === 1 || l[from + Entry.isWhole] === 1
    if (isAnother) this.#beginDatagram(at, l[from + Entry.srcPort] === PORTS_PENDING)
    if (l[from + Entry.srcPort] !== PORTS_PENDING) {
      r[at + Entry.srcPort] = l[from + Entry.srcPort]!
      r[at + Entry.dstPort] = l[from + Entry.dstPort]!
    }
    r[at + Entry.received] = r[at + Entry.received]! + l[from + Entry.received]!
    if (l[from + Entry.total]! > 0) r[at + Entry.total] = l[from + Entry.total]!
    if (l[from + Entry.firstPath]! > 0) r[at + Entry.firstPath] = pathOf[l[from + Entry.firstPath]!]!
    r[at + Entry.lastPath] = pathOf[l[from + Entry.lastPath]!]!
    r[at + Entry.lastLength] = l[from + Entry.lastLength]!
    r[at + Entry.isWhole] = l[from + Entry.isWhole]!
    if (r[at + Entry.isWhole] === 0) this.#completeIfWhole(paths, at)
  }

  #claim(src: number, dst: number, key: number, id: number): number {
    if (this.#filled === this.#capacity && this.#capacity < this.#capacityMax) this.#grow()
    const entry = this.#next
    if (this.#filled === this.#capacity) this.#forget(entry)
    else this.#filled++
    this.#next = (entry + 1) % this.#capacity
    const at = entry * WORDS
    const r = this.#ring
    r[at + Entry.src] = src
    r[at + Entry.dst] = dst
    r[at + Entry.key] = key
    r[at + Entry.identification] = id
    r[at + Entry.srcPort] = PORTS_PENDING
    r[at + Entry.dstPort] = PORTS_PENDING
    r.fill(0, at + Entry.received, at + WORDS)
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
