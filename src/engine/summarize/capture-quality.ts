/** What the capture cannot show, in numbers and in sentences: it lowers what every finding can claim. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { ConversationView } from '../aggregate/conversation-view.ts'
import { TcpSeen } from '../aggregate/conversation-row.ts'
import { FlowRole } from '../decode/flow-batch.ts'
import type { CaptureQuality } from './capture-summary.ts'

const TCP = 6

/** Above this share of one-way TCP conversations a capture most likely saw one direction only (asymmetric path or a mirror port of one side). */
const ONE_WAY_REMARK_SHARE = 0.2

/** Drops as the capturing program reported them; null when it reported none. */
export function captureQuality(aggregates: Aggregates, droppedPacketCount: number | null): CaptureQuality {
  const { totals } = aggregates
  const { tcpCount, oneWayCount, judgedCount, midstreamCount } = tcpQuality(aggregates)
  const oneWayShare = judgedCount === 0 ? null : oneWayCount / judgedCount
  const truncatedShare = totals.packetCount === 0 ? null : totals.truncatedPacketCount / totals.packetCount
  const quality = {
    oneWayShare,
    midstreamConversationCount: midstreamCount,
    tcpConversationCount: tcpCount,
    truncatedShare,
    droppedPacketCount,
    disorderedPacketCount: totals.disorderedPacketCount,
    zeroFilledTailCount: totals.timedPacketCount > 0 ? totals.zeroRunCount : 0,
    untimedPacketCount: totals.untimedPacketCount,
  }
  return { ...quality, remarks: remarksOf(quality) }
}

function tcpQuality(aggregates: Aggregates) {
  const { table } = aggregates.conversations
  const view = new ConversationView(table, aggregates.addresses)
  let tcpCount = 0
  let oneWayCount = 0
  let judgedCount = 0
  let midstreamCount = 0
  for (let row = 0; row < table.count; row++) {
    view.go(row)
    if (view.ipProtocol !== TCP || !view.hasPorts || view.role !== FlowRole.packet || view.packetCount === 0)
      continue
    tcpCount++
    const { originatorSeen, responderSeen } = view
    if (((originatorSeen | responderSeen) & (TcpSeen.syn | TcpSeen.synAck)) === 0) midstreamCount++
    // An acknowledgment proves that the other side spoke; a lone SYN may simply never have been answered.
    const proven =
      (originatorSeen & (TcpSeen.ack | TcpSeen.data)) !== 0 || (responderSeen & TcpSeen.synAck) !== 0
    if (!proven) continue
    judgedCount++
    if (view.originatorPacketCount === 0 || view.responderPacketCount === 0) oneWayCount++
  }
  return { tcpCount, oneWayCount, judgedCount, midstreamCount }
}

function remarksOf(quality: Omit<CaptureQuality, 'remarks'>): string[] {
  const remarks: string[] = []
  const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
  if (quality.oneWayShare !== null && quality.oneWayShare >= ONE_WAY_REMARK_SHARE) {
    remarks.push(
      `${percent(quality.oneWayShare)} of the TCP conversations that were answered show one direction only: replies are missing, so silence proves nothing.`,
    )
  }
  if (quality.midstreamConversationCount > 0) {
    remarks.push(
      `${String(quality.midstreamConversationCount)} of ${String(quality.tcpConversationCount)} TCP conversations began before the capture did; who opened them is a guess.`,
    )
  }
  if (quality.truncatedShare !== null && quality.truncatedShare > 0) {
    remarks.push(`${percent(quality.truncatedShare)} of the packets are cut short by the capture's snaplen.`)
  }
  if (quality.droppedPacketCount !== null && quality.droppedPacketCount > 0) {
    remarks.push(`The capturing program reports ${String(quality.droppedPacketCount)} dropped packets.`)
  }
  if (quality.disorderedPacketCount > 0) {
    remarks.push(
      `${String(quality.disorderedPacketCount)} packets carry a time before that of the packet before them.`,
    )
  }
  if (quality.zeroFilledTailCount > 0) {
    remarks.push(
      `${String(quality.zeroFilledTailCount)} records at the end are all zeros: the file was preallocated and not filled.`,
    )
  }
  if (quality.untimedPacketCount > 0) {
    remarks.push(`${String(quality.untimedPacketCount)} packets carry no time at all.`)
  }
  return remarks
}
