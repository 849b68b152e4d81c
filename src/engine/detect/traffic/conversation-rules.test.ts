/** Every rule that reads conversations, scans aside: fires at its threshold, not one below, and not on its innocent neighbour. */

import { describe, expect, it } from 'vitest'
import { HttpColumn } from '../../aggregate/application/http-activity.ts'
import { LoginColumn } from '../../aggregate/application/login-activity.ts'
import { IcmpSeen, Row } from '../../aggregate/conversation-row.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import { detect } from '../detect.ts'
import { inside, outside, RecordBuilder } from '../../../../test/detection/record-builder.ts'

function judged(write: (builder: RecordBuilder) => void) {
  const builder = new RecordBuilder()
  write(builder)
  const detection = detect(builder.until(60).evidence())
  // None of these is a scan.
  expect(detection.scanners).toEqual([])
  return { ...detection, rules: detection.findings.map(({ rule }) => rule) }
}

describe('syn-flood', () => {
  const flood = (count: number, gap: number, isForged: boolean) => (builder: RecordBuilder) => {
    for (let i = 0; i < count; i++)
      builder.tcp(
        {
          source: isForged ? outside(i) : outside(1),
          target: inside(80),
          sourcePort: 1024 + i,
          port: 80,
          at: i * gap,
        },
        'silent',
      )
  }

  it('fires at 256 handshakes begun in vain, not at 255', () => {
    expect(judged(flood(256, 0.01, true)).findings[0]).toMatchObject({
      rule: 'syn-flood',
      measures: { sourcesMostLikelyForged: true },
    })
    expect(judged(flood(255, 0.01, true)).rules).toEqual([])
  })

  it('tells one real source from forged ones', () => {
    expect(judged(flood(300, 0.01, false)).findings[0]).toMatchObject({
      actors: ['80.1.0.1'],
      measures: { sourcesMostLikelyForged: false },
    })
  })

  it('says nothing of slow retries, or of a server that completes them', () => {
    expect(judged(flood(300, 0.1, true)).rules).toEqual([])
    const busy = (builder: RecordBuilder) => {
      for (let i = 0; i < 600; i++)
        builder.tcp(
          { source: outside(i % 50), target: inside(80), sourcePort: 1024 + i, port: 80, at: i * 0.01 },
          i % 3 === 0 ? 'used' : 'silent',
        )
    }
    expect(judged(busy).rules).not.toContain('syn-flood')
  })

  it('explains its sources and its victim to whoever asks why they are no scanners', () => {
    const { dismissed } = judged(flood(300, 0.01, false))
    expect(dismissed.filter(({ reason }) => reason !== 'flood')).toEqual([])
  })
})

describe('udp-flood and icmp-flood', () => {
  const datagrams = (flows: number, packets: number) => (builder: RecordBuilder) => {
    for (let i = 0; i < flows; i++)
      builder.udp(
        {
          source: outside(i),
          target: inside(80),
          sourcePort: 1024 + i,
          port: 7000,
          at: i * 0.01,
          lasts: 1,
          packets,
        },
        'silent',
      )
  }
  const pings = (packets: number) => (builder: RecordBuilder) => {
    builder.ping(
      {
        source: outside(1),
        target: inside(80),
        at: 0,
        lasts: 3,
        packets,
        bytes: packets * 98,
        replyBytes: packets * 98,
      },
      true,
    )
  }

  it('fire at 2,000 datagrams of 100 flows, not below either', () => {
    expect(judged(datagrams(100, 20)).rules).toEqual(['udp-flood'])
    expect(judged(datagrams(100, 19)).rules).toEqual([])
    expect(judged(datagrams(99, 40)).rules).toEqual([])
  })

  it('fire at 1,000 pings in three seconds, not at 999', () => {
    expect(judged(pings(1000)).rules).toEqual(['icmp-flood'])
    expect(judged(pings(999)).rules).toEqual([])
  })
})

describe('reflection-amplification', () => {
  const answers = (reflectors: number, bytes: number) => (builder: RecordBuilder) => {
    for (let i = 0; i < reflectors; i++)
      builder.udp(
        {
          source: outside(i),
          target: inside(8),
          sourcePort: 123,
          port: 40_000,
          at: i,
          bytes,
          packets: Math.ceil(bytes / 468),
        },
        'silent',
      )
  }

  it('fires at ten reflectors that nobody asked, not at nine, nor at few bytes', () => {
    expect(judged(answers(10, 20_000)).rules).toEqual(['reflection-amplification'])
    expect(judged(answers(9, 20_000)).rules).toEqual([])
    expect(judged(answers(10, 5_000)).rules).toEqual([])
  })

  it('says nothing of answers that were asked for', () => {
    const asked = (builder: RecordBuilder) => {
      for (let i = 0; i < 40; i++)
        builder.udp(
          {
            source: inside(8),
            target: outside(i),
            port: 53,
            sourcePort: 3000 + i,
            at: i,
            bytes: 80,
            replyBytes: 300,
          },
          'answered',
        )
    }
    expect(judged(asked).rules).toEqual([])
  })
})

