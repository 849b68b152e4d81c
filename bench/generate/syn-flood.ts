/** A SYN flood: every packet a SYN from an address never used before to one port of one server, which answers nothing. */

import { ethernet, ipv4, START, tcp } from '../../test/traffic/index.ts'
import { CaptureSink, type CaptureFormat } from './capture-sink.ts'
import { finishPlainChecksum, put16, put32 } from './frame-headers.ts'

const TARGET = '198.51.100.80'
const PACKETS_PER_SECOND = 100_000

/** `sourceCount` packets of 60 bytes. Sources run through all 32-bit addresses in an order that looks random. */
export function writeSynFlood(path: string, format: CaptureFormat, sourceCount: number): number {
  const sink = new CaptureSink(path, format)
  const template = ethernet(
    { paddedTo: 60 },
    ipv4({ source: '0.0.0.0', destination: TARGET }, tcp({ sourcePort: 0, destinationPort: 80, flags: 'S' })),
  )
  for (let i = 0; i < sourceCount; i++) {
    // An odd multiplier permutes the 32-bit numbers, so no source comes twice.
    const source = Math.imul(i + 1, 0x9e3779b1)
    const at = sink.begin(template.length, START.seconds * 1e6 + Math.floor((i * 1e6) / PACKETS_PER_SECOND))
    sink.bytes.set(template, at)
    put32(sink.bytes, at + 26, source)
    put16(sink.bytes, at + 24, 0)
    finishPlainChecksum(sink.bytes, at + 14, 20, at + 24)
    put16(sink.bytes, at + 34, 1024 + (source & 0x7fff))
    put32(sink.bytes, at + 38, Math.imul(source, 0x85ebca6b))
    // The TCP checksum stays the template's: what a capture on a sending host with checksum offload shows.
  }
  sink.close()
  return sink.frameCount
}
