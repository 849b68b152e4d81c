/** The sequential test over the whole capture, and what counts for nothing in it. */

import { describe, expect, it } from 'vitest'
import { judged, SCANNER } from '../../../../test/detection/judged.ts'
import {
  inside,
  MSS_ONLY,
  outside,
  SYSTEM_OPTIONS,
  type RecordBuilder,
} from '../../../../test/detection/record-builder.ts'

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

  it('asks for twice as much where silence is all that a system’s SYNs met: its line may have been down', () => {
    const silent = (count: number, options: number) => (builder: RecordBuilder) => {
      builder.tcp({ source: inside(1), target: outside(1), port: 443, at: 0 }, 'used')
      builder.tcp({ source: SCANNER, target: outside(2), port: 443, at: 1 }, 'used')
      for (let i = 0; i < count; i++)
        builder.tcp(
          { source: SCANNER, target: inside(100 + 7 * i), port: 8009, at: 10 + i * 10, options },
          'silent',
        )
    }
    expect(judged(silent(8, SYSTEM_OPTIONS)).rules).toEqual([])
    expect(judged(silent(12, SYSTEM_OPTIONS)).rules).toEqual(['horizontal-scan'])
    expect(judged(silent(8, MSS_ONLY)).rules).toEqual(['horizontal-scan'])
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

  describe('of a host behind a firewall that lets nothing out', () => {
    const cutOff =
      (ports: readonly number[], stride: number, fate: 'refused' | 'filtered' = 'refused') =>
      (builder: RecordBuilder) => {
        builder.tcp({ source: inside(7), target: outside(1), port: 443, at: 0 }, 'used')
        for (let i = 0; i < 24; i++)
          builder.tcp(
            { source: SCANNER, target: inside(100 + i * stride), port: ports[i % ports.length]!, at: 1 + i },
            fate,
          )
      }

    it('takes what fails on other ports for the same cause, unless most does', () => {
      expect(judged(cutOff([443, 80, 993], 7)).rules).toEqual([])
      expect(judged(cutOff([443, 80, 993], 7, 'filtered')).rules).toEqual([])
      expect(judged(cutOff([443, 4444, 993], 7)).rules).toEqual(['block-scan'])
    })

    it('takes no block of addresses for what a client tries', () => {
      expect(judged(cutOff([443, 80, 993], 1)).rules).toEqual(['block-scan'])
    })

    it('goes by failures where one of the ports opened once', () => {
      const write = (builder: RecordBuilder) => {
        builder.tcp({ source: SCANNER, target: outside(2), port: 443, at: 0 }, 'used')
        cutOff([443, 443, 993], 7)(builder)
      }
      expect(judged(write).rules).toEqual(['block-scan'])
    })
  })

  it('takes open ports that are connected to three times for watched ones', () => {
    const checks = (rounds: number, options: number) => (builder: RecordBuilder) => {
      for (let round = 0; round < rounds; round++)
        for (let i = 0; i < 36; i++) {
          const fields = { source: SCANNER, target: inside(100 + i), port: 8080, options }
          const sourcePort = 3000 + round * 100 + i
          builder.tcp({ ...fields, sourcePort, at: round * 5 + i * 0.01 }, i % 4 === 0 ? 'refused' : 'half')
        }
    }
    expect(judged(checks(3, SYSTEM_OPTIONS)).rules).toEqual([])
    expect(judged(checks(3, MSS_ONLY)).rules).toEqual(['horizontal-scan'])
    expect(judged(checks(2, SYSTEM_OPTIONS)).rules).toEqual(['horizontal-scan'])
  })
})
