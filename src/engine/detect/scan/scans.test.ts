/** Every scan rule: fires at its threshold, not one below, and not on its innocent neighbour. */

import { describe, expect, it } from 'vitest'
import { IcmpSeen } from '../../aggregate/conversation-row.ts'
import { detect } from '../detect.ts'
import { inside, MSS_ONLY, outside, RecordBuilder } from '../../../../test/detection/record-builder.ts'

const SCANNER = outside(9)
const TARGET = inside(5)

/** Rules that fired on what `write` wrote, and the scanners. */
function judged(write: (builder: RecordBuilder) => void, until = 4000) {
  const builder = new RecordBuilder()
  write(builder)
  const { findings, scanners, dismissed } = detect(builder.until(until).evidence())
  return {
    rules: findings.map(({ rule }) => rule),
    // Below a threshold the sequential test may see a scan all the same.
    firedBy: findings.map(({ measures }) => measures['firedBy']),
    findings,
    reasons: findings.map(({ explanation }) => explanation.split('flagged because ')[1]),
    scanners: scanners.map(({ address }) => address),
    dismissed,
  }
}

/** `count` attempts, `gap` seconds apart; `fate` as the builder knows it. */
const ports =
  (count: number, gap: number, fate: 'refused' | 'silent' | 'used' | 'held', firstPort = 2000) =>
  (builder: RecordBuilder) => {
    for (let i = 0; i < count; i++)
      builder.tcp({ source: SCANNER, target: TARGET, port: firstPort + i, at: i * gap }, fate)
  }
const hosts =
  (count: number, gap: number, fate: 'refused' | 'silent' | 'used' | 'held', port = 22) =>
  (builder: RecordBuilder) => {
    // Somebody answers the scanner, so that silence means something.
    builder.tcp({ source: SCANNER, target: inside(1), port: 9999, at: 0 }, 'used')
    for (let i = 0; i < count; i++)
      builder.tcp({ source: SCANNER, target: inside(100 + i), port, at: i * gap }, fate)
  }

