/** The protocol hierarchy: what tshark -z io,phs counts, plus the applications that conversations were named by. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { ApplicationBasis } from '../aggregate/application-basis.ts'
import { ConversationView } from '../aggregate/conversation-view.ts'
import { Row } from '../aggregate/conversation-row.ts'
import { FlowRole } from '../decode/flow-batch.ts'
import { PATH_COUNT_MAX } from '../decode/protocol-path.ts'
import { Protocol, PROTOCOL_COUNT, PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import type { ProtocolRow } from './capture-summary.ts'

/** Applications under one path, in three columns of packets and bytes: named by payload, by port, by neither. */
interface ApplicationCounts {
  readonly packets: Float64Array
  readonly bytes: Float64Array
  readonly byPort: Float64Array
}

/**
 * Every node of the hierarchy, parents before children, siblings by bytes. A frame adds one and its original length
 * to each node on its path; frames with payload also to the application below their transport, or to `data`.
 */
export function protocolRows(aggregates: Aggregates): ProtocolRow[] {
  const { paths } = aggregates.packet
  const packets = Float64Array.from(paths.packetCount.subarray(0, paths.pathCount))
  const bytes = Float64Array.from(paths.byteCount.subarray(0, paths.pathCount))
  // A child has a higher number than its parent, so one pass from the end adds everything up.
  for (let node = paths.pathCount - 1; node > 0; node--) {
    const parent = paths.parent[node]!
    packets[parent] = packets[parent]! + packets[node]!
    bytes[parent] = bytes[parent]! + bytes[node]!
  }
  const applications = applicationsByPath(aggregates)
  const childrenOf: number[][] = Array.from({ length: paths.pathCount }, () => [])
  for (let node = 1; node < paths.pathCount; node++) {
    // A node of which no frame was counted (all its frames were refused deeper) is still on a path; empty ones are not.
    if (packets[node]! > 0) childrenOf[paths.parent[node]!]!.push(node)
  }

  const rows: ProtocolRow[] = []
  const walk = (node: number, path: readonly string[]): void => {
    const children: { bytes: number; name: string; emit: () => void }[] = []
    for (const child of childrenOf[node]!) {
      const name = PROTOCOL_NAMES[paths.protocol[child]!]!
      const emit = (): void => {
        const childPath = [...path, name]
        rows.push({
          path: childPath,
          packetCount: packets[child]!,
          byteCount: bytes[child]!,
          basis: 'header',
        })
        walk(child, childPath)
      }
      children.push({ bytes: bytes[child]!, name, emit })
    }
    const counts = applications[node]
    if (counts !== undefined) {
      for (let protocol = 1; protocol < PROTOCOL_COUNT; protocol++) {
        const packetCount = counts.packets[protocol]!
        if (packetCount === 0) continue
        const name = PROTOCOL_NAMES[protocol]!
        const byteCount = counts.bytes[protocol]!
        const basis =
          counts.byPort[protocol]! * 2 > packetCount
            ? 'port'
            : protocol === Protocol.data
              ? 'header'
              : 'payload'
        children.push({
          bytes: byteCount,
          name,
          emit: () => rows.push({ path: [...path, name], packetCount, byteCount, basis }),
        })
      }
    }
    children.sort((x, y) => y.bytes - x.bytes || (x.name < y.name ? -1 : 1))
    for (const child of children) child.emit()
  }
  walk(0, [])
  return rows
}

function applicationsByPath(aggregates: Aggregates): (ApplicationCounts | undefined)[] {
  const counts: (ApplicationCounts | undefined)[] = new Array<ApplicationCounts | undefined>(PATH_COUNT_MAX)
  const { table, pathSplits } = aggregates.conversations
  const view = new ConversationView(table, aggregates.addresses)
  for (let row = 0; row < table.count; row++) {
    const payloadPackets = view.go(row).count(Row.payloadPackets)
    if (payloadPackets === 0 || view.role !== FlowRole.packet || !view.hasPorts) continue
    addApplication(counts, view, view.path, payloadPackets, view.double(Row.payloadFrameBytes))
  }
  const splits = pathSplits.table
  for (let i = 0; i < splits.count; i++) {
    view.go(splits.keys[i * 3]!)
    if (view.role !== FlowRole.packet || !view.hasPorts) continue
    addApplication(
      counts,
      view,
      splits.keys[i * 3 + 1]!,
      splits.counters[i * 4]!,
      splits.counters[i * 4 + 1]!,
    )
  }
  return counts
}

function addApplication(
  counts: (ApplicationCounts | undefined)[],
  view: ConversationView,
  path: number,
  packets: number,
  bytes: number,
): void {
  const basis = view.applicationBasis
  // What a header named is a tunnel, and decoding went on below it: the trie has it already.
  if (basis === ApplicationBasis.header) return
  const at = (counts[path] ??= {
    packets: new Float64Array(PROTOCOL_COUNT),
    bytes: new Float64Array(PROTOCOL_COUNT),
    byPort: new Float64Array(PROTOCOL_COUNT),
  })
  const application = view.application === 0 ? Protocol.data : view.application
  at.packets[application] = at.packets[application]! + packets
  at.bytes[application] = at.bytes[application]! + bytes
  if (basis === ApplicationBasis.port) at.byPort[application] = at.byPort[application]! + packets
}
