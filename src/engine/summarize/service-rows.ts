/** Ports and services: conversations by transport and responder's port. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { ConversationView } from '../aggregate/conversation-view.ts'
import { CounterTable } from '../aggregate/counter-table.ts'
import { ipProtocolName } from '../aggregate/ip-protocol-name.ts'
import { applicationOfPort } from '../decode/application/identify.ts'
import { PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import type { ServiceRow } from './capture-summary.ts'
import { isListed } from './conversation-rows.ts'
import { topRows } from './top-rows.ts'

/** All there can be: four transports of 65,536 ports. */
const SERVICE_COUNT_MAX = 1 << 18

/** The first `limit` services by bytes. Inner conversations of tunnels count under their own ports. */
export function serviceRows(aggregates: Aggregates, limit: number | null): ServiceRow[] {
  const { table } = aggregates.conversations
  const view = new ConversationView(table, aggregates.addresses)
  const services = new CounterTable(aggregates.hash, SERVICE_COUNT_MAX)
  for (let row = 0; row < table.count; row++) {
    if (!isListed(view.go(row)) || !view.hasPorts) continue
    services.add(view.ipProtocol, view.responderPort, 0, 1, view.packetCount, view.byteCount, 0)
  }
  const { keys, counters } = services
  const listed = topRows(
    services.count,
    limit,
    () => true,
    (x, y) =>
      counters[y * 4 + 2]! - counters[x * 4 + 2]! ||
      keys[x * 3]! - keys[y * 3]! ||
      keys[x * 3 + 1]! - keys[y * 3 + 1]!,
  )
  return Array.from(listed, (i) => {
    const ipProtocol = keys[i * 3]!
    const port = keys[i * 3 + 1]!
    const application = applicationOfPort(ipProtocol, port, port)
    return {
      protocol: ipProtocolName(ipProtocol),
      port,
      name: application === 0 ? null : PROTOCOL_NAMES[application]!,
      conversationCount: counters[i * 4]!,
      packetCount: counters[i * 4 + 1]!,
      byteCount: counters[i * 4 + 2]!,
    }
  })
}