describe('vertical-scan', () => {
  it('fires at 15 ports that fail in five minutes, not at 14', () => {
    expect(judged(ports(15, 20, 'refused')).rules).toEqual(['vertical-scan'])
    expect(judged(ports(14, 20, 'refused')).firedBy).not.toContain('failedPorts')
  })

  it('weighs the seven ports that a mail client tries of a dead host as one', () => {
    const mail = (builder: RecordBuilder) =>
      [25, 110, 143, 465, 587, 993, 995].forEach((port, i) =>
        builder.tcp({ source: SCANNER, target: TARGET, port, at: i }, 'silent'),
      )
    expect(judged(mail).rules).toEqual([])
  })

  it('does not add up what lies further apart', () => {
    expect(judged(ports(15, 22, 'refused')).firedBy).not.toContain('failedPorts')
  })

  it('fires at seven privileged ports in quick succession, not at six', () => {
    expect(judged(ports(7, 3, 'refused', 30)).firedBy).toEqual(['weight'])
    expect(judged(ports(6, 3, 'refused', 30)).firedBy).not.toContain('weight')
    expect(judged(ports(7, 3.1, 'refused', 30)).firedBy).not.toContain('weight')
  })

  it('gives as its reason what the whole scan exceeds most, and what fired first beside it', () => {
    const [reason] = judged(ports(60, 1, 'refused', 30)).reasons
    expect(reason).toMatch(
      /^60 ports of one host failed or were only probed within 300 s, where 15 are enough/,
    )
    expect(reason).toContain('the rule had fired already when ports that did not open')
    expect(reason).toContain('weighed 21 points together (a port below 1024 weighs 3')
  })

  it('gives the weight as its reason, and says what it is, where no count reaches its threshold', () => {
    const [reason] = judged(ports(7, 3, 'refused', 30)).reasons
    expect(reason).toMatch(/^ports that did not open, at most 3 s apart, weighed 21 points together \(a port/)
  })

  it('says why the outcome of some attempts is unknown', () => {
    const builder = (write: (one: RecordBuilder) => void) => judged(write, 15).findings[0]!.explanation
    expect(builder(ports(15, 1, 'silent', 30))).toContain('unknown, as the capture ends within 5 s of them')
    expect(judged(ports(15, 1, 'silent', 30)).findings[0]!.explanation).toContain(
      'unknown, as the capture shows no answers on that path',
    )
  })

  it('names the host, or the port, where there is one', () => {
    expect(judged(ports(15, 20, 'refused')).findings[0]!.explanation).toContain(
      'tried 15 ports of 10.0.0.5 in 5 min',
    )
    expect(judged(hosts(40, 1, 'refused')).findings[0]!.explanation).toContain('tried port 22 of 40 hosts')
  })

  it('fires at 50 ports left unused in a minute, though they open, not at 49', () => {
    expect(judged(ports(50, 1, 'held')).rules).toContain('vertical-scan')
    expect(judged(ports(49, 1, 'held')).rules).toEqual([])
  })

  it('takes connections that carry data for use, however many ports', () => {
    expect(judged(ports(300, 0.1, 'used'))).toMatchObject({ rules: [], scanners: [] })
  })

  it.each(['fin', 'null', 'xmas'] as const)('fires at three %s probes, not at two', (probe) => {
    const probes = (count: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < count; i++)
        builder.tcp({ source: SCANNER, target: TARGET, port: 80 + i, at: i, options: 0 }, 'silent', probe)
    }
    expect(judged(probes(3)).findings[0]).toMatchObject({ rule: 'vertical-scan', technique: `tcp-${probe}` })
    expect(judged(probes(2)).rules).toEqual([])
  })

  it('takes bare ACKs that carry options for connections under way', () => {
    const acks = (options: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < 20; i++)
        builder.tcp({ source: SCANNER, target: TARGET, port: 1000 + i, at: i, options }, 'silent', 'ack')
      builder.tcp({ source: TARGET, target: SCANNER, port: 80, at: 30 }, 'used')
    }
    expect(judged(acks(0)).findings[0]).toMatchObject({ rule: 'vertical-scan', technique: 'tcp-ack' })
    expect(judged(acks(0x811)).rules).toEqual([])
  })

  it('tells a connect scan by its completed handshakes', () => {
    const write = (fate: 'held' | 'half') => (builder: RecordBuilder) => {
      ports(20, 0.1, 'refused')(builder)
      builder.tcp({ source: SCANNER, target: TARGET, port: 5000, at: 3 }, fate)
    }
    expect(judged(write('held')).findings[0]).toMatchObject({ technique: 'tcp-connect' })
    expect(judged(write('half')).findings[0]).toMatchObject({ technique: 'tcp-syn' })
  })

  it('finds a UDP scan by errors and silence, and no answers to questions', () => {
    const probes = (sourcePort: number, bytes: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < 20; i++)
        builder.udp(
          { source: SCANNER, target: TARGET, sourcePort, port: 40_000 + i, at: i, bytes },
          'refused',
        )
    }
    expect(judged(probes(50_000, 60)).findings[0]).toMatchObject({ rule: 'vertical-scan', technique: 'udp' })
    // From port 53 to ports that only clients use: late answers of a name server.
    expect(judged(probes(53, 200))).toMatchObject({ rules: [], dismissed: [{ reason: 'resolver' }] })
  })

  it('finds a scan of which only the resets are in the capture', () => {
    const write = (builder: RecordBuilder) => {
      for (let i = 0; i < 20; i++)
        builder.tcp({ source: SCANNER, target: TARGET, port: 1000 + i, at: i * 0.1 }, 'reset-only')
    }
    const { findings, scanners } = judged(write)
    expect(findings[0]).toMatchObject({ rule: 'vertical-scan', measures: { inferredShare: 1 } })
    expect(scanners).toEqual(['80.9.0.9'])
  })

  it('leaves a traceroute alone, whose probes climb hop by hop', () => {
    const write = (builder: RecordBuilder) => {
      for (let i = 0; i < 40; i++)
        builder.udp(
          {
            source: SCANNER,
            target: TARGET,
            sourcePort: 50_000 + i,
            port: 33_434 + i,
            at: i * 0.1,
            timeToLive: 1 + Math.floor(i / 3),
          },
          'silent',
        )
    }
    expect(judged(write)).toMatchObject({ rules: [], dismissed: [{ reason: 'traceroute' }] })
  })
})

describe('horizontal-scan', () => {
  it('fires at 25 hosts that fail in five minutes, not at 24', () => {
    expect(judged(hosts(25, 10, 'silent')).rules).toEqual(['horizontal-scan'])
    expect(judged(hosts(24, 10, 'silent')).firedBy).not.toContain('failedHosts')
  })

  it('fires at 100 hosts left unused in nine minutes, though they answer, not at 99', () => {
    expect(judged(hosts(100, 5, 'held')).rules).toEqual(['horizontal-scan'])
    expect(judged(hosts(99, 5, 'held')).rules).toEqual([])
  })

  it('takes a client most of whose contacts succeed for a client', () => {
    const write = (builder: RecordBuilder) => {
      for (let i = 0; i < 200; i++)
        builder.tcp(
          { source: inside(5), target: outside(i), port: 443, at: i },
          i % 3 === 0 ? 'silent' : 'used',
        )
    }
    expect(judged(write)).toMatchObject({
      rules: [],
      dismissed: [{ address: '10.0.0.5', reason: 'answered' }],
    })
  })

  it('says nothing of web servers that all fail while the line is down', () => {
    const down = (port: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < 40; i++)
        builder.tcp({ source: inside(5), target: outside(i), port, at: 100 + i * 5 }, 'silent')
    }
    expect(judged(down(443)).scanners).toEqual([])
    expect(judged(down(445)).scanners).toEqual(['10.0.0.5'])
  })
})

