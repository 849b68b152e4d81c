/** Hosts of the evidence as small dense numbers, IPv4 and IPv6 alike, with what decides if their silence means anything. */

import type { ConversationHosts } from '../aggregate/conversation-hosts.ts'
import type { AddressTable } from '../net/address-table.ts'
import { ipv4Text, ipv6Text } from '../net/address-text.ts'

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
  /** Asked a broadcast or multicast address something by UDP. */
  askedGroup: 16,
})

export class HostTable {
  readonly count: number
  /** IPv4 word or IPv6 number; `isIpv6` tells which. */
  readonly addressOf: Int32Array
  readonly isIpv6: Uint8Array
  readonly seen: Uint8Array
  readonly #hosts: ConversationHosts
  readonly #addresses: AddressTable

  constructor(hosts: ConversationHosts, addresses: AddressTable) {
    this.#hosts = hosts
    this.#addresses = addresses
    this.count = hosts.count
    this.addressOf = hosts.addressOf
    this.isIpv6 = hosts.isIpv6
    this.seen = new Uint8Array(hosts.count)
    for (let host = 0; host < hosts.count; host++) if (this.#isGroup(host)) this.seen[host] = HostSeen.group
  }

  /** Number of the host with this IPv4 word or IPv6 number, -1 when no conversation names it. */
  find(isIpv6: boolean, address: number): number {
    return this.#hosts.find(isIpv6, address)
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

  #isGroup(host: number): boolean {
    const address = this.addressOf[host]!
    if (this.isIpv6[host] === 0) return address >>> 28 === 14 || address === -1 || address === 0
    const words = this.#addresses.words
    const at = address * 4
    const isMulticast = words[at]! >>> 24 === 0xff
    return isMulticast || (words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) === 0
  }
}
