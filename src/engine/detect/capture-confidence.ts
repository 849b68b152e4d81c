/** How sure the capture lets a finding be: what it does not show takes away from what the evidence says. */

import type { Evidence } from './evidence.ts'

/**
 * A factor from 0.7 to 1. Of TCP conversations that prove an answer (tcp-directions), the share whose other direction is
 * missing takes away up to 0.2; packets the capturing program dropped take away up to 0.1.
 */
export function captureConfidence(evidence: Evidence): number {
  const { judgedCount, oneWayCount } = evidence.tcpDirections
  const oneWayShare = judgedCount === 0 ? 0 : oneWayCount / judgedCount
  const dropped = evidence.droppedPacketCount ?? 0
  const droppedShare = dropped === 0 ? 0 : dropped / (dropped + evidence.packetCount)
  return 1 - 0.2 * oneWayShare - 0.1 * Math.min(1, 10 * droppedShare)
}
