/** Packets as scanning tools write them, segment by segment, for tests of what is said of them. */

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
  type Frame,
} from '../traffic/index.ts'
import { detectBytes } from '../accuracy/analyze-file.ts'

export const SCANNER = '203.0.113.7'
export const TARGET = '192.0.2.9'
export const at = (milliseconds: number) => later(START, ms(milliseconds))

export function named(...scripts: Frame[][]): string[] {
  const { scanners } = detectBytes(pcap(inTimeOrder(...scripts))).detection
  return scanners.map(({ address, kinds, techniques }) =>
    [address, kinds.join(), techniques.join()].join(' '),
  )
}

/** One TCP segment, as frames: one, or a fragment for every `size` bytes of it. */
export function segment(
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
