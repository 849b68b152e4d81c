/** One port of many hosts: fires at its thresholds, not one below, and not on its innocent neighbour. */

import { describe, expect, it } from 'vitest'
import { hosts, judged, SCANNER } from '../../../../test/detection/judged.ts'
import {
  inside,
  MSS_ONLY,
  SYSTEM_OPTIONS,
  outside,
  type RecordBuilder,
} from '../../../../test/detection/record-builder.ts'

describe('horizontal-scan', () => {
  it('fires at 25 hosts that fail in five minutes, not at 24', () => {
    expect(judged(hosts(25, 10, 'silent')).rules).toEqual(['horizontal-scan'])
    expect(judged(hosts(24, 10, 'silent')).firedBy).not.toContain('failedHosts')
  })

  it('fires at 100 hosts left unused in nine minutes, though they answer, not at 99', () => {
    expect(judged(hosts(100, 5, 'held', 22, 7), 0).rules).toEqual(['horizontal-scan'])
    expect(judged(hosts(99, 5, 'held', 22, 7), 0).rules).toEqual([])
  })

  it('takes a greeting that is read and not answered for no use', () => {
    expect(judged(hosts(100, 5, 'greeted', 22, 7), 0).firedBy).toEqual(['unusedHosts'])
    const { firedBy, findings } = judged(hosts(25, 1, 'greeted', 22, 1), 0)
    expect(firedBy).toEqual(['walkedHosts'])
    expect(findings[0]).toMatchObject({ technique: 'tcp-connect', evidence: { probeCount: 25 } })
    expect(judged(hosts(100, 5, 'used', 22, 7), 0).rules).toEqual([])
    expect(judged(hosts(25, 1, 'used', 22, 1), 0).rules).toEqual([])
  })

  describe.each(['held', 'greeted'] as const)(
    'of hosts that are connected to without a word (%s)',
    (fate) => {
      const ends = 24 * 5

      it('fires at 25 that are not tried again in ten minutes, not at 24', () => {
        expect(judged(hosts(25, 5, fate, 22, 7), ends + 600).firedBy).toEqual(['leftHosts'])
        expect(judged(hosts(24, 5, fate, 22, 7), ends + 600).rules).toEqual([])
      })

      it('waits: a monitor comes back', () => {
        expect(judged(hosts(25, 5, fate, 22, 7), ends + 599).rules).toEqual([])
        const rounds = (builder: RecordBuilder) => {
          for (let round = 0; round < 2; round++)
            for (let i = 0; i < 40; i++) {
              const fields = { source: SCANNER, target: inside(100 + i * 7), port: 22, at: round * 300 + i }
              builder.tcp({ ...fields, sourcePort: 40_000 + round }, fate)
            }
        }
        expect(judged(rounds).rules).toEqual([])
      })

      it('says nothing of ports that browsers connect to in advance', () => {
        expect(judged(hosts(60, 2, fate, 443, 7)).rules).toEqual([])
      })
    },
  )

  it('counts what the sender’s own system resets as a SYN that no program sent, unless it comes back', () => {
    expect(judged(hosts(25, 10, 'half', 22, 7), 0).firedBy).toEqual(['failedHosts'])
    expect(judged(hosts(24, 10, 'half', 22, 7), 0).rules).toEqual([])
    expect(judged(hosts(60, 5, 'half', 443, 7), 0).rules).toEqual([])
    const checks = (builder: RecordBuilder) => {
      for (let round = 0; round < 2; round++)
        for (let i = 0; i < 40; i++) {
          const fields = { source: SCANNER, target: inside(100 + i * 7), port: 22, at: round * 5 + i * 0.01 }
          builder.tcp({ ...fields, sourcePort: 40_000 + round }, 'half')
        }
    }
    expect(judged(checks).rules).toEqual([])
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

  it('says nothing of a hundred web servers that all fail for a system, and names a tool that tries them', () => {
    const dead = (options: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < 110; i++)
        builder.tcp({ source: SCANNER, target: inside(7 * i), port: 443, at: i, options }, 'silent')
    }
    expect(judged(dead(SYSTEM_OPTIONS)).rules).toEqual([])
    expect(judged(dead(MSS_ONLY)).rules).toEqual(['horizontal-scan'])
  })

  it('takes the failures of one IP version for one cause, though the other works', () => {
    const dual = (builder: RecordBuilder) => {
      const source = builder.ipv6([0x20010db8, 0, 0, 1])
      for (let i = 0; i < 60; i++) {
        const target = builder.ipv6([0x20010db8, i + 1, i * 7, 9])
        builder.tcp({ source, target, port: 443, at: i, isIpv6: true, options: SYSTEM_OPTIONS }, 'silent')
        builder.tcp({ source: SCANNER, target: inside(7 * i), port: 443, at: i + 0.3 }, 'used')
      }
    }
    expect(judged(dual).rules).toEqual([])
  })

  describe('of name and time servers that do not answer', () => {
    const asks =
      (count: number, port: number, bytesOf: (i: number) => number, packets = 1) =>
      (builder: RecordBuilder) => {
        builder.tcp({ source: SCANNER, target: inside(1), port: 9999, at: 0 }, 'used')
        for (let i = 0; i < count; i++) {
          const fields = { source: SCANNER, target: outside(20 + i), port, at: i, packets }
          builder.udp({ ...fields, bytes: bytesOf(i) * packets }, 'silent')
        }
      }

    it('fires at a hundred that are asked the same once, not at 99', () => {
      expect(judged(asks(100, 123, () => 90)).firedBy).toEqual(['unusedHosts'])
      expect(judged(asks(99, 123, () => 90)).rules).toEqual([])
      expect(judged(asks(100, 53, () => 74)).rules).toEqual(['horizontal-scan'])
    })

    it('says nothing of a resolver that asks for many names, nor of who asks again, nor of QUIC', () => {
      expect(judged(asks(300, 53, (i) => 70 + (i % 20))).rules).toEqual([])
      expect(judged(asks(200, 137, () => 92, 3)).rules).toEqual([])
      expect(judged(asks(200, 443, () => 1292)).rules).toEqual([])
    })
  })

  describe('along a block of addresses', () => {
    const lookups =
      (stride: number, packets = 1) =>
      (builder: RecordBuilder) => {
        for (let i = 0; i < 60; i++)
          builder.udp(
            { source: SCANNER, target: inside(100 + i * stride), port: 53, at: i * 0.1, packets },
            i % 2 === 0 ? 'answered' : 'refused',
          )
      }

    it('counts no answer to a single datagram as use', () => {
      expect(judged(lookups(1)).rules).toEqual(['horizontal-scan'])
      // Scattered name servers, and services that are asked more than once, are used.
      expect(judged(lookups(7)).rules).toEqual([])
      expect(judged(lookups(1, 3)).rules).toEqual([])
    })

    it('excuses no failure by a cause that ports of many clients share', () => {
      const web = (stride: number) => (builder: RecordBuilder) => {
        builder.tcp({ source: SCANNER, target: inside(1), port: 9999, at: 0 }, 'used')
        for (let i = 0; i < 30; i++)
          builder.tcp({ source: SCANNER, target: inside(100 + i * stride), port: 80, at: i * 0.1 }, 'silent')
      }
      expect(judged(web(1)).rules).toEqual(['horizontal-scan'])
      expect(judged(web(7)).rules).toEqual([])
    })

    it('fires at 25 hosts tried in order, though all are open, not at 24, nor when they are tried again', () => {
      const connects =
        (count: number, rounds = 1) =>
        (builder: RecordBuilder) => {
          for (let round = 0; round < rounds; round++)
            for (let i = 0; i < count; i++) {
              const sourcePort = 33_000 + round * 100 + i
              const at = round * 60 + i * 0.1
              builder.tcp({ source: SCANNER, target: inside(100 + i), sourcePort, port: 445, at }, 'held')
            }
        }
      expect(judged(connects(25)).firedBy).toEqual(['walkedHosts'])
      expect(judged(connects(24)).rules).toEqual([])
      expect(judged(connects(30, 2)).rules).toEqual([])
    })
  })
})
