/** Of how many TCP conversations the capture shows one direction only, and how many began before it: what it cannot show. */

import { FlowRole } from '../decode/flow-batch.ts'
import type { AddressTable } from '../net/address-table.ts'
import { TcpSeen } from './conversation-row.ts'
import type { ConversationTable } from './conversation-table.ts'
import { ConversationView } from './conversation-view.ts'

const TCP = 6

export interface TcpDirections {
  readonly tcpCount: number
  /** Neither SYN nor SYN+ACK was seen, but other flags were. */
  readonly midstreamCount: number
  /** No flags were seen at all: the capture cuts them off. */
  readonly flaglessCount: number
  /** Conversations that prove that both sides spoke. */
  readonly judgedCount: number
  /** Of those, the ones that have packets of one side only. */
  readonly oneWayCount: number
}

/**
 * An acknowledgment, data, or a SYN+ACK to a SYN that was seen prove that the other side spoke; a lone SYN may never have
 * been answered. Who sends nothing but bare acknowledgments may be probing, and who only gets SYN+ACKs may have had its
 * address forged: neither says that the capture misses a direction.
 */
export function tcpDirections(table: ConversationTable, addresses: AddressTable): TcpDirections {
  const view = new ConversationView(table, addresses)
  let [tcpCount, midstreamCount, flaglessCount, judgedCount, oneWayCount] = [0, 0, 0, 0, 0]
  for (let row = 0; row < table.count; row++) {
    view.go(row)
    if (view.ipProtocol !== TCP || !view.hasPorts || view.role !== FlowRole.packet || view.packetCount === 0)
      continue
    tcpCount++
    const { originatorSeen, responderSeen } = view
    const seen = originatorSeen | responderSeen
    if (seen === 0) flaglessCount++
    else if ((seen & (TcpSeen.syn | TcpSeen.synAck)) === 0) midstreamCount++
    const isProven =
      (originatorSeen & (TcpSeen.ack | TcpSeen.data)) !== 0 || (responderSeen & TcpSeen.synAck) !== 0
    if (!isProven || (originatorSeen & ~TcpSeen.ack) === 0) continue
    judgedCount++
    if (view.originatorPacketCount === 0 || view.responderPacketCount === 0) oneWayCount++
  }
  return { tcpCount, midstreamCount, flaglessCount, judgedCount, oneWayCount }
}
