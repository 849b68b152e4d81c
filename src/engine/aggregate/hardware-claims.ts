/** Which hardware address claimed which IP address, from ARP and neighbour advertisements: evidence of spoofing. */

import { isAddress } from '../net/address-table.ts'
import type { KeyHash } from '../net/key-hash.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/** Distinct (IP, hardware) claims kept; an ordinary network segment has a few hundred. */
export const CLAIM_COUNT_MAX = 65_536

/** Numbers of one claim, in `columns` below. */
const COLUMN_COUNT = 8

/**
 * Rows 0 to count - 1, in the order of their first frame. `version` is 4 or 6, `address` a word or an IPv6 number.
 */
export class HardwareClaims {
  count = 0
  refusedCount = 0
  readonly #hash: KeyHash
  #columns = new Float64Array(64 * COLUMN_COUNT)
  #slots = new Int32Array(256).fill(-1)

  constructor(hash: KeyHash) {
    this.#hash = hash
  }

  version = (row: number): number => this.#columns[row * COLUMN_COUNT]!
  /** Signed 32-bit IPv4 word or IPv6 number. */
  address = (row: number): number => this.#columns[row * COLUMN_COUNT + 1]!
  hardwareHigh = (row: number): number => this.#columns[row * COLUMN_COUNT + 2]!
  hardwareLow = (row: number): number => this.#columns[row * COLUMN_COUNT + 3]!
  claimCount = (row: number): number => this.#columns[row * COLUMN_COUNT + 4]!
  /** Of them, unasked answers and gratuitous announcements. */
  replyCount = (row: number): number => this.#columns[row * COLUMN_COUNT + 5]!
  /** 1-based frame numbers. */
  firstFrame = (row: number): number => this.#columns[row * COLUMN_COUNT + 6]!
  lastFrame = (row: number): number => this.#columns[row * COLUMN_COUNT + 7]!

  observe(
    version: number,
    address: number,
    high: number,
    low: number,
    isReply: boolean,
    frameNumber: number,
  ): void {
    this.add(version, address, high, low, 1, isReply ? 1 : 0, frameNumber, frameNumber)
  }

  add(
    version: number,
    address: number,
    high: number,
    low: number,
    claims: number,
    replies: number,
    firstFrame: number,
    lastFrame: number,
  ): void {
    const mask = this.#slots.length - 1
    let slot = this.#hash.words4(version, address, high, low) & mask
    let row = this.#slots[slot]!
    while (row !== -1 && !this.#is(row, version, address, high, low)) {
      slot = (slot + 1) & mask
      row = this.#slots[slot]!
    }
    if (row === -1) {
      if (this.count === CLAIM_COUNT_MAX) {
        this.refusedCount++
        return
      }
      row = this.#append(version, address, high, low, firstFrame, slot)
    }
    const at = row * COLUMN_COUNT
    this.#columns[at + 4] = this.#columns[at + 4]! + claims
    this.#columns[at + 5] = this.#columns[at + 5]! + replies
    this.#columns[at + 7] = lastFrame
  }

  writePart(part: PartWriter): void {
    part.add('columns', this.#columns.subarray(0, this.count * COLUMN_COUNT))
    part.numbers('refused', [this.refusedCount])
  }

  /** Of an empty table; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    const columns = part.float64('columns', CLAIM_COUNT_MAX * COLUMN_COUNT, COLUMN_COUNT)
    for (let row = 0; row * COLUMN_COUNT < columns.length; row++) {
      const [version, address, high, low, claims, replies, first, last] = columns.subarray(
        row * COLUMN_COUNT,
      ) as unknown as [number, number, number, number, number, number, number, number]
      if (!isAddress(version, address, ipv6Count)) throw part.bad('names an address that does not exist')
      this.add(version, address, high, low, claims, replies, first, last)
      if (this.count !== row + 1) throw part.bad('has a claim twice')
    }
    this.refusedCount = part.numbers('refused', 1)[0]!
  }

  /** Add a later part's claims. `addressOf` turns its IPv6 numbers into ours. */
  merge(
    later: HardwareClaims,
    frameOffset: number,
    addressOf: (version: number, address: number) => number,
  ): void {
    for (let row = 0; row < later.count; row++) {
      const version = later.version(row)
      const address = addressOf(version, later.address(row))
      if (address === -1 && version === 6) continue
      const [high, low] = [later.hardwareHigh(row), later.hardwareLow(row)]
      const [first, last] = [later.firstFrame(row) + frameOffset, later.lastFrame(row) + frameOffset]
      this.add(version, address, high, low, later.claimCount(row), later.replyCount(row), first, last)
    }
    this.refusedCount += later.refusedCount
  }

  #is(row: number, version: number, address: number, high: number, low: number): boolean {
    const at = row * COLUMN_COUNT
    const c = this.#columns
    return c[at] === version && c[at + 1] === address && c[at + 2] === high && c[at + 3] === low
  }

  #append(version: number, address: number, high: number, low: number, frame: number, slot: number): number {
    const row = this.count++
    if (this.count * COLUMN_COUNT > this.#columns.length) {
      const grown = new Float64Array(this.#columns.length * 2)
      grown.set(this.#columns)
      this.#columns = grown
    }
    this.#columns.set([version, address, high, low, 0, 0, frame, frame], row * COLUMN_COUNT)
    this.#slots[slot] = row
    if (this.count * 2 > this.#slots.length) this.#grow()
    return row
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = this.#slots.length - 1
    for (let row = 0; row < this.count; row++) {
      let slot =
        this.#hash.words4(
          this.version(row),
          this.address(row),
          this.hardwareHigh(row),
          this.hardwareLow(row),
        ) & mask
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask
      this.#slots[slot] = row
    }
  }
}