describe('backscatter', () => {
  const backscatter = (peers: number, ports: number) => (builder: RecordBuilder) => {
    for (let i = 0; i < peers; i++)
      builder.tcp(
        { source: inside(i), target: outside(7), sourcePort: 1024 + i, port: 80 + (i % ports), at: i },
        'answer-only',
      )
  }

  it('fires at ten hosts answered unasked from two ports, not at nine, nor from three', () => {
    expect(judged(backscatter(10, 2))).toMatchObject({ rules: ['backscatter'] })
    expect(judged(backscatter(9, 1)).rules).toEqual([])
    expect(judged(backscatter(12, 3)).rules).toEqual([])
  })

  it('selects the answers, or the errors that quote what was never asked', () => {
    expect(judged(backscatter(10, 1)).findings[0]!.filters.wireshark).toBe(
      'ip.src == 80.7.0.7 && ip.dst in {10.0.0.0..10.0.0.9} && tcp.srcport == 80 && (tcp.flags.reset == 1 || (tcp.flags.syn == 1 && tcp.flags.ack == 1)) && !icmp',
    )
    const errors = judged((builder) => {
      for (let i = 0; i < 10; i++)
        builder.udp({ source: inside(i), target: outside(7), port: 81, at: i, packets: 0 }, 'refused')
    })
    expect(errors.findings[0]).toMatchObject({
      rule: 'backscatter',
      filters: {
        wireshark: 'ip.src in {10.0.0.0..10.0.0.9} && ip.dst == 80.7.0.7 && udp.dstport == 81 && icmp',
        bpf: 'icmp[17] == 17 and (icmp[20:4] >= 167772160 and icmp[20:4] <= 167772169) and icmp[24:4] == 1342636039 and icmp[30:2] == 81',
      },
    })
  })
})

describe('brute-force', () => {
  const sessions =
    (count: number, bytesOf: (i: number) => number, gap = 1, lasts = 2, application: number = Protocol.ssh) =>
    (builder: RecordBuilder) => {
      for (let i = 0; i < count; i++) {
        builder.tcp(
          {
            source: outside(1),
            target: inside(22),
            sourcePort: 2000 + i,
            port: 22,
            at: i * gap,
            lasts,
            bytes: bytesOf(i),
            replyBytes: bytesOf(i),
            application,
          },
          'used',
        )
      }
    }

  it('fires at 30 short and alike sessions, not at 29', () => {
    expect(judged(sessions(30, () => 2000)).rules).toEqual(['brute-force'])
    expect(judged(sessions(29, () => 2000)).rules).toEqual([])
  })

  it('says how short the sessions are, never shorter than nothing', () => {
    const [slow, quick] = [2.31, 0.01].map(
      (lasts) => judged(sessions(30, () => 2000, 1, lasts)).findings[0]!.explanation,
    )
    expect(slow).toContain('half of them over within 2.4 s')
    expect(quick).toContain('half of them over within a tenth of a second')
  })

  it('says nothing of sessions of all sizes, or long ones', () => {
    expect(judged(sessions(40, (i) => 100 * 2 ** (i % 12))).rules).not.toContain('brute-force')
    expect(judged(sessions(40, () => 200_000)).rules).not.toContain('brute-force')
  })

  const refused = (failures: number, successes: number) => (builder: RecordBuilder) => {
    const { attempts } = builder.applications.logins
    const row = attempts.rowOf(4, outside(1), inside(21), 21 | (Protocol.ftp << 16))
    attempts.see(row, 5, 1_700_000_001, 0)
    attempts.add(row, LoginColumn.failures, failures)
    attempts.add(row, LoginColumn.successes, successes)
    attempts.see(row, 99, 1_700_000_100, 0)
    builder.tcp({ source: outside(1), target: inside(21), port: 21, at: 1 }, 'used')
  }

  it('fires at 20 logins the service refused, not at 19, nor where most succeed', () => {
    expect(judged(refused(20, 0)).rules).toEqual(['brute-force'])
    expect(judged(refused(19, 0)).rules).toEqual([])
    expect(judged(refused(20, 30)).rules).toEqual([])
  })

  it('fires at 20 HTTP requests with credentials answered 401, not without credentials', () => {
    const web = (authorizations: number) => (builder: RecordBuilder) => {
      const { exchanges } = builder.applications.http
      const row = exchanges.rowOf(4, outside(1), inside(80), 80)
      exchanges.see(row, 5, 1_700_000_001, 0)
      exchanges.add(row, HttpColumn.unauthorized, 20)
      exchanges.add(row, HttpColumn.authorizations, authorizations)
    }
    expect(judged(web(20)).rules).toEqual(['brute-force'])
    expect(judged(web(19)).rules).toEqual([])
  })
})