describe('block-scan', () => {
  const block = (count: number, fate: 'refused' | 'used') => (builder: RecordBuilder) => {
    for (let i = 0; i < count; i++)
      builder.tcp({ source: SCANNER, target: inside(100 + (i % 5)), port: 2000 + (i % 7), at: i * 30 }, fate)
  }

  it('fires at 25 pairs that fail in a quarter of an hour, not at 24', () => {
    expect(judged(block(25, 'refused')).rules).toEqual(['block-scan'])
    expect(judged(block(24, 'refused')).firedBy).not.toContain('failedPairs')
    expect(judged(block(25, 'used')).rules).toEqual([])
  })

  it('tells a strobe of three ports over many hosts as one finding', () => {
    const write = (builder: RecordBuilder) => {
      for (let i = 0; i < 30; i++)
        for (const port of [21, 22, 23])
          builder.tcp({ source: SCANNER, target: inside(100 + i), port, at: i }, 'refused')
    }
    expect(judged(write).rules).toEqual(['block-scan'])
  })
})

describe('slow-scan', () => {
  it('fires at five failures in a row where two sources are tested, not at three', () => {
    const write = (count: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < count; i++)
        builder.tcp({ source: SCANNER, target: inside(100 + i), port: 22, at: i * 300 }, 'refused')
      builder.tcp({ source: inside(1), target: outside(1), port: 443, at: 1 }, 'used')
    }
    expect(judged(write(5)).rules).toEqual(['slow-scan'])
    expect(judged(write(3)).rules).toEqual([])
  })

  it('counts a host that is dead once, however many of its ports are tried', () => {
    const write = (builder: RecordBuilder) => {
      builder.tcp({ source: inside(7), target: outside(1), port: 443, at: 0 }, 'used')
      for (let i = 0; i < 12; i++)
        builder.tcp({ source: inside(7), target: inside(200), port: 9000 + i, at: i * 60 }, 'silent')
    }
    expect(judged(write).rules).toEqual([])
  })

  it('counts nothing that is retried for minutes', () => {
    const write = (builder: RecordBuilder) => {
      for (let round = 0; round < 5; round++) {
        for (let i = 0; i < 8; i++)
          builder.tcp(
            {
              source: inside(7),
              target: inside(100 + i),
              sourcePort: 3000 + round * 10 + i,
              port: 8080,
              at: round * 60 + i,
            },
            'refused',
          )
      }
    }
    expect(judged(write).rules).toEqual([])
  })
})

describe('host-sweep', () => {
  const asks =
    (count: number, gap = 1) =>
    (builder: RecordBuilder) => {
      builder.arp({ source: SCANNER, target: inside(1), at: 0 }, true)
      for (let i = 0; i < count; i++)
        builder.arp({ source: SCANNER, target: inside(100 + i), at: i * gap }, false)
    }

  it('fires at ten addresses that do not answer in half a minute, not at nine', () => {
    expect(judged(asks(10, 3)).findings[0]).toMatchObject({ rule: 'host-sweep', technique: 'arp' })
    expect(judged(asks(9, 3)).rules).toEqual([])
    expect(judged(asks(10, 4)).rules).toEqual([])
  })

  it('asks for 25 where no answers can be seen', () => {
    const blind = (count: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < count; i++) builder.arp({ source: SCANNER, target: inside(100 + i), at: i }, false)
    }
    expect(judged(blind(25)).rules).toEqual(['host-sweep'])
    expect(judged(blind(24)).rules).toEqual([])
  })

  it('leaves out addresses that a router asks for because somebody else’s packet goes there', () => {
    const write = (builder: RecordBuilder) => {
      for (let i = 0; i < 30; i++)
        builder.tcp({ source: outside(1), target: inside(100 + i), port: 22, at: i * 0.1 }, 'silent')
      for (let i = 0; i < 30; i++)
        builder.arp({ source: inside(1), target: inside(100 + i), at: 4 + i * 0.1 }, false)
    }
    expect(judged(write).scanners).toEqual(['80.1.0.1'])
  })

  it('fires at five hosts asked for their clock, not at four', () => {
    const clocks = (count: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < count; i++)
        builder.ping({ source: SCANNER, target: inside(100 + i), at: i }, true, IcmpSeen.timestampRequest)
    }
    expect(judged(clocks(5)).findings[0]).toMatchObject({ rule: 'host-sweep', technique: 'icmp-timestamp' })
    expect(judged(clocks(4)).rules).toEqual([])
  })

  it('takes a monitor whose hosts answer for a monitor', () => {
    const write = (builder: RecordBuilder) => {
      for (let i = 0; i < 60; i++)
        builder.ping({ source: inside(1), target: inside(100 + i), at: i * 0.1 }, i % 10 !== 0)
    }
    expect(judged(write)).toMatchObject({ rules: [], dismissed: [{ reason: 'answered' }] })
  })

  it('joins the pings, SYNs and ACKs of one search', () => {
    const write = (builder: RecordBuilder) => {
      for (let i = 0; i < 60; i++) {
        const fields = { source: SCANNER, target: inside(100 + i), at: i * 0.1 }
        builder.ping(fields, i % 10 === 0)
        builder.tcp({ ...fields, port: 443 }, 'silent')
        builder.tcp({ ...fields, port: 80, options: 0 }, i % 10 === 0 ? 'refused' : 'silent', 'ack')
      }
    }
    const { findings } = judged(write)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ rule: 'host-sweep', technique: 'tcp-syn+tcp-ack+icmp-echo' })
  })
})

