/** Hosts of the evidence as small dense numbers, IPv4 and IPv6 alike, with what decides if their silence means anything. */

import type { AddressTable } from '../net/address-table.ts'
import { ipv4Text, ipv6Text } from '../net/address-text.ts'
import type { KeyHash } from '../net/key-hash.ts'

/** Bits of `seen`. */
export const HostSeen = Object.freeze({
  /** Some packet of the capture came from it. */
  sent: 1,
  /** Some packet of the capture went to it, from anyone. */
  received: 2,
  /** Multicast, broadcast or unspecified: no one host stands behind it. */
  group: 4,
  /** Answered for its own address by neighbour advertisement. */
  advertised: 8,
})

/**
 * Numbers are given in the order of first use, so they depend on the order of records alone, never on the hash. There
 * are at most two hosts a record, so the table is bounded by the conversation table's ceiling.
 */
export class HostTable {
  count = 0
  /** IPv4 word or IPv6 number; `isIpv6` tells which. */
  addressOf: Int32Array
  isIpv6: Uint8Array
  seen: Uint8Array
  #slots: Int32Array
  #slotMask: number
  readonly #byIpv6Number: Int32Array
  readonly #addresses: AddressTable
  readonly #hash: KeyHash

  /** `expected`: hosts that there will most likely be room wanted for. */
  constructor(hash: KeyHash, addresses: AddressTable, expected = 1024) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(1024, expected)))
    this.addressOf = new Int32Array(room)
    this.isIpv6 = new Uint8Array(room)
    this.seen = new Uint8Array(room)
    this.#slots = new Int32Array(2 * room)
    this.#slotMask = 2 * room - 1
    this.#hash = hash
    this.#addresses = addresses
    this.#byIpv6Number = new Int32Array(addresses.count)
  }

  /** Number of the host, made when new. An IPv6 number outside the table (-1: it was full) gives -1. */
  numberOf(isIpv6: boolean, address: number): number {
    if (isIpv6) {
      if (address < 0 || address >= this.#byIpv6Number.length) return -1
      const known = this.#byIpv6Number[address]!
      if (known !== 0) return known - 1
      const isGroup = this.#addresses.words[address * 4]! >>> 24 === 0xff || this.#isUnspecified(address)
      const number = this.#append(1, address, isGroup)
      this.#byIpv6Number[address] = number + 1
      return number
    }
    let slot = this.#hash.words2(address, 4) & this.#slotMask
    for (;;) {
      const known = this.#slots[slot]!
      if (known === 0) break
      if (this.addressOf[known - 1] === address) return known - 1
      slot = (slot + 1) & this.#slotMask
    }
    const top = address >>> 28
    const number = this.#append(0, address, top === 14 || address === -1 || address === 0)
    this.#slots[slot] = number + 1
    if (this.count * 2 > this.#slots.length) this.#grow()
    return number
  }

  text(host: number): string {
    const address = this.addressOf[host]!
    if (this.isIpv6[host] === 0) return ipv4Text(address)
    const words = this.#addresses.words
    const at = address * 4
    return ipv6Text(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!)
  }

  /** The address as four words, IPv4 as ::ffff:a.b.c.d, for prefix comparisons. */
  words(host: number): readonly [number, number, number, number] {
    const address = this.addressOf[host]!
    if (this.isIpv6[host] === 0) return [0, 0, 0xffff, address]
    const words = this.#addresses.words
    const at = address * 4
    return [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!]
  }

  #isUnspecified(address: number): boolean {
    const words = this.#addresses.words
    const at = address * 4
    return (words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) === 0
  }

  #append(isIpv6: number, address: number, isGroup: boolean): number {
    const number = this.count++
    if (number === this.addressOf.length) {
      const addressOf = new Int32Array(number * 2)
      addressOf.set(this.addressOf)
      this.addressOf = addressOf
      const versions = new Uint8Array(number * 2)
      versions.set(this.isIpv6)
      this.isIpv6 = versions
      const seen = new Uint8Array(number * 2)
      seen.set(this.seen)
      this.seen = seen
    }
    this.addressOf[number] = address
    this.isIpv6[number] = isIpv6
    this.seen[number] = isGroup ? HostSeen.group : 0
    return number
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    this.#slotMask = this.#slots.length - 1
    for (let number = 0; number < this.count; number++) {
      if (this.isIpv6[number] !== 0) continue
      let slot = this.#hash.words2(this.addressOf[number]!, 4) & this.#slotMask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#slotMask
      this.#slots[slot] = number + 1
    }
  }
}
