/** Six coarse classes of traffic that the bandwidth chart stacks. */

import type { ProtocolPaths } from '../decode/protocol-path.ts'
import { Protocol } from '../decode/protocol-table.ts'

export const TRAFFIC_CLASS_NAMES = ['TCP', 'UDP', 'ICMP', 'other IP', 'ARP', 'not IP'] as const
export const TRAFFIC_CLASS_COUNT = TRAFFIC_CLASS_NAMES.length

const OTHER_IP = 3
const NOT_IP = 5

/** Class of a frame by its path: the outermost transport decides, as the outer conversation owns the bytes. */
export class TrafficClasses {
  readonly #paths: ProtocolPaths
  /** Class plus one by path; 0 where not yet worked out. */
  readonly #known: Uint8Array

  constructor(paths: ProtocolPaths) {
    this.#paths = paths
    this.#known = new Uint8Array(paths.parent.length)
  }

  of(path: number): number {
    const known = this.#known[path]!
    return known !== 0 ? known - 1 : this.#workOut(path)
  }

  #workOut(path: number): number {
    let found: number = NOT_IP
    for (let node = path; node !== 0; node = this.#paths.parent[node]!) {
      const own = ownClass(this.#paths.protocol[node]!)
      // IP says only that it is IP; whatever it carries, already found deeper down, says more.
      if (own === OTHER_IP ? found === NOT_IP : own !== -1) found = own
    }
    this.#known[path] = found + 1
    return found
  }
}

/** Walking towards the root, a class found later is further out, and so overrides. */
function ownClass(protocol: number): number {
  switch (protocol) {
    case Protocol.tcp:
      return 0
    case Protocol.udp:
    case Protocol.udplite:
      return 1
    case Protocol.icmp:
    case Protocol.icmpv6:
      return 2
    case Protocol.arp:
    case Protocol.rarp:
      return 4
    case Protocol.ip:
    case Protocol.ipv6:
      return OTHER_IP
    default:
      return -1
  }
}
