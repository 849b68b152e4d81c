import { describe, expect, it } from 'vitest'
import { summaryOf } from '../../../test/captures/whole-analysis.ts'
import {
  at,
  ethernet,
  filled,
  icmpError,
  inTimeOrder,
  ipv4,
  macOf,
  packetFrame,
  patched,
  pcap,
  probe,
  tcp,
  tcpConversation,
  text,
  udp,
  udpExchange,
  vlan,
  type Frame,
} from '../../../test/traffic/index.ts'
import type { ConversationRow } from '../summarize/capture-summary.ts'

const [A, B] = ['10.0.0.1', '10.0.0.2']
const ends = { originator: A, responder: B, responderPort: 80 }

const conversationsOf = (frames: readonly Frame[]): readonly ConversationRow[] =>
  summaryOf(pcap(frames)).conversations
const onlyOf = (frames: readonly Frame[]): ConversationRow => {
  const [only, ...others] = conversationsOf(frames)
  expect(others).toEqual([])
  return only!
}

describe('conversations', () => {
  it('counts both directions from the originator, whatever the order of the addresses', () => {
    for (const [originator, responder] of [
      [A, B],
      [B, A],
    ] as const) {
      const { frames } = tcpConversation({ originator, responder, responderPort: 80 })
        .handshake()
        .send(text('hello'))
        .reply(filled(4000))
        .close()
      const row = onlyOf(frames)
      expect(row).toMatchObject({
        protocol: 'tcp',
        originator: { address: originator, port: 40_000 },
        responder: { address: responder, port: 80 },
        packetCount: frames.length,
        byteCount: frames.reduce((sum, { bytes }) => sum + bytes.length, 0),
        state: 'SF',
        firstFrame: 1,
      })
      expect(row.originatorPacketCount + row.responderPacketCount).toBe(row.packetCount)
      expect(row.responderByteCount).toBeGreaterThan(row.originatorByteCount)
    }
  })

  it('takes the receiver of a SYN+ACK for the originator when the SYN is not in the capture', () => {
    const { frames } = tcpConversation(ends).handshake()
    expect(onlyOf(frames.slice(1))).toMatchObject({ originator: { address: A }, responder: { address: B } })
  })

  it('begins a new conversation with a SYN of another sequence number on the same ports', () => {
    const first = tcpConversation({ ...ends, originatorSequence: 1000 })
      .handshake()
      .close().frames
    const second = tcpConversation({ ...ends, originatorSequence: 9000, start: at(100) })
      .handshake()
      .close().frames
    const rows = conversationsOf([...first, ...second])
    expect(rows.map(({ packetCount }) => packetCount)).toEqual([first.length, second.length])
    expect(summaryOf(pcap([...first, ...second])).pairCounts.tcp).toBe(1)
  })

  it('takes a SYN with the same sequence number for a retransmission', () => {
    const { frames } = tcpConversation(ends).syn().retransmit().retransmit()
    expect(onlyOf(frames)).toMatchObject({ packetCount: 3, state: 'S0' })
  })

  it('keeps VLANs in one conversation, as Wireshark does, and both paths in the hierarchy', () => {
    const packet = (data: string) =>
      ipv4({ source: A, destination: B }, udp({ sourcePort: 9, destinationPort: 10 }, text(data)))
    const frames = [
      { time: at(0), bytes: ethernet({}, packet('one')) },
      { time: at(1), bytes: ethernet({}, vlan({ id: 7 }, packet('two'))) },
    ]
    const summary = summaryOf(pcap(frames))
    expect(summary.conversations).toHaveLength(1)
    const paths = summary.protocols.map(({ path, packetCount }) => `${path.join('/')} ${String(packetCount)}`)
    expect(paths).toContain('eth/ip/udp/data 1')
    expect(paths).toContain('eth/vlan/ip/udp/data 1')
  })

  it('does not count the packet an ICMP error quotes', () => {
    const [question] = udpExchange({ ...ends, responderPort: 9999, answer: null })
    const error = icmpError(question!, 'port-unreachable', { source: B, destination: A })
    const rows = conversationsOf([question!, error])
    expect(rows.map(({ protocol, packetCount }) => `${protocol} ${String(packetCount)}`).sort()).toEqual([
      'icmp 1',
      'udp 1',
    ])
  })

  it('lists nothing for an ICMP error about a packet that is not in the capture', () => {
    const [question] = udpExchange({ ...ends, responderPort: 9999, answer: null })
    const error = icmpError(question!, 'port-unreachable', { source: B, destination: A })
    expect(conversationsOf([error]).map(({ protocol }) => protocol)).toEqual(['icmp'])
  })

  it('tells an application by its payload on any port', () => {
    const { frames } = tcpConversation({ ...ends, responderPort: 4711 })
      .handshake()
      .send(text('GET / HTTP/1.1\r\nHost: example.org\r\n\r\n'))
    expect(onlyOf(frames)).toMatchObject({ application: 'http', applicationBasis: 'payload' })
  })

  it('names an application by its port only where a payload was seen and said nothing', () => {
    const { frames } = tcpConversation({ ...ends, responderPort: 443 })
      .handshake()
      .send(filled(30, 0xee))
    expect(onlyOf(frames)).toMatchObject({ application: 'tls', applicationBasis: 'port' })
    const silent = tcpConversation({ ...ends, responderPort: 443 }).handshake().frames
    expect(onlyOf(silent)).toMatchObject({ application: null, applicationBasis: null })
  })
})

