/** What scanning tools do besides their plain probes, as packets: fragments, data on SYNs, captures that end with the scan. */

import { describe, expect, it } from 'vitest'
import {
  ethernet,
  filled,
  inTimeOrder,
  ipv4,
  later,
  ms,
  pcap,
  range,
  START,
  tcp,
  tcpOption,
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
