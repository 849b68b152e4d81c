/** What scanning tools do besides their plain probes, as packets: fragments, data on SYNs, captures that end with the scan. */

import { describe, expect, it } from 'vitest'
import {
  concat,
  ethernet,
  filled,
  httpVisit,
  inTimeOrder,
  ipv4,
  pcap,
  range,
  tcpConversation,
  tcpOption,
  text,
  udp,
  type Frame,
} from '../traffic/index.ts'
import { detectBytes } from '../accuracy/analyze-file.ts'
import { at, named, SCANNER, segment, TARGET } from './tool-packets.ts'

describe('a scan in fragments of eight bytes, which hide the flags from the first', () => {
  const scan = (flags: string) =>
    range(1, 40).flatMap((port) => [
      ...segment(
        SCANNER,
        TARGET,
        { sourcePort: 40_000, destinationPort: port, sequence: 7, flags, window: 1024 },
        at(port * 10),
        { size: 8 },
      ),
      ...segment(
        TARGET,
        SCANNER,
        { sourcePort: port, destinationPort: 40_000, acknowledgment: 8, flags: 'RA', window: 0 },
        at(port * 10 + 2),
      ),
    ])

  it.each([
    ['S', 'tcp-syn'],
    ['F', 'tcp-fin'],
    ['', 'tcp-null'],
    ['FPU', 'tcp-xmas'],
    ['FA', 'tcp-maimon'],
    ['A', 'tcp-ack'],
  ])('is told by the flags of the second: %s', (flags, technique) => {
    expect(named(scan(flags))).toEqual([`${SCANNER} vertical-scan ${technique}`])
  })

  it('is no NULL scan where the second is not in the capture', () => {
    const firsts = scan('S').filter((_frame, i) => i % 4 === 0)
    expect(named(firsts)).toEqual([])
  })
})

describe('a SYN that carries data', () => {
  it('is a probe all the same: what it brings waits for the handshake', () => {
    const scan = range(1, 60).flatMap((port) => [
      ...segment(
        SCANNER,
        TARGET,
        {
          sourcePort: 40_000,
          destinationPort: port,
          flags: 'S',
          window: 1024,
          options: tcpOption.maximumSegmentSize(1460),
        },
        at(port * 10),
        { data: filled(24) },
      ),
      ...segment(
        TARGET,
        SCANNER,
        { sourcePort: port, destinationPort: 40_000, flags: 'RA' },
        at(port * 10 + 2),
      ),
    ])
    expect(named(scan)).toEqual([`${SCANNER} vertical-scan tcp-syn`])
  })
})

/** Unanswered SYNs as Nmap sends them: one port for all, another for each retry. */
function syns(pairs: readonly (readonly [host: string, port: number])[], from: number, gap: number): Frame[] {
  return pairs.flatMap(([host, port], i) =>
    [0, 1].flatMap((retry) =>
      segment(
        SCANNER,
        host,
        {
          sourcePort: 40_000 + retry,
          destinationPort: port,
          sequence: 99,
          flags: 'S',
          window: 1024,
          options: tcpOption.maximumSegmentSize(1460),
        },
        at(from + i * gap + retry * 1500),
      ),
    ),
  )
}

/** A client beside the scan, so that answers can be seen at all. */
const client = httpVisit({ originator: '192.0.2.20', responder: '198.51.100.1', start: at(0) })

describe('a capture that ends with the scan', () => {
  const hosts = range(1, 60).map((i) => [`198.51.100.${i}`, 445] as const)

  it('shows hosts silent that were asked again', () => {
    expect(named(client, syns(hosts, 100, 20))).toEqual([`${SCANNER} horizontal-scan tcp-syn`])
  })

  it('gives its shape to a short scan that the sequential test alone sees', () => {
    const few = range(1, 8).map((i) => [`198.51.100.${i}`, 445] as const)
    expect(named(client, syns(few, 100, 500))).toEqual([`${SCANNER} horizontal-scan tcp-syn`])
  })

  it('puts all its ports together, though of some the capture is too short for the silence', () => {
    const ports = [445, 3389, 5985].flatMap((port) =>
      range(1, 40).map((i) => [`198.51.100.${i}`, port] as const),
    )
    const scan = syns(ports, 100, 20)
    const { scanners } = detectBytes(pcap(inTimeOrder(client, scan))).detection
    expect(scanners).toMatchObject([{ kinds: ['block-scan'], portCount: 3, targetCount: 40 }])
  })
})

