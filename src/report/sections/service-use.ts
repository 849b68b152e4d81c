/** Which services somebody answered or used: a scan leaves hundreds of ports behind that were only tried. */

import type { CaptureSummary, ConversationRow, ServiceRow } from '../../engine/summarize/capture-summary.ts'

/** States of attempts that led nowhere (Zeek's conn_state): no answer, refused, or reset before one came. */
const FAILED_STATES = ['S0', 'REJ', 'RSTOS0', 'SH']

export interface ServiceUse {
  readonly used: readonly ServiceRow[]
  /** Ports that nobody answered on, but to refuse. */
  readonly probedCount: number
}

/**
 * Where every conversation is listed, exact. Of those that are not, a service counts as probed only when it has too few
 * packets for an answer beside its questions.
 */
export function serviceUse({ services, conversations, conversationCount }: CaptureSummary): ServiceUse {
  const answered = new Set(conversations.filter(isAnswered).map(keyOf))
  const isWhole = conversations.length === conversationCount
  const used = services.filter(
    (service) =>
      answered.has(keyOfService(service)) ||
      (!isWhole && service.packetCount > service.conversationCount + 1),
  )
  return { used, probedCount: services.length - used.length }
}

function isAnswered({ state, responderPacketCount }: ConversationRow): boolean {
  return responderPacketCount > 0 && (state === null || !FAILED_STATES.includes(state))
}

const keyOf = ({ protocol, responder }: ConversationRow) => `${protocol} ${String(responder.port)}`
const keyOfService = ({ protocol, port }: ServiceRow) => `${protocol} ${String(port)}`
