/** Who looks for hosts: fires at its thresholds, not one below, and not on its innocent neighbour. */

import { describe, expect, it } from 'vitest'
import { IcmpSeen } from '../../aggregate/conversation-row.ts'
import { judged, SCANNER } from '../../../../test/detection/judged.ts'
import { inside, outside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

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

  describe('where no answers can be seen', () => {
    const blind =
      (count: number, kind: 'arp' | 'ping', stride = 1) =>
      (builder: RecordBuilder) => {
        for (let i = 0; i < count; i++)
          builder[kind]({ source: SCANNER, target: inside(100 + i * stride), at: i }, false)
      }

    it('fires at 25 addresses of a block, not at 24', () => {
      expect(judged(blind(25, 'arp')).rules).toEqual(['host-sweep'])
      expect(judged(blind(24, 'arp')).rules).toEqual([])
      expect(judged(blind(25, 'ping')).rules).toEqual(['host-sweep'])
    })

    it('says nothing of scattered addresses: some may all have answered', () => {
      expect(judged(blind(60, 'arp', 7)).rules).toEqual([])
      expect(judged(blind(60, 'ping', 7)).rules).toEqual([])
    })

    it('counts scattered pings where other answers to the source show that none came', () => {
      const write = (builder: RecordBuilder) => {
        builder.tcp({ source: SCANNER, target: inside(1), port: 80, at: 0 }, 'used')
        blind(30, 'ping', 7)(builder)
      }
      expect(judged(write).firedBy).toEqual(['blindTargets'])
    })
  })

  describe('of addresses that a system resolves: asked three times, a second apart', () => {
    const dead =
      (stride: number, packets: number, lasts: number, gap = 0.8) =>
      (builder: RecordBuilder) => {
        builder.arp({ source: SCANNER, target: inside(1), at: 0 }, true)
        for (let i = 0; i < 24; i++)
          builder.arp(
            { source: SCANNER, target: inside(100 + i * stride), at: i * gap, packets, lasts },
            false,
          )
      }

    it('takes scattered ones for hosts that are gone, and what asks once, or faster, for a tool', () => {
      expect(judged(dead(7, 3, 2)).rules).toEqual([])
      expect(judged(dead(7, 1, 0)).rules).toEqual(['host-sweep'])
      expect(judged(dead(7, 2, 2)).rules).toEqual(['host-sweep'])
      expect(judged(dead(7, 3, 1)).rules).toEqual(['host-sweep'])
    })

    it('names who has it resolve address after address', () => {
      expect(judged(dead(1, 3, 2)).rules).toEqual(['host-sweep'])
      expect(judged(dead(1, 3, 2, 4)).rules).toEqual([])
    })
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

  describe('of hosts that answer', () => {
    const pings =
      (count: number, packets = 1, stride = 1) =>
      (builder: RecordBuilder) => {
        for (let i = 0; i < count; i++) {
          const target = inside(100 + ((i * stride) % count))
          builder.ping({ source: inside(1), target, at: i * 0.1, packets, lasts: packets - 1 }, i % 10 !== 0)
        }
      }

    it('fires at 25 addresses asked in their order, not at 24', () => {
      expect(judged(pings(25)).firedBy).toEqual(['walkedTargets'])
      expect(judged(pings(24)).rules).toEqual([])
    })

    it('fires at a block of a hundred asked for in any order, not at 99', () => {
      expect(judged(pings(101, 1, 37)).firedBy).toEqual(['blockTargets'])
      expect(judged(pings(99, 1, 37)).rules).toEqual([])
    })

    it('takes a monitor that measures each host for a monitor', () => {
      expect(judged(pings(60, 3))).toMatchObject({ rules: [], dismissed: [{ reason: 'answered' }] })
    })

    it('takes a monitor that comes back for a monitor', () => {
      const write = (builder: RecordBuilder) => {
        for (let i = 0; i < 60; i++)
          builder.ping(
            { source: inside(1), target: inside(100 + i), at: i * 0.1, packets: 2, lasts: 20 },
            i % 10 !== 0,
          )
      }
      expect(judged(write).rules).toEqual([])
    })

    it('takes addresses that are resolved and then used for used ones', () => {
      const resolved = (isUsed: boolean) => (builder: RecordBuilder) => {
        for (let i = 0; i < 60; i++) {
          builder.arp({ source: inside(1), target: inside(100 + i), at: i * 0.1 }, true)
          if (isUsed)
            builder.tcp({ source: inside(1), target: inside(100 + i), port: 22, at: i * 0.1 + 0.01 }, 'used')
        }
      }
      expect(judged(resolved(false)).rules).toEqual(['host-sweep'])
      expect(judged(resolved(true)).rules).toEqual([])
    })
  })

  it('takes hosts that are asked again and again, and still after half a minute, for watched ones', () => {
    const watched = (packets: number, lasts: number) => (builder: RecordBuilder) => {
      builder.arp({ source: SCANNER, target: inside(1), at: 0 }, true)
      for (let i = 0; i < 40; i++)
        builder.ping({ source: SCANNER, target: inside(100 + i), at: i * 0.1, packets, lasts }, i % 4 === 0)
    }
    expect(judged(watched(4, 29)).rules).toEqual(['host-sweep'])
    expect(judged(watched(4, 30)).rules).toEqual([])
    expect(judged(watched(12, 5)).rules).toEqual([])
  })

  describe('slower than its window', () => {
    const slow = (count: number, stride: number, kind: 'ping' | 'arp') => (builder: RecordBuilder) => {
      builder.ping({ source: SCANNER, target: inside(1), at: 0 }, true)
      for (let i = 0; i < count; i++) {
        const fields = { source: SCANNER, target: inside(100 + ((i * stride) % 101)), at: 1 + i * 15 }
        builder[kind](fields, i % 10 === 9)
      }
    }

    it('fires at 25 addresses that do not answer pings, in any order', () => {
      expect(judged(slow(27, 37, 'ping')).firedBy).toEqual(['slowTargets'])
      expect(judged(slow(26, 37, 'ping')).rules).toEqual([])
    })

    it('says nothing of pings where no answers can be seen', () => {
      const blind = (builder: RecordBuilder) => {
        for (let i = 0; i < 60; i++)
          builder.ping({ source: SCANNER, target: inside(100 + i), at: i * 15 }, false)
      }
      expect(judged(blind).rules).toEqual([])
    })

    it('fires at 25 addresses asked for by ARP in their order', () => {
      expect(judged(slow(25, 1, 'arp')).firedBy).toEqual(['slowTargets'])
      expect(judged(slow(24, 1, 'arp')).rules).toEqual([])
    })

    describe('by ARP and in no order', () => {
      const resolves =
        (count: number, addressOf: (i: number) => number, isSeen = true) =>
        (builder: RecordBuilder) => {
          if (isSeen) builder.arp({ source: SCANNER, target: inside(1), at: 0 }, true)
          // An address that comes again is the same record, asked for once more and later.
          const times = new Uint32Array(300)
          const first = new Float64Array(300).fill(-1)
          const last = new Float64Array(300)
          for (let i = 0; i < count; i++) {
            const address = addressOf(i)
            times[address] = times[address]! + 1
            if (first[address] === -1) first[address] = 1 + i * 35
            last[address] = 1 + i * 35
          }
          const known = [...times.keys()].filter((address) => times[address]! > 0)
          for (const address of known.sort((x, y) => first[x]! - first[y]!))
            builder.arp(
              {
                source: SCANNER,
                target: inside(100 + address),
                at: first[address]!,
                lasts: last[address]! - first[address]! + 2,
                packets: 3 * times[address]!,
              },
              false,
            )
        }
      const shuffled = (i: number): number => (i * 37) % 101
      // A fixed sequence without order: squares modulo a prime, and so some twice.
      const byChance = (i: number): number => (i * i * 7 + i * 3) % 101

      it('fires where each of a block is asked for once', () => {
        expect(judged(resolves(100, shuffled)).firedBy).toEqual(['slowTargets'])
      })

      it('leaves a router alone, for which some addresses come again', () => {
        expect(judged(resolves(100, byChance)).rules).toEqual([])
      })

      it('says nothing of few, nor where an answer would have been remembered unseen', () => {
        expect(judged(resolves(24, shuffled)).rules).toEqual([])
        expect(judged(resolves(100, shuffled, false)).rules).toEqual([])
      })
    })
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
