/** From what was counted to what the rules may look at. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import type { Evidence } from './evidence.ts'

/** `droppedPacketCount` as the capturing program reported it, null when it reported none. */
export function gatherEvidence(aggregates: Aggregates, droppedPacketCount: number | null): Evidence {
  const { totals, conversations } = aggregates
  return {
    conversations: conversations.table,
    hosts: aggregates.hosts,
    addresses: aggregates.addresses,
    paths: aggregates.packet.paths,
    hardwareClaims: aggregates.hardwareClaims,
    applications: aggregates.applications,
    unlisted: conversations.unlisted,
    tcpDirections: aggregates.tcpDirections,
    hash: aggregates.hash,
    firstTime: totals.earliest(),
    lastTime: totals.latest(),
    packetCount: totals.packetCount,
    truncatedPacketCount: totals.truncatedPacketCount,
    disorderedPacketCount: totals.disorderedPacketCount,
    droppedPacketCount,
  }
}
