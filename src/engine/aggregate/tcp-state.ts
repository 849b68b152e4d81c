/** Zeek's conn_state, told from what was seen in each direction (Zeek, base/protocols/conn/main.zeek). */

import { TcpSeen } from './conversation-row.ts'

// prettier-ignore
export type ConversationState =
  | 'S0' | 'S1' | 'SF' | 'REJ' | 'S2' | 'S3' | 'RSTO' | 'RSTR' | 'RSTOS0' | 'RSTRH' | 'SH' | 'SHR' | 'OTH'

/**
 * State of a TCP conversation from its evidence bits (TcpSeen). Zeek keeps a state machine an endpoint; sets of
 * flags seen give the same names and, unlike a machine, can be merged from parts of a capture in any cut. They
 * differ where only the order tells: a reset after both sides' FINs reads as a reset here and there.
 */
export function tcpState(
  originatorSeen: number,
  responderSeen: number,
  originatorPacketCount: number,
  responderPacketCount: number,
): ConversationState {
  const originatorIsSilent = originatorPacketCount === 0
  const responderIsSilent = responderPacketCount === 0
  const isOpened = (originatorSeen & TcpSeen.syn) !== 0
  const isAnswered = (responderSeen & TcpSeen.synAck) !== 0

  if ((responderSeen & TcpSeen.rst) !== 0) {
    const bothAborted = (originatorSeen & TcpSeen.rst) !== 0
    const carriedNothing = ((originatorSeen | responderSeen) & TcpSeen.data) === 0
    if (isOpened && !isAnswered && (carriedNothing || !bothAborted) && (responderSeen & TcpSeen.data) === 0)
      return 'REJ'
    return originatorIsSilent ? 'RSTRH' : 'RSTR'
  }
  if ((originatorSeen & TcpSeen.rst) !== 0) {
    if (responderIsSilent) return isOpened ? 'RSTOS0' : 'OTH'
    return 'RSTO'
  }
  const originatorClosed = (originatorSeen & TcpSeen.fin) !== 0
  const responderClosed = (responderSeen & TcpSeen.fin) !== 0
  if (originatorClosed && responderClosed) return 'SF'
  if (originatorClosed) return responderIsSilent ? 'SH' : 'S2'
  if (responderClosed) return originatorIsSilent ? 'SHR' : 'S3'
  if (isOpened && responderIsSilent) return 'S0'
  if (isOpened && isAnswered) return 'S1'
  return 'OTH'
}

/** UDP, by Zeek's rule: both sides spoke, or only one. */
export function udpState(originatorPacketCount: number, responderPacketCount: number): ConversationState {
  if (originatorPacketCount > 0 && responderPacketCount > 0) return 'SF'
  return originatorPacketCount > 0 ? 'S0' : 'SHR'
}
