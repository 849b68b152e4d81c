/** Many ports of one host: fires at its thresholds, not one below, and not on its innocent neighbour. */

import { describe, expect, it } from 'vitest'
import { hosts, judged, ports, SCANNER, TARGET } from '../../../../test/detection/judged.ts'
import { type RecordBuilder } from '../../../../test/detection/record-builder.ts'

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

  it('leaves a domain member alone that tries all ports of a dead domain controller, but no more than those', () => {
    const tried = (list: readonly number[]) => (builder: RecordBuilder) =>
      list.forEach((port, i) => builder.tcp({ source: SCANNER, target: TARGET, port, at: i }, 'silent'))
    const directory = [53, 88, 135, 139, 389, 445, 464, 3268]
    expect(judged(tried(directory)).rules).toEqual([])
    expect(judged(tried([...directory, 8080])).rules).toEqual(['vertical-scan'])
  })

  it('leaves a program alone that asks for dead services more often than a scanner would', () => {
    const waiting = (rounds: number) => (builder: RecordBuilder) => {
      for (let round = 0; round < rounds; round++)
        for (let i = 0; i < 20; i++) {
          const fields = { source: SCANNER, target: TARGET, port: 30_000 + i, at: round * 5 + i * 0.1 }
          builder.tcp({ ...fields, sourcePort: 33_000 + round * 20 + i }, 'refused')
        }
    }
    expect(judged(waiting(12)).rules).toEqual([])
    expect(judged(waiting(11)).rules).toEqual(['vertical-scan'])
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

  it('leaves a service out that its source had used many times when the scan began', () => {
    const used = (times: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < times; i++)
        builder.tcp({ source: SCANNER, target: TARGET, port: 8_099, sourcePort: 40_000 + i, at: i }, 'used')
      for (let i = 0; i < 20; i++)
        builder.tcp({ source: SCANNER, target: TARGET, port: 100 + i, at: times + i }, 'refused')
    }
    expect(judged(used(12)).findings[0]!.explanation).toContain('tried 20 ports')
    expect(judged(used(11)).findings[0]!.explanation).toContain('tried 21 ports')
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
