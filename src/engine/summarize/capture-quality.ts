/** What the capture cannot show, in numbers and in sentences: it lowers what every finding can claim. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import type { CaptureQuality } from './capture-summary.ts'

/** Above this share of one-way TCP conversations a capture most likely saw one direction only (asymmetric path or a mirror port of one side). */
const ONE_WAY_REMARK_SHARE = 0.2

/** Drops as the capturing program reported them; null when it reported none. */
export function captureQuality(aggregates: Aggregates, droppedPacketCount: number | null): CaptureQuality {
  const { totals } = aggregates
  const { tcpCount, oneWayCount, judgedCount, midstreamCount, flaglessCount } = aggregates.tcpDirections
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
  const remarks = [
    ...remarksOf(quality),
    ...flagRemarks(flaglessCount, tcpCount),
    ...ceilingRemarks(aggregates),
  ]
  return { ...quality, remarks }
}

function flagRemarks(flaglessCount: number, tcpCount: number): string[] {
  if (flaglessCount === 0) return []
  return [
    `Of ${String(flaglessCount)} of ${String(tcpCount)} TCP conversations no flags were captured: who opened them, and whether they were answered, cannot be told.`,
  ]
}

/** Rules look at conversations one by one, so those that have no record of their own are theirs in sum only. */
function ceilingRemarks({ conversations, totals }: Aggregates): string[] {
  const { table, unlisted } = conversations
  if (unlisted.packetCount === 0) return []
  const share = percent(unlisted.packetCount / totals.packetCount)
  return [
    `${share} of the packets belong to conversations past the first ${String(table.countMax)}, which is the most that are kept: they are in all totals, and rules know only how many went to each target.`,
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
}

function remarksOf(quality: Omit<CaptureQuality, 'remarks'>): string[] {
  const remarks: string[] = []
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
