/** Keys of a batch of packets: which conversation each belongs to, and which way it goes. */

import type { FrameBatch } from '../capture/frame-batch.ts'
import { FLOW_BATCH_MAX, FlowRole, FragmentPart, NO_PORT, type FlowBatch } from '../decode/flow-batch.ts'
import type { ProtocolPaths } from '../decode/protocol-path.ts'
import { Protocol } from '../decode/protocol-table.ts'
import { KeyBits } from './conversation-row.ts'
import type { ConversationTable } from './conversation-table.ts'
import { PORTS_PENDING, type FragmentTable } from './fragment-table.ts'

/** Row role of fragments whose first part has not been seen: kept a record a datagram until it is. */
export const ORPHAN_FRAGMENT_ROLE = FlowRole.quoted

/** A key a row: the lower address is A, and of equal ones the lower port. Fragments have the ports of their first part. */
export class ConversationKeys {
  readonly a = new Int32Array(FLOW_BATCH_MAX)
  readonly b = new Int32Array(FLOW_BATCH_MAX)
  readonly ports = new Int32Array(FLOW_BATCH_MAX)
  readonly key = new Int32Array(FLOW_BATCH_MAX)
  readonly hash = new Int32Array(FLOW_BATCH_MAX)
  /** 0 when the packet goes from A to B, 1 when from B to A. */
  readonly direction = new Uint8Array(FLOW_BATCH_MAX)
  readonly #table: ConversationTable
  readonly #fragments: FragmentTable

  constructor(table: ConversationTable, fragments: FragmentTable) {
    this.#table = table
    this.#fragments = fragments
  }

  /** `pathOf` is where each frame is counted in the hierarchy `paths`, which fragments change. */
  make(flows: FlowBatch, frames: FrameBatch, paths: ProtocolPaths, pathOf: Uint16Array): void {
    for (let row = 0; row < flows.count; row++) {
      this.#make(flows, row)
      // Before the next key is made, for a datagram that is whole now gives its ports to no later fragment.
      if (flows.fragmentLength[row]! > 0) this.#assembleFragment(flows, row, frames, paths, pathOf)
    }
  }

  #make(flows: FlowBatch, row: number): void {
    const src = flows.src[row]!
    const dst = flows.dst[row]!
    const role = flows.role[row]!
    let key = fragmentKey(flows, row)
    if (role > FlowRole.quoted) key |= role << KeyBits.roleShift

    let srcPort = flows.srcPort[row]!
    let dstPort = flows.dstPort[row]!
    if (flows.fragment[row] !== FragmentPart.whole && role === FlowRole.packet) {
      if (flows.fragment[row] === FragmentPart.first) {
        this.#rememberFragment(flows, row, key)
      } else {
        const datagram = this.#fragments.find(src, dst, key, flows.ipId[row]!)
        if (datagram === -1 || this.#fragments.srcPort(datagram) === PORTS_PENDING) {
          this.#setKey(row, src, dst, flows.ipId[row]!, key | (ORPHAN_FRAGMENT_ROLE << KeyBits.roleShift))
          return
        }
        srcPort = this.#fragments.srcPort(datagram)
        dstPort = this.#fragments.dstPort(datagram)
      }
    }
    if (srcPort === NO_PORT) {
      this.#setKey(row, src, dst, 0, key)
      return
    }
    key |= KeyBits.hasPorts
    const a = src >>> 0
    const b = dst >>> 0
    const fromA = a < b || (a === b && srcPort <= dstPort)
    this.direction[row] = fromA ? 0 : 1
    this.a[row] = fromA ? src : dst
    this.b[row] = fromA ? dst : src
    const ports = fromA ? (srcPort << 16) | dstPort : (dstPort << 16) | srcPort
    this.ports[row] = ports
    this.key[row] = key
    this.hash[row] = this.#table.hash(this.a[row], this.b[row], ports, key)
  }

  #setKey(row: number, src: number, dst: number, ports: number, key: number): void {
    const fromA = src >>> 0 <= dst >>> 0
    this.direction[row] = fromA ? 0 : 1
    this.a[row] = fromA ? src : dst
    this.b[row] = fromA ? dst : src
    this.ports[row] = ports
    this.key[row] = key
    this.hash[row] = this.#table.hash(this.a[row], this.b[row], ports, key)
  }

  #rememberFragment(flows: FlowBatch, row: number, key: number): void {
    if (flows.srcPort[row] === NO_PORT) return
    this.#fragments.remember(
      flows.src[row]!,
      flows.dst[row]!,
      key,
      flows.ipId[row]!,
      flows.srcPort[row]!,
      flows.dstPort[row]!,
    )
  }

  /** Tshark's counting of fragments: see FragmentTable.assemble. */
  #assembleFragment(
    flows: FlowBatch,
    row: number,
    frames: FrameBatch,
    paths: ProtocolPaths,
    pathOf: Uint16Array,
  ): void {
    const frame = flows.frame[row]!
    this.#fragments.assemble(
      paths,
      flows,
      row,
      fragmentKey(flows, row),
      pathOf[frame]!,
      paths.child(flows.fragmentPath[row]!, Protocol.data),
      frames.originalLength[frame]!,
    )
  }
}

/** What tells datagrams of the same addresses and identification apart: the key without ports and role. */
export function fragmentKey(flows: FlowBatch, row: number): number {
  const key = flows.ipProtocol[row]! | (flows.tunnel[row]! << KeyBits.tunnelShift)
  return flows.ipVersion[row] === 6 ? key | KeyBits.ipv6 : key
}
