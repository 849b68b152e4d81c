/** What comes unasked and is no probe: answers to broadcasts, streams, captures that show handshakes alone, queues of mail. */

import { describe, expect, it } from 'vitest'
import { Row, TcpSeen } from '../../src/engine/aggregate/conversation-row.ts'
import { judged, SCANNER } from './judged.ts'
import { inside, MSS_ONLY, outside, type RecordBuilder } from './record-builder.ts'

const BROADCAST = -1
const NOBODY = 0
const SERVER = inside(1)

/** The server sends a datagram to each of forty hosts, between the given ports. */
function toForty(builder: RecordBuilder, sourcePort: number, port: number, packets = 1): void {
  // Somebody answers the server, so that silence means something.
  builder.tcp({ source: SERVER, target: inside(90), port: 9999, at: 0 }, 'used')
  for (let i = 0; i < 40; i++)
    builder.udp({ source: SERVER, target: inside(100 + i), sourcePort, port, at: 1 + i, packets }, 'silent')
}

describe('a server that answers what was asked of everybody', () => {
  it('is no scanner where clients without an address asked it for one', () => {
    const { scanners, dismissed } = judged((builder) => {
      builder.udp({ source: NOBODY, target: BROADCAST, sourcePort: 1068, port: 1067, at: 0 }, 'silent')
      toForty(builder, 1067, 1068)
    })
    expect([scanners, dismissed]).toEqual([[], []])
  })

  it('is no scanner where each host had asked the group from that port, before or after', () => {
    const ask = (builder: RecordBuilder, at: number) => {
      for (let i = 0; i < 40; i++)
        builder.udp(
          { source: inside(100 + i), target: BROADCAST, sourcePort: 10_001, port: 10_002, at },
          'silent',
        )
    }
    for (const when of [0, 50]) {
      const { scanners } = judged((builder) => {
        if (when === 0) ask(builder, when)
        toForty(builder, 10_002, 10_001)
        if (when > 0) ask(builder, when)
      })
      expect(scanners).toEqual([])
    }
  })

  it('is one where they had asked from another port, or nobody had asked', () => {
    const { scanners } = judged((builder) => {
      for (let i = 0; i < 40; i++)
        builder.udp(
          { source: inside(100 + i), target: BROADCAST, sourcePort: 10_003, port: 10_002, at: 0 },
          'silent',
        )
      toForty(builder, 10_002, 10_001)
    })
    expect(scanners).toHaveLength(1)
    expect(judged((builder) => toForty(builder, 10_002, 10_001)).scanners).toHaveLength(1)
  })

  it('needs no question where the ports are those of DHCP', () => {
    expect(judged((builder) => toForty(builder, 67, 68)).scanners).toEqual([])
    expect(judged((builder) => toForty(builder, 547, 546)).scanners).toEqual([])
    expect(judged((builder) => toForty(builder, 40_000, 68)).scanners).toHaveLength(1)
  })
})

it('takes more datagrams than a scanner would send for a stream, and as many for probes', () => {
  expect(judged((builder) => toForty(builder, 40_000, 3784, 12)).scanners).toEqual([])
  expect(judged((builder) => toForty(builder, 40_000, 3784, 11)).scanners).toHaveLength(1)
})

describe('a hundred hosts tried once each and not used', () => {
  const tried = (builder: RecordBuilder, isMore: boolean) => {
    for (let i = 0; i < 120; i++) {
      const target = inside(300 + i * 9)
      builder.tcp({ source: SCANNER, target, sourcePort: 30_000 + i, port: 8123, at: i }, 'held')
    }
    // What the handshakes show behind their SYN+ACK is taken away, as a filter for SYNs does.
    const { table } = builder
    for (let row = 0; row < table.count; row++) {
      const words = table.slab(row)
      const at = table.at(row) + Row.evidence
      const shown = TcpSeen.syn | TcpSeen.synAck
      if (!isMore) words[at] = words[at]! & (shown | (shown << 16))
    }
  }

  it('are a scan where the capture shows how connections go on', () => {
    expect(judged((builder) => tried(builder, true)).scanners).toHaveLength(1)
  })

  it('say nothing where it shows of all connections that they were answered, and no more', () => {
    expect(judged((builder) => tried(builder, false)).scanners).toEqual([])
  })
})