describe('ip-protocol-scan', () => {
  it('fires at five protocols that draw errors or silence, not at four, nor at answers', () => {
    const protocols =
      (count: number, fate: 'refused' | 'silent' | 'answered') => (builder: RecordBuilder) => {
        for (let i = 0; i < count; i++)
          builder.ipProtocol({ source: SCANNER, target: TARGET, at: i }, 100 + i, fate)
      }
    expect(judged(protocols(5, 'refused')).findings[0]).toMatchObject({
      rule: 'ip-protocol-scan',
      technique: 'ip-protocol',
    })
    expect(judged(protocols(4, 'silent')).rules).toEqual([])
    expect(judged(protocols(20, 'answered')).rules).toEqual([])
  })
})

describe('distributed-scan', () => {
  const divided = (count: number, options: (source: number) => number) => (builder: RecordBuilder) => {
    for (let i = 0; i < count; i++) {
      const source = i % 13
      builder.tcp(
        {
          source: outside(100 + source),
          target: TARGET,
          port: 2000 + i,
          at: i * 5,
          options: options(source),
          window: 1024,
        },
        'refused',
      )
    }
  }

  it('fires at 26 ports divided among 13 sources of one make, not below its ports', () => {
    expect(judged(divided(26, () => MSS_ONLY)).rules).toEqual(['distributed-scan'])
    expect(judged(divided(24, () => MSS_ONLY)).rules).toEqual([])
  })

  it('takes sources of different makes for strangers', () => {
    expect(judged(divided(39, (source) => source + 2)).rules).toEqual([])
  })
})

describe('distributed-scan of sources that would be flagged alone', () => {
  const quarters = (options: (source: number) => number) => (builder: RecordBuilder) => {
    for (let i = 0; i < 400; i++) {
      const source = i % 4
      builder.tcp(
        {
          source: outside(100 + source),
          target: TARGET,
          port: 1 + i,
          at: i * 0.05,
          options: options(source),
          window: 1024,
        },
        'refused',
      )
    }
  }

  it('joins four that divide the ports, when they are of one make', () => {
    const { rules, scanners } = judged(quarters(() => MSS_ONLY))
    expect(rules).toEqual(['distributed-scan'])
    expect(scanners).toHaveLength(4)
    expect(judged(quarters((source) => source + 2)).rules).toEqual(Array(4).fill('vertical-scan'))
  })
})

describe('decoy-scan', () => {
  const copies = (delay: number) => (builder: RecordBuilder) => {
    const events: { source: number; port: number; at: number }[] = []
    for (let decoy = 0; decoy < 3; decoy++)
      for (let i = 0; i < 30; i++)
        events.push({ source: outside(100 + decoy), port: 1 + i * 7, at: i * 0.1 + decoy * delay })
    for (const event of events.sort((x, y) => x.at - y.at))
      builder.tcp({ ...event, target: TARGET }, 'refused')
  }

  it('joins copies of one scan that run in step, and no others', () => {
    const { findings, scanners } = judged(copies(0.001))
    expect(findings.map(({ rule }) => rule)).toEqual(['decoy-scan'])
    expect(findings[0]!.actors).toHaveLength(3)
    expect(scanners).toHaveLength(3)
    expect(judged(copies(60)).rules).toEqual(['vertical-scan', 'vertical-scan', 'vertical-scan'])
  })
})