describe('arp-spoofing', () => {
  const [gateway, client, attacker] = [0x01, 0x02, 0x66]
  const claims =
    (forged: number, secondMachine = attacker, high = 0x0299) =>
    (builder: RecordBuilder) => {
      builder.claims.add(4, inside(1), high, gateway, 2, 2, 1, 40)
      for (let i = 0; i < forged; i++)
        builder.claims.add(4, inside(1), high, secondMachine, 1, 1, 10 + i, 10 + i)
      builder.claims.add(4, inside(2), high, client, 2, 0, 3, 50)
    }

  it('is sure at three claims in turns, and calls fewer a conflict', () => {
    expect(judged(claims(3)).findings[0]).toMatchObject({ rule: 'arp-spoofing', confidence: 0.8 })
    expect(judged(claims(2)).findings[0]).toMatchObject({
      rule: 'arp-spoofing',
      severity: 'low',
      confidence: 0.4,
    })
    expect(judged(claims(0)).rules).toEqual([])
  })

  it('selects what the machine said of the addresses in ARP and in neighbour advertisements', () => {
    const both = (builder: RecordBuilder) => {
      claims(1)(builder)
      const address = builder.addresses.internWords(0xfe80_0000, 0, 0, 1)
      builder.claims.add(6, address, 0x0299, gateway, 2, 0, 2, 41)
      builder.claims.add(6, address, 0x0299, attacker, 1, 1, 12, 12)
    }
    const [finding] = judged(both).findings
    expect(finding!.filters).toEqual({
      wireshark:
        '(arp.src.hw_mac == 02:99:00:00:00:66 && arp.src.proto_ipv4 in {10.0.0.1}) || (icmpv6.type == 136 && eth.src == 02:99:00:00:00:66 && icmpv6.nd.na.target_address in {fe80::1})',
      bpf: '(arp[8:2] == 665 and arp[10:4] == 102 and (arp[14:4] == 167772161)) or (icmp6 and ip6[40] == 136 and ether src 02:99:00:00:00:66 and ((ip6[48:4] == 4269801472 and ip6[52:4] == 0 and ip6[56:4] == 0 and ip6[60:4] == 1)))',
    })
    expect(finding!.explanation).toContain('claimed 10.0.0.1, fe80::1 2 times')
    expect(judged(claims(1)).findings[0]!.explanation).toContain('claimed 10.0.0.1 once while')
  })

  it('leaves routers alone that share an address by VRRP', () => {
    // 00:00:5e:00:01:66
    expect(judged(claims(9, 0x5e00_0166, 0)).rules).not.toContain('arp-spoofing')
  })

  it('names the machine that claims two addresses of others', () => {
    const both = (builder: RecordBuilder) => {
      claims(5)(builder)
      builder.claims.add(4, inside(2), 0x0299, attacker, 5, 5, 11, 45)
    }
    expect(judged(both).findings).toMatchObject([
      { actors: ['02:99:00:00:00:66'], targets: { addressCount: 2 } },
    ])
  })

  it('names twenty of many addresses in its sentence, and counts them all', () => {
    const many = (builder: RecordBuilder) => {
      for (let host = 1; host <= 1000; host++) {
        builder.claims.add(4, inside(host), 0x0299, host & 0xff, 2, 0, host, 5000 + host)
        builder.claims.add(4, inside(host), 0x0666, attacker, 5, 5, 1000 + host, 4000 + host)
      }
    }
    const [finding] = judged(many).findings
    expect(finding).toMatchObject({ targets: { addressCount: 1000 } })
    expect(finding!.explanation).toContain('and 980 more addresses')
    expect(finding!.explanation.length + finding!.filters.wireshark.length).toBeLessThan(1000)
  })
})