describe('a mail server that meets dead hosts all at once', () => {
  const queue = (builder: RecordBuilder, reached: number, port: number) => {
    for (let i = 0; i < reached; i++)
      builder.tcp({ source: SERVER, target: outside(500 + i * 7), port, at: i }, 'used')
    for (let i = 0; i < 16; i++)
      builder.tcp({ source: SERVER, target: outside(9000 + i * 7), port, at: 1000 + i / 16 }, 'silent')
    // The line is up all the while.
    builder.tcp({ source: SERVER, target: inside(90), port: 9999, at: 1100 }, 'used')
  }

  it('is no scanner where four in five of all it tried were reached', () => {
    expect(judged((builder) => queue(builder, 64, 25)).scanners).toEqual([])
  })

  it('is one where fewer were, and tells of the contacts it counted', () => {
    const { scanners, reasons } = judged((builder) => queue(builder, 63, 25))
    expect(scanners).toHaveLength(1)
    expect(reasons[0]).toMatch(/^(\d+) of the last \1 first contacts had failed/)
  })

  it('is one where a tool finds the port open: found is not reached', () => {
    const { scanners } = judged((builder) => {
      for (let i = 0; i < 20; i++)
        builder.tcp(
          { source: SERVER, target: outside(500 + i * 7), port: 25, at: i * 40, options: MSS_ONLY },
          'half',
        )
    })
    expect(scanners).toHaveLength(1)
  })

  it('is one on a port that clients do not use many hosts of', () => {
    expect(judged((builder) => queue(builder, 64, 9100)).scanners).toHaveLength(1)
  })
})

describe('nine hosts that refuse three ports each', () => {
  const members = (builder: RecordBuilder, rounds: number) => {
    for (let round = 0; round < rounds; round++)
      for (let host = 0; host < 9; host++)
        for (const port of [9300, 9301, 9302])
          builder.tcp(
            { source: SERVER, target: inside(200 + host * 5), port, at: round * 3 + host / 9 },
            'refused',
          )
  }

  it('are the members of a cluster, where they are asked again and again', () => {
    expect(judged((builder) => members(builder, 4)).rules).not.toContain('block-scan')
  })

  it('are a block scan, where three times was enough', () => {
    expect(judged((builder) => members(builder, 3)).rules).toContain('block-scan')
  })
})

it('selects the answers by its filters where a scan is known by them alone', () => {
  const { findings } = judged((builder) => {
    for (let i = 0; i < 40; i++)
      builder.tcp({ source: SCANNER, target: inside(5), port: 2000 + i, at: i }, 'reset-only')
  })
  expect(findings.map(({ filters }) => filters)).toEqual([
    {
      wireshark:
        'ip.src == 10.0.0.5 && ip.dst == 80.9.0.9 && tcp.srcport in {2000..2039} && (tcp.flags.reset == 1 || (tcp.flags.syn == 1 && tcp.flags.ack == 1)) && !icmp',
      bpf: 'tcp and src host 10.0.0.5 and dst host 80.9.0.9 and src portrange 2000-2039 and (tcp[13] & 0x04 != 0 or tcp[13] & 0x12 == 0x12)',
    },
  ])
})

it('selects the errors that quote the probes where a scan is known by them alone', () => {
  const { findings } = judged((builder) => {
    for (let i = 0; i < 40; i++)
      builder.udp({ source: SCANNER, target: inside(5), port: 2000 + 2 * i, at: i, packets: 0 }, 'refused')
  })
  const even = (join: (port: number) => string) => Array.from({ length: 40 }, (_, i) => join(2000 + 2 * i))
  expect(findings.map(({ filters }) => filters)).toEqual([
    {
      wireshark: `ip.src == 80.9.0.9 && ip.dst == 10.0.0.5 && udp.dstport in {${even(String).join(', ')}} && icmp`,
      bpf: `icmp[17] == 17 and icmp[20:4] == 1342767113 and icmp[24:4] == 167772165 and (${even(
        (port) => `icmp[30:2] == ${port}`,
      ).join(' or ')})`,
    },
  ])
})

describe('datagrams to thirty hosts that all answer once', () => {
  const asked = (builder: RecordBuilder, refused: number, again = false) => {
    for (let i = 0; i < 30; i++) {
      const fields = { source: SCANNER, target: outside(300 + i * 11), sourcePort: 50_000, port: 161, at: i }
      builder.udp(fields, i < refused ? 'unwanted' : 'answered')
      if (again) builder.udp({ ...fields, sourcePort: 50_001, at: 100 + i }, 'answered')
    }
  }

  it('are probes where their own system refuses the answers: no program waits for them', () => {
    expect(judged((builder) => asked(builder, 30)).rules).toEqual(['horizontal-scan'])
  })

  it('are uses where the answers are taken, then or another time', () => {
    expect(judged((builder) => asked(builder, 0)).scanners).toEqual([])
    expect(judged((builder) => asked(builder, 12)).scanners).toEqual([])
    expect(judged((builder) => asked(builder, 30, true)).scanners).toEqual([])
  })
})
