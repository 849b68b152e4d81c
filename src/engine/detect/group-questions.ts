/**
 * Questions to everybody: datagrams to a broadcast or multicast address, whose answers come from addresses that were not
 * asked. RFC 2131 section 4.1 (DHCP), RFC 8415 section 5 (DHCPv6), RFC 1002 section 4.2 (NBNS), RFC 6762 section 6 (mDNS).
 */

import { ascending, radixSort, type Sorted } from '../net/radix-sort.ts'

/** Ports that servers send from, and clients wait at: what comes so is an answer, though its question was not captured. */
const DHCP_SERVER = 67
const DHCP_CLIENT = 68
const DHCPV6_SERVER = 547
const DHCPV6_CLIENT = 546

export function isOfDhcpServer(fromPort: number, toPort: number): boolean {
  if (fromPort === DHCP_SERVER && toPort === DHCP_CLIENT) return true
  return fromPort === DHCPV6_SERVER && toPort === DHCPV6_CLIENT
}

/** For a question from 0.0.0.0: whoever it was has an address when the answer comes. */
export const NOBODY_YET = 0xffff_ffff

/**
 * Who asked a group from which port, on which port: `add` all, then `seal`, then ask `isAnswer`. Bounded as the conversation
 * records are, of which each adds one question at most: 8 bytes a question, and 24 more while it is sealed.
 */
export class GroupQuestions {
  count = 0
  /** Somebody asked who had no address. */
  isOfNobody = false
  #hosts: Uint32Array = new Uint32Array(64)
  /** Port asked from in the upper, port asked in the lower half. */
  #ports: Uint32Array = new Uint32Array(64)
  #sorted: Sorted | null = null
  /** 1 for each port that somebody asked a group on: what comes from others answers nothing. */
  readonly #isAsked = new Uint8Array(65_536)

  add(host: number, fromPort: number, toPort: number): void {
    this.#isAsked[toPort] = 1
    if (host === NOBODY_YET) this.isOfNobody = true
    if (this.count === this.#hosts.length) {
      this.#hosts = doubled(this.#hosts)
      this.#ports = doubled(this.#ports)
    }
    this.#hosts[this.count] = host
    this.#ports[this.count++] = (fromPort << 16) | toPort
  }

  seal(): void {
    const byPorts = radixSort(this.#ports.slice(0, this.count), ascending(this.count)).values
    const hosts = byPorts.map((question) => this.#hosts[question]!)
    const byHost = radixSort(hosts, byPorts)
    this.#sorted = { keys: byHost.keys, values: byHost.values.map((question) => this.#ports[question]!) }
  }

  /** A datagram to the host answers what it, or somebody who had no address yet, asked a group on `fromPort`, from `toPort`. */
  isAnswer(host: number, fromPort: number, toPort: number): boolean {
    if (this.#isAsked[fromPort] === 0) return false
    return this.#has(host, fromPort, toPort) || this.#has(NOBODY_YET, fromPort, toPort)
  }

  #has(host: number, askedPort: number, fromPort: number): boolean {
    if (this.#sorted === null) return false
    const { keys, values } = this.#sorted
    const ports = ((fromPort << 16) | askedPort) >>> 0
    let low = 0
    let high = keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const order = keys[middle]! - host || values[middle]! - ports
      if (order === 0) return true
      if (order < 0) low = middle + 1
      else high = middle
    }
    return false
  }
}

function doubled(array: Uint32Array): Uint32Array {
  const grown = new Uint32Array(array.length * 2)
  grown.set(array)
  return grown
}
