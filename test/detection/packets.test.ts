/** Scans and look-alikes as real packets, through decoding, counting and rules: what the wire shows is what is said. */

import { describe, expect, it } from 'vitest'
import {
  dnsLookup,
  hostScan,
  hostSweep,
  httpVisit,
  inTimeOrder,
  later,
  ms,
  packetFrame,
  pcap,
  portScan,
  range,
  seededRandom,
  START,
  tcp,
  tcpConversation,
  text,
  udpExchange,
  type Frame,
  type ProbeTechnique,
} from '../traffic/index.ts'
import { detectBytes } from '../accuracy/analyze-file.ts'

const SEEDS = range(1, 5)
const at = (milliseconds: number) => later(START, ms(milliseconds))

function found(...scripts: Frame[][]) {
  const { scanners, findings } = detectBytes(pcap(inTimeOrder(...scripts))).detection
  return {
    scanners: scanners.map(({ address, kinds, techniques }) =>
      [address, kinds.join(), techniques.join()].join(' '),
    ),
    findings,
  }
}

/** Clients that visit sites, some of which are down, for `seconds`. */
function office(seed: number, seconds = 30): Frame[][] {
  const random = seededRandom(seed)
  return Array.from({ length: 60 }, (_, i) => {
    const start = at(random.between(0, seconds * 1000))
    const originator = `192.0.2.${random.between(20, 40)}`
    const originatorPort = 32_768 + i * 97
    if (random.chance(0.3))
      return dnsLookup({
        originator,
        responder: '192.0.2.53',
        originatorPort,
        name: `host${i}.example`,
        start,
      })
    return httpVisit({ originator, responder: `198.51.100.${random.between(1, 60)}`, originatorPort, start })
  })
}

/** A packet long after all others: the capture goes on. */
const goesOn: Frame[] = httpVisit({
  originator: '192.0.2.20',
  responder: '198.51.100.1',
  originatorPort: 20_000,
  start: at(90_000),
})

describe.each(SEEDS)('with office traffic of seed %d', (seed) => {
  const random = seededRandom(seed * 31)
  const scanner = `203.0.113.${random.between(1, 250)}`
  const gap = { gapNanoseconds: ms(random.between(1, 200)) }

  it.each([
    'tcp-syn',
    'tcp-connect',
    'tcp-fin',
    'tcp-null',
    'tcp-xmas',
    'tcp-ack',
    'tcp-maimon',
    'udp',
  ] as const)('names a vertical scan by %s', (technique: ProbeTechnique) => {
    const scan = portScan({
      scanner,
      target: '192.0.2.9',
      ports: range(1, 60),
      openPorts: [22, 53],
      technique,
      start: at(3000),
      ...gap,
    })
    expect(found(...office(seed), scan, goesOn).scanners).toEqual([`${scanner} vertical-scan ${technique}`])
  })

  it('names a horizontal scan, whatever its targets answer', () => {
    for (const state of ['closed', 'silent', 'filtered', 'open'] as const) {
      const targetCount = state === 'open' ? 120 : 40
      const scan = hostScan({
        scanner,
        firstTarget: '192.0.2.100',
        targetCount,
        port: 3389,
        state,
        start: at(3000),
        gapNanoseconds: ms(50),
      })
      expect(found(...office(seed), scan, goesOn).scanners).toEqual([`${scanner} horizontal-scan tcp-syn`])
    }
  })

  it('names searches for hosts by ARP and by ping', () => {
    for (const by of ['arp', 'icmp-echo'] as const) {
      const sweep = hostSweep({
        scanner,
        firstTarget: '192.0.2.60',
        targetCount: 60,
        by,
        everyAnswers: 15,
        start: at(3000),
      })
      expect(found(...office(seed), sweep, goesOn).scanners).toEqual([`${scanner} host-sweep ${by}`])
    }
  })

  it('names nobody without a scan', () => {
    expect(found(...office(seed), goesOn).scanners).toEqual([])
  })
})

describe('nobody is named', () => {
  it('for passive FTP to two hundred ports', () => {
    const transfers = range(1, 200).map(
      (i) =>
        tcpConversation({
          originator: '192.0.2.20',
          responder: '192.0.2.21',
          originatorPort: 30_000 + i,
          responderPort: 40_000 + i * 13,
          start: at(i * 100),
        })
          .handshake()
          .reply(text('data'))
          .close().frames,
    )
    expect(found(...transfers).scanners).toEqual([])
  })

  it('for a resolver that asks thousands', () => {
    const lookups = range(1, 600).map((i) =>
      udpExchange({
        originator: '192.0.2.53',
        responder: `198.51.${i % 200}.${1 + (i % 250)}`,
        originatorPort: 1024 + i * 7,
        responderPort: 53,
        start: at(i * 20),
      }),
    )
    expect(found(...lookups).scanners).toEqual([])
  })
})

