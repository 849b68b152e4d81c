/** Ports and services: conversations by transport and responder's port. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { ConversationView } from '../aggregate/conversation-view.ts'
import { ipProtocolName } from '../aggregate/ip-protocol-name.ts'
import { applicationOfPort } from '../decode/application/identify.ts'
import { PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import type { ServiceRow } from './capture-summary.ts'
import { isListed } from './conversation-rows.ts'

/** Port numbers of one transport. */
const PORT_COUNT = 65_536
/** Conversations, packets and bytes. */
const COUNTERS = 3

/** The first `limit` services by bytes. Inner conversations of tunnels count under their own ports. */
export function serviceRows(aggregates: Aggregates, limit: number | null): ServiceRow[] {
  const counters = countPorts(new ConversationView(aggregates.conversations.table, aggregates.addresses))
  const services: { readonly ipProtocol: number; readonly port: number; readonly bytes: number }[] = []
  counters.forEach((ports, ipProtocol) => {
    for (let port = 0; port < PORT_COUNT; port++) {
      if (ports[port * COUNTERS] !== 0)
        services.push({ ipProtocol, port, bytes: ports[port * COUNTERS + 2]! })
    }
  })
  services.sort((x, y) => y.bytes - x.bytes || x.ipProtocol - y.ipProtocol || x.port - y.port)
  const listed = limit === null ? services : services.slice(0, limit)
  return listed.map(({ ipProtocol, port }) => {
    const at = port * COUNTERS
    const ports = counters[ipProtocol]!
    const application = applicationOfPort(ipProtocol, port, port)
    return {
      protocol: ipProtocolName(ipProtocol),
      port,
      name: application === 0 ? null : PROTOCOL_NAMES[application]!,
      conversationCount: ports[at]!,
      packetCount: ports[at + 1]!,
      byteCount: ports[at + 2]!,
    }
  })
}

/** Counters by port, in one array a transport, indexed by IP protocol: at most 256, and only those with ports exist. */
function countPorts(view: ConversationView): Float64Array[] {
  const counters: Float64Array[] = []
  for (let row = 0; row < view.table.count; row++) {
    if (!isListed(view.go(row)) || !view.hasPorts) continue
    const ports = (counters[view.ipProtocol] ??= new Float64Array(PORT_COUNT * COUNTERS))
    const at = view.responderPort * COUNTERS
    ports[at] = ports[at]! + 1
    ports[at + 1] = ports[at + 1]! + view.packetCount
    ports[at + 2] = ports[at + 2]! + view.byteCount
  }
  return counters
}