describe('conversation states', () => {
  const script = () => tcpConversation(ends)
  it.each([
    ['S0', script().syn()],
    ['S1', script().handshake()],
    ['SF', script().handshake().close()],
    ['REJ', script().syn().reset('responder')],
    ['S2', script().handshake().finish('originator')],
    ['S3', script().handshake().finish('responder')],
    ['RSTO', script().handshake().send(text('x')).reset('originator')],
    ['RSTR', script().handshake().send(text('x')).reset('responder')],
    ['RSTOS0', script().syn().reset('originator')],
    ['SH', script().syn().finish('originator')],
    ['OTH', script().segment('originator', 'PA', text('x')).segment('responder', 'A')],
  ] as const)('is %s', (state, { frames }) => {
    expect(onlyOf(frames).state).toBe(state)
  })

  it.each([
    ['RSTRH', ['SA', 'RA']],
    ['SHR', ['SA', 'FA']],
  ] as const)('is %s when only the responder is heard', (state, flags) => {
    const conversation = tcpConversation(ends)
    for (const each of flags) conversation.segment('responder', each)
    expect(onlyOf(conversation.frames).state).toBe(state)
  })

  it('is S0 for a datagram without and SF for one with an answer', () => {
    expect(onlyOf(udpExchange({ ...ends, responderPort: 9, answer: null })).state).toBe('S0')
    expect(onlyOf(udpExchange({ ...ends, responderPort: 9 })).state).toBe('SF')
  })

  it('is null where Zeek has no name', () => {
    expect(onlyOf([packetFrame(A, B, { bytes: filled(40), ipProtocol: 47 })]).state).toBe(null)
  })
})

describe('fragments', () => {
  const datagram = udp({ sourcePort: 1111, destinationPort: 2222 }, filled(40))
  const fragment = (offset: number, isLast: boolean, time = at(offset)): Frame => {
    const data = datagram.bytes.subarray(offset, isLast ? undefined : offset + 16)
    const fields = {
      source: A,
      destination: B,
      identification: 77,
      fragmentOffset: offset,
      moreFragments: !isLast,
    }
    const bytes = ethernet(
      { source: macOf(A), destination: macOf(B) },
      ipv4(fields, { bytes: data, ipProtocol: 17 }),
    )
    return { time, bytes }
  }
  const parts = [fragment(0, false), fragment(16, false), fragment(32, true)]

  it('belong to the conversation whose ports their first one shows', () => {
    expect(onlyOf(parts)).toMatchObject({ protocol: 'udp', responder: { port: 2222 }, packetCount: 3 })
  })

  it('belong to it in any order', () => {
    expect(onlyOf([parts[2]!, parts[0]!, parts[1]!])).toMatchObject({
      responder: { port: 2222 },
      packetCount: 3,
    })
  })

  it('have no port and make no pair of ports when the first one is missing', () => {
    const summary = summaryOf(pcap(parts.slice(1)))
    expect(summary.conversations).toMatchObject([
      { protocol: 'udp', responder: { port: null }, packetCount: 2 },
    ])
    expect(summary.pairCounts).toEqual({ ipv4: 1, ipv6: 0, tcp: 0, udp: 0 })
  })

  it('of a second datagram with the same identification are kept apart, however many frames came at once', () => {
    // The second one comes with its later part first, which the ports of the first datagram do not name any more.
    const bytes = pcap([...parts, parts[1]!, fragment(0, false), parts[1]!])
    const whole = summaryOf(bytes)
    for (const length of [1, 90, 300])
      expect(summaryOf(bytes, { nextBlockLength: () => length })).toEqual(whole)
  })

  it('are merged across a cut anywhere', () => {
    const bytes = pcap([parts[1]!, parts[0]!, parts[2]!])
    const whole = summaryOf(bytes)
    for (const cut of [1, 2]) expect(summaryOf(bytes, { cutsAt: [cut] })).toEqual(whole)
  })
})