describe('a scan of nothing but open ports', () => {
  /** SYN, SYN+ACK, and the reset of a system that never sent the SYN; then a visit. */
  const found = (host: string, options: Uint8Array, i: number): Frame[] => [
    ...tcpConversation({
      originator: SCANNER,
      responder: host,
      originatorPort: 40_000,
      responderPort: 80,
      start: at(i * 50),
    })
      .segment('originator', 'S', undefined, options)
      .synAck()
      .segment('originator', 'R').frames,
    ...httpVisit({
      originator: SCANNER,
      responder: host,
      originatorPort: 50_000 + i,
      start: at(i * 50 + 20),
    }),
  ]
  const hosts = range(1, 30).map((i) => `198.51.100.${i}`)

  it('is told by handshakes that nobody meant, though every host is visited later', () => {
    const scan = hosts.flatMap((host, i) => found(host, tcpOption.maximumSegmentSize(1460), i))
    expect(named(scan)).toEqual([`${SCANNER} horizontal-scan tcp-syn`])
  })

  it('is told from one side by resets of what only a SYN+ACK can have brought', () => {
    const scan = hosts.flatMap((host, i) => found(host, tcpOption.maximumSegmentSize(1460), i).slice(0, 3))
    const isSent = (_frame: Frame, i: number): boolean => i % 3 !== 1
    expect(named(scan.filter(isSent))).toEqual([`${SCANNER} horizontal-scan tcp-syn`])
  })

  it('is none where a system gave up its own connections', () => {
    const system = concat(
      tcpOption.maximumSegmentSize(1460),
      tcpOption.selectiveAcknowledgment(),
      tcpOption.timestamps(1, 0),
      tcpOption.noOperation(),
      tcpOption.windowScale(7),
    )
    expect(named(hosts.flatMap((host, i) => found(host, system, i)))).toEqual([])
  })
})

describe('a scan of UDP services that nobody answers', () => {
  const datagrams = (ports: readonly number[], sourcePort: number, data: Uint8Array): Frame[] =>
    ports.map((port, i) => ({
      time: at(100 + i * 50),
      bytes: ethernet(
        {},
        ipv4({ source: SCANNER, destination: TARGET }, udp({ sourcePort, destinationPort: port }, data)),
      ),
    }))

  it('is told by ports that only services have, though every datagram has a payload', () => {
    expect(named(datagrams(range(101, 115), 40_000, text('hello')))).toEqual([`${SCANNER} vertical-scan udp`])
    expect(named(datagrams(range(101, 114), 40_000, text('hello')))).toEqual([])
    expect(named(datagrams(range(600, 640), 2049, text('hello')))).toEqual([])
  })

  it('is told from answers of a name server by datagrams that hold none', () => {
    const ports = range(30_000, 30_060)
    const retried = inTimeOrder(datagrams(ports, 53, filled(0)), client)
    const later = datagrams(ports, 53, filled(0)).map(({ time, bytes }) => ({
      time: { seconds: time.seconds + 4, nanoseconds: time.nanoseconds },
      bytes,
    }))
    expect(named(retried, later)).toEqual([`${SCANNER} vertical-scan udp`])
    expect(named(datagrams(ports, 53, text('an answer')), client)).toEqual([])
  })
})

describe('partners with ten ports each', () => {
  it('are one scan, though each alone is enough to be called one', () => {
    const part = (partner: number): Frame[] =>
      range(0, 9).flatMap((i) => {
        const port = 1000 + partner * 10 + i
        const source = `203.0.113.${10 + partner}`
        const syn = { sourcePort: 40_000, destinationPort: port, flags: 'S', window: 1024 }
        const when = i * 30 + partner
        return [
          ...segment(source, TARGET, { ...syn, options: tcpOption.maximumSegmentSize(1460) }, at(when)),
          ...segment(
            TARGET,
            source,
            { sourcePort: port, destinationPort: 40_000, flags: 'RA', window: 0 },
            at(when + 1),
          ),
        ]
      })
    const lines = named(...range(0, 9).map(part))
    expect(lines).toHaveLength(10)
    for (const line of lines) expect(line).toContain(' distributed-scan tcp-syn')
  })
})