describe('conversations that tell by themselves', () => {
  it('exfiltration fires at 100 MB sent for a tenth got, not below, and not for downloads', () => {
    const upload = (bytes: number, replyBytes: number) => (builder: RecordBuilder) =>
      builder.tcp({ source: inside(5), target: outside(1), port: 443, at: 1, bytes, replyBytes }, 'used')
    expect(judged(upload(1e8, 1e7)).rules).toEqual(['exfiltration'])
    expect(judged(upload(1e8 - 1, 1e7)).rules).toEqual([])
    expect(judged(upload(1e8, 1.1e7)).rules).toEqual([])
    expect(judged(upload(1e6, 1e9)).rules).toEqual([])
  })

  it('icmp-tunnel fires at 50 pings whose answers differ, not at pings that come back as they went', () => {
    const pings = (packets: number, bytes: number, replyBytes: number) => (builder: RecordBuilder) =>
      builder.ping(
        {
          source: inside(5),
          target: outside(1),
          at: 0,
          lasts: 50,
          packets,
          bytes: packets * bytes,
          replyBytes: packets * replyBytes,
        },
        true,
      )
    expect(judged(pings(25, 400, 900)).rules).toEqual(['icmp-tunnel'])
    expect(judged(pings(24, 400, 900)).rules).toEqual([])
    expect(judged(pings(50, 1400, 1400)).rules).toEqual([])
  })

  it('icmp-tunnel is silent about pings without answers, and about errors, which carry what they quote', () => {
    const messages = (seen: number, isAnswered: boolean) => (builder: RecordBuilder) => {
      const bytes = { bytes: 60 * 1200, replyBytes: 60 * 600 }
      builder.ping({ source: inside(5), target: outside(1), at: 0, packets: 60, ...bytes }, isAnswered, seen)
    }
    expect(judged(messages(IcmpSeen.echoRequest, true)).rules).toEqual(['icmp-tunnel'])
    expect(judged(messages(IcmpSeen.echoRequest, false)).rules).toEqual([])
    expect(judged(messages(IcmpSeen.error, false)).rules).toEqual([])
    expect(judged(messages(IcmpSeen.other, true)).rules).toEqual([])
    const echo = messages(IcmpSeen.echoRequest, true)
    const mixed = (builder: RecordBuilder) => {
      echo(builder)
      const words = builder.table.slab(0)
      words[Row.evidence] = words[Row.evidence]! | IcmpSeen.error
    }
    expect(judged(mixed).rules).toEqual([])
  })

  it('lists the 200 largest uploads', () => {
    const uploads = (builder: RecordBuilder) => {
      for (let pair = 0; pair < 250; pair++) {
        const fields = { source: inside(pair), target: outside(pair), port: 443, at: pair, bytes: 1e9 + pair }
        builder.tcp(fields, 'used')
      }
    }
    const { findings } = judged(uploads)
    const sent = findings
      .filter(({ rule }) => rule === 'exfiltration')
      .map(({ measures }) => measures['bytes'])
    expect(sent).toHaveLength(200)
    expect(Math.min(...sent.map(Number))).toBe(1e9 + 50)
  })

  it('long-connection fires at an hour, not before', () => {
    const open = (lasts: number) => (builder: RecordBuilder) => {
      builder.tcp({ source: inside(5), target: outside(1), port: 443, at: 0, lasts }, 'used')
      const words = builder.table.slab(0)
      words[Row.packetsFromA] = 40
    }
    expect(judged(open(3600)).rules).toEqual(['long-connection'])
    expect(judged(open(3599)).rules).toEqual([])
  })

  it('odd-port fires at SSH on 443, not on 22', () => {
    const ssh = (port: number) => (builder: RecordBuilder) =>
      builder.tcp({ source: inside(5), target: outside(1), port, at: 0, application: Protocol.ssh }, 'used')
    expect(judged(ssh(443)).rules).toEqual(['odd-port'])
    expect(judged(ssh(22)).rules).toEqual([])
  })

  it('odd-port tells services, protocols and directions of one pair apart, and selects those conversations alone', () => {
    const several = (builder: RecordBuilder) => {
      const talk = (sourcePort: number, port: number, application?: number, isBack = false) => {
        const [source, target] = isBack ? [outside(1), inside(5)] : [inside(5), outside(1)]
        const fields = { source, target, sourcePort, port, at: builder.table.count }
        builder.tcp(application === undefined ? fields : { ...fields, application }, 'used')
      }
      talk(40_000, 443, Protocol.ssh)
      talk(40_001, 443)
      talk(40_002, 443, Protocol.ssh)
      talk(40_003, 25, Protocol.http)
      talk(40_004, 443, Protocol.vnc)
      talk(40_005, 443, Protocol.ssh, true)
    }
    const { findings } = judged(several)
    expect(
      findings.map(({ actors, measures }) => [actors[0], measures['port'], measures['connections']]),
    ).toEqual([
      ['10.0.0.5', 443, 2],
      ['10.0.0.5', 25, 1],
      ['10.0.0.5', 443, 1],
      ['80.1.0.1', 443, 1],
    ])
    expect(findings[0]!.filters).toMatchObject({
      wireshark: expect.stringContaining(
        'tcp.port == 443 && !icmp && !icmpv6 && tcp.port in {40000, 40002}',
      ) as string,
      bpf: expect.stringContaining('port 443 and (port 40000 or port 40002)') as string,
    })
  })
})
