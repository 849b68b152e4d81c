/**
 * Addresses in a row: who goes through a block of them has not chosen its hosts, but the block. Clients reach the hosts that
 * names, lists and users give them, which lie scattered.
 */

import type { HostTable } from './host-table.ts'

/** Share of a block's addresses that must be there: packets may be missing. Lower takes farms of servers for blocks. */
const DENSITY_MIN = 0.9

/** Difference of two addresses that one walks over from host to host: one, or two where a packet was lost. */
const STEP_MAX = 2

/** Where an address stands: neighbours are one apart, IPv6 addresses of different /96 networks far away from each other. */
export function addressPlace(hosts: HostTable, host: number): number {
  const [w0, w1, w2, w3] = hosts.words(host)
  if (hosts.isIpv6[host] === 0) return w3 >>> 0
  const network = Math.imul(w0, 0x9e3779b1) ^ Math.imul(w1, 0x85ebca6b) ^ w2
  return ((network & 0xfffff) | 0x100000) * 2 ** 32 + (w3 >>> 0)
}

export interface AddressBlock {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** The longest run of `sorted` (distinct, ascending) of which every stretch of `countMin` is dense enough. */
export function densestBlock(sorted: ArrayLike<number>, countMin: number): AddressBlock | null {
  const spanMax = countMin / DENSITY_MIN
  let best: AddressBlock | null = null
  let start = -1
  for (let end = countMin - 1; end < sorted.length; end++) {
    const first = end - countMin + 1
    if (sorted[end]! - sorted[first]! + 1 > spanMax) {
      start = -1
      continue
    }
    if (start === -1) start = first
    const count = end - start + 1
    if (best === null || count > best.count) best = { from: sorted[start]!, to: sorted[end]!, count }
  }
  return best
}

/** Whether the places (distinct, in any order) fill nine tenths of what lies between the first and the last of them. */
export function isBlock(places: Float64Array): boolean {
  const sorted = places.slice().sort()
  return sorted.length > 0 && sorted[sorted.length - 1]! - sorted[0]! + 1 <= sorted.length / DENSITY_MIN
}

/**
 * Index at which `count` places within `seconds` first stood in the order of addresses, up or down, one after the other;
 * -1 for never. `times` ascend.
 */
export function walkEnd(places: Float64Array, times: Float64Array, count: number, seconds: number): number {
  let from = 0
  let direction = 0
  for (let i = 0; i < places.length; i++) {
    const step = i === 0 ? 0 : places[i]! - places[i - 1]!
    if (Math.abs(step) > STEP_MAX || step === 0 || Math.sign(step) !== direction) {
      // Two of them may be the first of a walk the other way.
      from = Math.abs(step) > STEP_MAX || step === 0 ? i : i - 1
      direction = Math.sign(step)
    }
    if (i - from + 1 >= count && times[i]! - times[i - count + 1]! <= seconds) return i
  }
  return -1
}

/** Index at which `count` places of one block had been asked within `seconds`, in whatever order; -1 for never. */
export function blockEnd(places: Float64Array, times: Float64Array, count: number, seconds: number): number {
  let to = 0
  for (let from = 0; from + count <= places.length;) {
    while (to < places.length && times[to]! - times[from]! <= seconds) to++
    if (to - from >= count && densestBlock(places.slice(from, to).sort(), count) !== null)
      return from + count - 1
    // Half a window further: a block asked for in half a window is in one of them whole.
    let next = from + 1
    while (next < to && times[next]! - times[from]! <= seconds / 2) next++
    from = next
  }
  return -1
}
