/** What scanning tools do besides their plain probes, as packets: fragments, data on SYNs, captures that end with the scan. */

import { describe, expect, it } from 'vitest'
import {
  concat,
  dnsLookup,
  ethernet,
  filled,
  httpVisit,
  inTimeOrder,
  ipv4,
  later,
  ms,
  pcap,
  ping,
  range,
  START,
  tcp,
  tcpConversation,
  tcpOption,
  text,
  udp,
  type Frame,
} from '../traffic/index.ts'
import { detectBytes } from '../accuracy/analyze-file.ts'

const SCANNER = '203.0.113.7'
const TARGET = '192.0.2.9'
const at = (milliseconds: number) => later(START, ms(milliseconds))

function named(...scripts: Frame[][]): string[] {
  const { scanners } = detectBytes(pcap(inTimeOrder(...scripts))).detection
  return scanners.map(({ address, kinds, techniques }) =>
    [address, kinds.join(), techniques.join()].join(' '),
  )
}

/** One TCP segment, as frames: one, or a fragment for every `size` bytes of it. */
function segment(
  source: string,
  destination: string,
  fields: Parameters<typeof tcp>[0],
  when: ReturnType<typeof at>,
  { data = filled(0), size = 0 } = {},
): Frame[] {
  const whole = tcp(fields, data)
  const identification = fields.destinationPort
  if (size === 0) {
    return [{ time: when, bytes: ethernet({}, ipv4({ source, destination, identification }, whole)) }]
  }
  const { bytes } = whole
  return range(0, Math.ceil(bytes.length / size) - 1).map((i) => ({
    time: later(when, i * 1000),
    bytes: ethernet(
      {},
      ipv4(
        {
          source,
          destination,
          identification,
          protocol: 6,
          moreFragments: (i + 1) * size < bytes.length,
          fragmentOffset: i * size,
        },
        bytes.subarray(i * size, (i + 1) * size),
      ),
    ),
  }))
}

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
