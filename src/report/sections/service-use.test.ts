import { describe, expect, it } from 'vitest'
import { officeSummary } from '../../../test/report/office-summary.ts'
import type { CaptureSummary, ConversationRow } from '../../engine/summarize/capture-summary.ts'
import { serviceUse } from './service-use.ts'

const office = officeSummary()
const [conversation] = office.conversations as [ConversationRow]

function tried(port: number, state: string | null, responderPacketCount: number): ConversationRow {
  const responder = { address: '10.0.0.1', port }
  return { ...conversation, protocol: state === null ? 'udp' : 'tcp', responder, state, responderPacketCount }
}

const service = (protocol: string, port: number, conversationCount = 1, packetCount = 2) => ({
  protocol,
  port,
  name: null,
  conversationCount,
  packetCount,
  byteCount: 120,
})

function summary(
  services: CaptureSummary['services'],
  conversations: readonly ConversationRow[],
  conversationCount = conversations.length,
): CaptureSummary {
  return { ...office, services, conversations, conversationCount }
}

describe('services', () => {
  it('are those where somebody answered with more than a refusal', () => {
    const services = [
      service('tcp', 22),
      service('tcp', 23),
      service('tcp', 24),
      service('tcp', 25),
      service('udp', 53),
      service('udp', 161),
    ]
    const conversations = [
      tried(22, 'SF', 5),
      tried(23, 'REJ', 1),
      tried(24, 'S0', 0),
      tried(25, 'OTH', 0),
      tried(53, null, 1),
      tried(161, null, 0),
    ]
    const { used, probedCount } = serviceUse(summary(services, conversations))
    expect(used.map(({ port }) => port)).toEqual([22, 53])
    expect(probedCount).toBe(4)
  })

  it('stay where conversations that are not listed may have answered', () => {
    const services = [service('tcp', 22, 10, 40), service('tcp', 23, 10, 10)]
    const { used, probedCount } = serviceUse(summary(services, [], 20))
    expect(used.map(({ port }) => port)).toEqual([22])
    expect(probedCount).toBe(1)
  })
})