describe('a scan finding', () => {
  const scan = portScan({
    scanner: '203.0.113.7',
    target: '192.0.2.9',
    ports: range(1, 100),
    openPorts: [22, 80],
    start: at(1000),
  })
  const visit = httpVisit({
    originator: '203.0.113.7',
    responder: '192.0.2.9',
    originatorPort: 61_000,
    start: at(8000),
  })
  const finding = found(scan, visit, goesOn).findings[0]!

  it('says what was learned and what came next', () => {
    expect(finding.evidence!.learned).toEqual([
      { target: '192.0.2.9', open: '22,80', refused: '1-21,23-79,81-100', filtered: '', silent: '' },
    ])
    expect(finding.evidence!.next).toMatchObject([{ target: '192.0.2.9', port: 80, protocol: 'tcp' }])
  })

  it('is a step more severe for having been used', () => {
    expect(finding.severity).toBe('high')
    expect(found(scan, goesOn).findings[0]!.severity).toBe('medium')
  })

  it('has first frame, firing frame, outcomes and a probe for each port', () => {
    expect(finding).toMatchObject({
      firstFrame: 1,
      firedFrame: 13,
      outcomes: { open: 2, refused: 98, filtered: 0, silent: 0, unknown: 0 },
    })
    expect(finding.evidence!.probes).toHaveLength(100)
    expect(finding.measures).toMatchObject({
      portsPerHost: 100,
      connectionsPerHost: 100,
      connectionsPerPort: 1,
    })
  })
})

describe('a scan recorded out of order', () => {
  it('is told by its SYNs, though every answer stands before its probe', () => {
    const scan = portScan({
      scanner: '203.0.113.7',
      target: '192.0.2.9',
      ports: range(1, 60),
      start: at(1000),
    })
    const swapped = scan.map((_frame, i) => scan[i ^ 1]!)
    const { scanners } = detectBytes(pcap([...swapped, ...goesOn])).detection
    expect(scanners).toMatchObject([{ address: '203.0.113.7', portCount: 60, outcomes: { refused: 60 } }])
  })
})

describe('a sweep that asks each host by SYN and by ACK from one port, as nmap -PS80 -PA80 does', () => {
  const asked = (acknowledges: boolean): Frame[] =>
    range(1, 40).flatMap((host) => {
      const fields = { sourcePort: 50_000, destinationPort: 80, sequence: 3_101_089_593 }
      const [syn, ack] = [
        tcp({ ...fields, flags: 'S' }),
        tcp({ ...fields, sequence: acknowledges ? fields.sequence + 1 : 0, acknowledgment: 77, flags: 'A' }),
      ]
      const target = `203.0.113.${host}`
      return [
        packetFrame('198.51.100.9', target, syn, at(host * 20)),
        packetFrame('198.51.100.9', target, ack, at(5000 + host * 20)),
      ]
    })

  it('opened none of the ports: its ACKs belong to no handshake', () => {
    const { scanners, findings } = found(asked(false), goesOn)
    expect(scanners).toEqual(['198.51.100.9 horizontal-scan tcp-syn'])
    expect(findings[0]!.outcomes.open).toBe(0)
  })

  it('would have opened them with ACKs that go on from its SYNs', () => {
    expect(found(asked(true), goesOn).findings.map(({ outcomes }) => outcomes.open)).toEqual([40])
  })
})

it('names probes that set every flag at once, and selects them by their flags', () => {
  const frames = range(1, 20).map((port) => {
    const segment = tcp({ sourcePort: 50_000, destinationPort: port, flags: 'FSRPAU' })
    return packetFrame('198.51.100.9', '203.0.113.5', segment, at(port * 20))
  })
  const { scanners, findings } = found(frames, goesOn)
  expect(scanners).toEqual(['198.51.100.9 vertical-scan tcp-xmas'])
  expect(findings[0]!.filters).toEqual({
    wireshark:
      'ip.src == 198.51.100.9 && ip.dst == 203.0.113.5 && tcp.dstport in {1..20} && tcp.flags == 0x03f && !icmp',
    bpf: 'tcp and src host 198.51.100.9 and dst host 203.0.113.5 and dst portrange 1-20 and tcp[13] == 63',
  })
  expect(found(frames.slice(0, 2), goesOn).scanners).toEqual([])
})

it('takes SYNs that reset at once for SYN probes', () => {
  const frames = range(1, 20).map((port) => {
    const segment = tcp({ sourcePort: 50_000, destinationPort: port, flags: 'SR' })
    return packetFrame('198.51.100.9', '203.0.113.5', segment, at(port * 20))
  })
  expect(found(frames, goesOn).scanners).toEqual(['198.51.100.9 vertical-scan tcp-syn'])
})
