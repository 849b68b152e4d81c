/** Floods of segments outside any connection, and what only looks like one. */

import { describe, expect, it } from 'vitest'
import {
  inTimeOrder,
  later,
  ms,
  pcap,
  range,
  seededRandom,
  START,
  type Frame,
} from '../../../../test/traffic/index.ts'
import { detectBytes } from '../../../../test/accuracy/analyze-file.ts'
import { segment } from '../../../../test/detection/tool-packets.ts'

const VICTIM = '192.0.2.80'
const at = (milliseconds: number) => later(START, ms(milliseconds))

interface Flood {
  readonly flags: string
  readonly port: number | 'any'
  readonly count?: number
  readonly source?: string
  readonly isAnswered?: boolean
}

/** A segment every 2 ms, from a source of its own each unless one is given. */
function flood({ flags, port, count = 2000, source, isAnswered = false }: Flood): Frame[] {
  const random = seededRandom(3)
  return range(1, count).flatMap((i) => {
    const from = source ?? [random.between(1, 220), random.between(0, 255), i >> 8, i & 255].join('.')
    const sourcePort = source === undefined ? random.between(1024, 65_535) : 1024 + i
    const destinationPort = port === 'any' ? random.between(1, 65_535) : port
    const sent = segment(from, VICTIM, { sourcePort, destinationPort, flags, window: 512 }, at(i * 2))
    if (!isAnswered) return sent
    const reset = { sourcePort: destinationPort, destinationPort: sourcePort, flags: 'R', window: 0 }
    return [...sent, ...segment(VICTIM, from, reset, at(i * 2 + 1))]
  })
}

function judged(...scripts: Frame[][]) {
  const { findings, scanners } = detectBytes(pcap(inTimeOrder(...scripts))).detection
  return { rules: findings.map(({ rule }) => rule), scanners: scanners.map(({ address }) => address) }
}

describe.each(['A', 'R', 'RA', 'F', 'FA', ''])('a flood of segments with flags "%s"', (flags) => {
  it('is told, and its victim is no scanner', () => {
    for (const port of [80, 8080, 'any'] as const)
      expect(judged(flood({ flags, port }))).toEqual({ rules: ['tcp-flood'], scanners: [] })
    if (!flags.includes('R'))
      expect(judged(flood({ flags, port: 80, isAnswered: true })).rules).toEqual(['tcp-flood'])
  })

  it('is told when one machine sends it from many ports', () => {
    expect(judged(flood({ flags, port: 80, source: '203.0.113.7' }))).toEqual({
      rules: ['tcp-flood'],
      scanners: [],
    })
  })

  it('is none below its number of segments', () => {
    expect(judged(flood({ flags, port: 80, count: 1999 })).rules).toEqual([])
  })
})

it('names its sources in the filters while they are few', () => {
  const filters = (source?: string) =>
    detectBytes(pcap(flood({ flags: 'A', port: 80, ...(source === undefined ? {} : { source }) }))).detection
      .findings[0]!.filters
  expect(filters('203.0.113.7')).toEqual({
    wireshark: `ip.dst == ${VICTIM} && ip.src == 203.0.113.7 && tcp.dstport == 80 && tcp.flags.syn == 0 && !icmp`,
    bpf: `tcp and dst host ${VICTIM} and src host 203.0.113.7 and dst port 80 and tcp[13] & 0x02 == 0`,
  })
  expect(filters().wireshark).toBe(`ip.dst == ${VICTIM} && tcp.dstport == 80 && tcp.flags.syn == 0 && !icmp`)
})

it('resets that a client of a closed port draws are no flood', () => {
  const refusals = range(1, 3000).flatMap((i) =>
    segment(
      VICTIM,
      '203.0.113.7',
      { sourcePort: 80, destinationPort: 20_000 + i, flags: 'RA', window: 0 },
      at(i * 2),
    ),
  )
  expect(judged(refusals).rules).toEqual([])
})

it('an ACK scan of two thousand ports is a scan', () => {
  const scan = range(1, 2500).flatMap((i) =>
    segment(
      '203.0.113.7',
      VICTIM,
      { sourcePort: 40_000, destinationPort: i, flags: 'A', window: 1024 },
      at(i * 2),
    ),
  )
  expect(judged(scan)).toEqual({ rules: ['vertical-scan'], scanners: ['203.0.113.7'] })
})