describe('an ACK after a SYN', () => {
  const SYN = 4_294_960_000
  const segment = (flags: string, sequence: number, second: number, data = ''): Frame => {
    const layer = tcp(
      {
        sourcePort: 5000,
        destinationPort: 80,
        flags,
        sequence: sequence >>> 0,
        acknowledgment: flags === 'S' ? 0 : 77,
      },
      text(data),
    )
    return packetFrame(A, B, layer, at(second))
  }
  /** The share of answered conversations that show one side only: 1 when the ACK proves an answer, null when it proves none. */
  const provenBy = (frames: readonly Frame[]): number | null => {
    const bytes = pcap([segment('S', SYN, 0), ...frames])
    const whole = summaryOf(bytes)
    for (let cut = 1; cut <= frames.length; cut++)
      expect(summaryOf(bytes, { cutsAt: [cut] }), `cut at ${String(cut)}`).toEqual(whole)
    expect(whole.conversationCount).toBe(1)
    return whole.capture.quality.oneWayShare
  }

  it('completes the handshake where it goes on from it, though packets between them were lost', () => {
    expect(provenBy([segment('A', SYN + 1, 1)])).toBe(1)
    expect(provenBy([segment('A', SYN + 65_536, 1)])).toBe(1)
    expect(
      provenBy([segment('A', SYN + 1, 1), segment('PA', SYN + 1, 2, 'GET'), segment('A', SYN + 4, 3)]),
    ).toBe(1)
    expect(provenBy([segment('A', SYN + 1, 1), segment('A', SYN + 200_000, 2)])).toBe(1)
  })

  it('is a probe of its own where its sequence number has nothing to do with it', () => {
    expect(provenBy([segment('A', SYN + 65_537, 1)])).toBe(null)
    expect(provenBy([segment('A', SYN, 1)])).toBe(null)
    expect(provenBy([segment('A', SYN - 2_000_000_000, 1)])).toBe(null)
    expect(provenBy([segment('A', 1e9, 1), segment('A', 1e9 + 1, 2), segment('S', SYN, 3)])).toBe(null)
  })

  it('completes it after such a probe too', () => {
    expect(
      provenBy([segment('A', 500_000, 1), segment('A', SYN + 1, 2), segment('PA', SYN + 1, 3, 'GET')]),
    ).toBe(1)
  })
})

describe('the ceiling of conversations', () => {
  const scan = Array.from({ length: 50 }, (_, port) =>
    probe({ scanner: A, target: B, port: 1000 + port, state: 'silent', start: at(port) }),
  ).flat()

  it('keeps totals exact and says what is not listed', () => {
    const summary = summaryOf(pcap(scan), { conversationCountMax: 10 })
    expect(summary.conversationCount).toBe(10)
    expect(summary.limits.unlistedConversationPacketCount).toBe(40)
    expect(summary.capture.packetCount).toBe(50)
    const [sender] = summary.endpoints
    expect(sender!.packetCount).toBe(50)
    expect(summary.endpoints.reduce((sum, row) => sum + row.sentByteCount, 0)).toBe(
      summary.capture.originalByteCount,
    )
  })

  it('still counts the conversations that are listed', () => {
    const later = tcpConversation({
      ...ends,
      originatorPort: 40_000,
      responderPort: 1000,
      originatorSequence: 0,
      start: at(60),
    })
    const summary = summaryOf(pcap(inTimeOrder(scan, later.segment('responder', 'RA').frames)), {
      conversationCountMax: 10,
    })
    const answered = summary.conversations.find(({ responder }) => responder.port === 1000)
    expect(answered).toBeDefined()
  })
})

describe('a TCP header cut short', () => {
  it('leaves nothing of the packet before it', () => {
    const whole = packetFrame(A, B, tcp({ sourcePort: 5, destinationPort: 6, flags: 'S' }), at(0))
    const cut = {
      ...whole,
      time: at(1),
      bytes: patched(whole.bytes, 26, [10, 0, 0, 9]).subarray(0, 14 + 20 + 2),
      originalLength: whole.bytes.length,
    }
    const rows = conversationsOf([whole, cut])
    expect(rows.map(({ originator }) => originator)).toContainEqual({ address: '10.0.0.9', port: null })
  })
})
