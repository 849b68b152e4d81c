/** Who scans through others, and who only seems to scan, as packets. */

import { describe, expect, it } from 'vitest'
import {
  dnsLookup,
  httpVisit,
  inTimeOrder,
  pcap,
  ping,
  range,
  tcpConversation,
  text,
  type Frame,
} from '../traffic/index.ts'
import { detectBytes } from '../accuracy/analyze-file.ts'
import { at, named, SCANNER, segment, TARGET } from './tool-packets.ts'

describe('an idle scan', () => {
  const ZOMBIE = '192.0.2.77'
  const probes = range(1, 40).flatMap((port) => [
    ...segment(
      ZOMBIE,
      TARGET,
      { sourcePort: 80, destinationPort: port, flags: 'S', window: 1024 },
      at(500 + port * 200),
    ),
    ...segment(
      TARGET,
      ZOMBIE,
      { sourcePort: port, destinationPort: 80, flags: 'RA', window: 0 },
      at(501 + port * 200),
    ),
  ])
  /** SYN+ACKs that the zombie never asked for, which it resets. */
  const questions = (count: number): Frame[] =>
    range(1, count).flatMap((i) => [
      ...segment(
        SCANNER,
        ZOMBIE,
        { sourcePort: 41_000 + i, destinationPort: 80, flags: 'SA', window: 1024 },
        at(400 + i * 100),
      ),
      ...segment(
        ZOMBIE,
        SCANNER,
        { sourcePort: 80, destinationPort: 41_000 + i, flags: 'R', window: 0 },
        at(401 + i * 100),
      ),
    ])

  it('is said of who asks the zombie for its IP ids, not of the zombie', () => {
    const { scanners, findings, dismissed } = detectBytes(pcap(inTimeOrder(probes, questions(6)))).detection
    expect(scanners).toMatchObject([{ address: SCANNER, kinds: ['idle-scan'], techniques: ['tcp-syn'] }])
    expect(findings).toMatchObject([{ rule: 'idle-scan', measures: { zombie: ZOMBIE, measured: 6 } }])
    expect(dismissed[0]).toMatchObject({ address: ZOMBIE, reason: 'idle-scan' })
  })

  it('is the seeming scanner’s own scan where hardly anybody asks', () => {
    expect(named(probes, questions(5))).toEqual([`${ZOMBIE} vertical-scan tcp-syn`])
  })

  it('is not said of the target, whose SYN+ACKs answer SYNs that are missing in the capture', () => {
    const scan = range(1, 60).flatMap((port) => [
      ...(port % 6 === 0
        ? []
        : segment(
            SCANNER,
            TARGET,
            { sourcePort: 44_444, destinationPort: port, flags: 'S', window: 1024 },
            at(500 + port * 200),
          )),
      ...segment(
        TARGET,
        SCANNER,
        { sourcePort: port, destinationPort: 44_444, flags: 'SA', window: 64_240 },
        at(501 + port * 200),
      ),
      ...segment(
        SCANNER,
        TARGET,
        { sourcePort: 44_444, destinationPort: port, flags: 'R', window: 0 },
        at(502 + port * 200),
      ),
    ])
    expect(named(scan)).toEqual([`${SCANNER} vertical-scan tcp-syn`])
  })

  it('makes nobody a scanner who only resets what he never asked for', () => {
    expect(named(questions(80))).toEqual([])
  })
})

describe('an FTP bounce', () => {
  const control = (commands: readonly string[]): Frame[] => {
    const conversation = tcpConversation({
      originator: SCANNER,
      responder: '192.0.2.21',
      responderPort: 21,
      start: at(0),
    })
      .handshake()
      .reply(text('220 FTP server ready\r\n'))
    for (const command of commands) conversation.send(text(`${command}\r\n`)).reply(text('200 ok\r\n'))
    return conversation.close().frames
  }
  const rules = (commands: readonly string[]): string[] =>
    detectBytes(pcap(control(commands))).detection.findings.map(({ rule }) => rule)
  const port = (host: string, number: number): string =>
    `PORT ${host.replaceAll('.', ',')},${number >> 8},${number & 255}`

  it('is told by three ports of services on another host', () => {
    expect(rules([22, 25, 80].map((number) => port('192.0.2.9', number)))).toEqual(['ftp-bounce'])
    expect(rules([22, 25].map((number) => port('192.0.2.9', number)))).toEqual([])
  })

  it('is no client’s behind address translation, nor one’s own ports', () => {
    expect(rules([40_001, 40_002, 40_003, 40_004].map((number) => port('10.0.0.5', number)))).toEqual([])
    expect(rules([22, 25, 80].map((number) => port(SCANNER, number)))).toEqual([])
  })
})

