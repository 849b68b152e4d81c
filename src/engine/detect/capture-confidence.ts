/** How sure the capture lets a finding be: what it does not show takes away from what the evidence says. */

import { KeyBits, Row, StateBits, TcpSeen } from '../aggregate/conversation-row.ts'
import { FlowRole } from '../decode/flow-batch.ts'
import type { Evidence } from './evidence.ts'

const TCP = 6

/**
 * A factor from 0.7 to 1. Of TCP conversations that prove an answer (data or an acknowledgment), the share whose other
 * direction is missing takes away up to 0.2; packets the capturing program dropped take away up to 0.1.
 */
export function captureConfidence(evidence: Evidence): number {
  const table = evidence.conversations
  let judged = 0
  let oneWay = 0
  for (let row = 0; row < table.count; row++) {
    const words = table.slab(row)
    const at = table.at(row)
    const key = words[at + Row.key]!
    if (
      (key & KeyBits.ipProtocolMask) !== TCP ||
      ((key >>> KeyBits.roleShift) & KeyBits.roleMask) !== FlowRole.packet
    )
      continue
    const seen = words[at + Row.evidence]!
    const isB = (words[at + Row.state]! & StateBits.originatorIsB) !== 0
    const originator = (isB ? seen >>> 16 : seen) & 0xffff
    const responder = (isB ? seen : seen >>> 16) & 0xffff
    const proven = (originator & (TcpSeen.ack | TcpSeen.data)) !== 0 || (responder & TcpSeen.synAck) !== 0
    if (!proven || (originator & ~TcpSeen.ack) === 0) continue
    judged++
    if (words[at + Row.packetsFromA] === 0 || words[at + Row.packetsFromB] === 0) oneWay++
  }
  const oneWayShare = judged === 0 ? 0 : oneWay / judged
  const dropped = evidence.droppedPacketCount ?? 0
  const droppedShare = dropped === 0 ? 0 : dropped / (dropped + evidence.packetCount)
  return 1 - 0.2 * oneWayShare - 0.1 * Math.min(1, 10 * droppedShare)
}
