import { describe, expect, it } from 'vitest'
import type { ConversationRow } from '../../engine/summarize/capture-summary.ts'
import { addressFilters, conversationFilters, frameFilter } from './packet-filters.ts'

const row = (protocol: string, a: string, b: string, ports: number | null): ConversationRow => ({
  protocol,
  originator: { address: a, port: ports },
  responder: { address: b, port: ports === null ? null : 443 },
  packetCount: 1,
  byteCount: 60,
  originatorPacketCount: 1,
  originatorByteCount: 60,
  responderPacketCount: 0,
  responderByteCount: 0,
  firstTimestamp: null,
  durationSeconds: 0,
  state: null,
  application: null,
  applicationBasis: null,
  tunnel: null,
  firstFrame: 1,
})

describe('the filter of an address', () => {
  it('names its family', () => {
    expect(addressFilters('10.0.0.1')).toEqual({ wireshark: 'ip.addr == 10.0.0.1', bpf: 'host 10.0.0.1' })
    expect(addressFilters('fe80::1')?.wireshark).toBe('ipv6.addr == fe80::1')
  })

  it('is none for text that is no address', () => {
    expect(addressFilters('10.0.0.1 or tcp')).toBeNull()
    expect(addressFilters('')).toBeNull()
  })
})

describe('the filter of a conversation', () => {
  it('names both ends and both ports', () => {
    expect(conversationFilters(row('tcp', '10.0.0.1', '10.0.0.2', 40_000))).toEqual({
      wireshark: 'ip.addr == 10.0.0.1 && ip.addr == 10.0.0.2 && tcp.port == 40000 && tcp.port == 443',
      bpf: 'host 10.0.0.1 and host 10.0.0.2 and tcp port 40000 and tcp port 443',
    })
  })

  it('leaves ports out where there are none', () => {
    expect(conversationFilters(row('icmp', '10.0.0.1', '10.0.0.2', null))?.bpf).toBe(
      'host 10.0.0.1 and host 10.0.0.2',
    )
  })

  it('is none when the ends are no IP addresses', () => {
    expect(conversationFilters(row('eth', '00:11:22:33:44:55', '10.0.0.2', null))).toBeNull()
  })
})

it('frames are filtered by number', () => {
  expect(frameFilter([3, 17])).toBe('frame.number in {3, 17}')
})