describe('a sweep of a reverse zone', () => {
  const asked = (addresses: readonly (readonly number[])[]): string[] => {
    const lookups = addresses.map((bytes, i) =>
      dnsLookup({
        originator: SCANNER,
        responder: '192.0.2.53',
        originatorPort: 20_000 + i,
        name: `${[...bytes].reverse().join('.')}.in-addr.arpa`,
        start: at(i * 10),
      }),
    )
    return detectBytes(pcap(inTimeOrder(...lookups))).detection.findings.map(({ rule }) => rule)
  }

  it('is told by a hundred addresses in a row, some missing', () => {
    const block = range(1, 108).map((last) => [198, 51, 100, last])
    expect(asked(block.filter((_bytes, i) => i % 13 !== 5))).toEqual(['reverse-dns-sweep'])
    expect(asked(block.slice(0, 99))).toEqual([])
  })

  it('is none of a server that resolves whoever calls', () => {
    expect(asked(range(1, 300).map((i) => [80 + (i % 50), (i * 7) % 256, (i * 13) % 256, i % 256]))).toEqual(
      [],
    )
  })
})

describe('nobody scans', () => {
  it('who polls sixty hosts again and again, though most are down', () => {
    const polls = range(0, 13).flatMap((round) =>
      range(1, 60).flatMap((i) => {
        const fields = {
          originator: '192.0.2.20',
          responder: `198.51.100.${i}`,
          originatorPort: 2000 + round * 60 + i,
          responderPort: 9100,
          start: at(round * 5000 + i * 50),
        }
        return i % 3 === 0 ? httpVisit(fields) : tcpConversation(fields).syn().frames
      }),
    )
    expect(named(polls)).toEqual([])
  })

  it('who waits for six services that are not up yet', () => {
    const tries = range(0, 59).flatMap((i) => {
      const sourcePort = 30_000 + i
      const port = 9000 + (i % 6)
      return [
        ...segment('192.0.2.20', TARGET, { sourcePort, destinationPort: port, flags: 'S' }, at(i * 100)),
        ...segment(
          TARGET,
          '192.0.2.20',
          { sourcePort: port, destinationPort: sourcePort, flags: 'RA' },
          at(i * 100 + 1),
        ),
      ]
    })
    expect(named(tries)).toEqual([])
    expect(named(tries.slice(0, 12))).toEqual(['192.0.2.20 vertical-scan tcp-syn'])
  })

  it('who pings forty hosts for minutes, though half of them are down', () => {
    const pings = range(0, 20).flatMap((round) =>
      range(1, 40).flatMap((i) =>
        ping({
          originator: '192.0.2.20',
          responder: `198.51.100.${i}`,
          answered: i % 2 === 0,
          start: at(round * 4000 + i * 20),
        }),
      ),
    )
    expect(named(pings)).toEqual([])
  })

  it('among forged sources that flood ports at random', () => {
    const flood = range(0, 599).flatMap((i) =>
      segment(
        `${11 + (i % 80)}.${i % 251}.7.${1 + (i % 199)}`,
        TARGET,
        { sourcePort: 1024 + i, destinationPort: 1 + i * 17, flags: 'S' },
        at(i * 3),
      ),
    )
    const { scanners, findings } = detectBytes(pcap(flood)).detection
    expect(scanners).toEqual([])
    expect(findings).toMatchObject([{ rule: 'syn-flood', targets: { portCount: 600 } }])
  })

  it('among hosts that a flood’s victim answers, whatever else it resets', () => {
    const resets = range(0, 99).flatMap((i) =>
      segment(
        TARGET,
        `198.51.${i % 7}.${1 + i}`,
        { sourcePort: i < 95 ? 81 : 20 + i, destinationPort: 1024 + i, flags: 'RA', window: 0 },
        at(i * 5),
      ),
    )
    const { scanners, findings } = detectBytes(pcap(resets)).detection
    expect(scanners).toEqual([])
    expect(findings).toMatchObject([{ rule: 'backscatter', measures: { peers: 95, sourcePorts: 1 } }])
  })
})
