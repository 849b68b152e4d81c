/** Captures the specs open: small ones from the traffic builders, large ones from one frame written over and over. */

import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import {
  dnsLookup,
  ethernet,
  hostScan,
  hostSweep,
  httpVisit,
  inTimeOrder,
  ipv4,
  later,
  ms,
  pcap,
  pcapHeader,
  portScan,
  range,
  START,
  udp,
} from '../../test/traffic/index.ts'

/** Web and name traffic of three clients, a port scan of one host, and a sweep of one port. */
export function writeOfficeCapture(path: string): void {
  const visits = range(0, 39).flatMap((i) =>
    httpVisit({
      originator: `10.0.0.${10 + (i % 3)}`,
      responder: '10.0.0.80',
      originatorPort: 40_000 + i,
      start: later(START, i * ms(250)),
    }),
  )
  const names = range(0, 19).flatMap((i) =>
    dnsLookup({
      originator: `10.0.0.${10 + (i % 3)}`,
      responder: '10.0.0.53',
      name: `host${i}.example.org`,
      originatorPort: 50_000 + i,
      start: later(START, i * ms(500)),
    }),
  )
  const scan = portScan({
    scanner: '10.0.0.66',
    target: '10.0.0.80',
    ports: range(1, 120),
    openPorts: [22, 80],
    start: later(START, ms(4000)),
  })
  const sweep = hostScan({
    scanner: '10.0.0.67',
    firstTarget: '10.0.1.1',
    targetCount: 60,
    port: 445,
    start: later(START, ms(6000)),
  })
  writeFileSync(path, pcap(inTimeOrder(visits, names, scan, sweep)))
}

/** Web traffic of a client, and one ping sweep that only one threshold of one rule decides about: 21 addresses of 24 are silent. */
export function writeSweepCapture(path: string): void {
  const visits = range(0, 9).flatMap((i) =>
    httpVisit({
      originator: '10.0.0.10',
      responder: '10.0.0.80',
      originatorPort: 40_000 + i,
      start: later(START, i * ms(250)),
    }),
  )
  const sweep = hostSweep({
    scanner: '10.0.0.68',
    firstTarget: '10.0.2.1',
    targetCount: 24,
    by: 'icmp-echo',
    everyAnswers: 8,
    start: later(START, ms(1000)),
  })
  writeFileSync(path, pcap(inTimeOrder(visits, sweep)))
}

/** Visits alone, cut in the middle of a record. Answers with the byte where the cut record begins or lies. */
export function writeCutCapture(path: string): number {
  const whole = pcap(
    httpVisit({ originator: '10.0.0.10', responder: '10.0.0.80', originatorPort: 40_000, start: START }),
  )
  const length = whole.length - 7
  writeFileSync(path, whole.subarray(0, length))
  return length
}

export function writeForeignFile(path: string): void {
  writeFileSync(
    path,
    'This is a shopping list: milk, bread, and nothing that was ever captured.\n'.repeat(20),
  )
}

/**
 * A capture of `conversationCount` UDP conversations of one packet each, a microsecond apart: as many rows as wanted
 * from little writing. Sources, ports and lengths differ, so that sorting and filtering have something to do.
 */
export function writeManyConversations(path: string, conversationCount: number, payloadBytes = 18): void {
  const frame = ethernet(
    {},
    ipv4(
      { source: '10.0.0.1', destination: '172.16.0.1' },
      udp({ sourcePort: 1024, destinationPort: 9999 }, new Uint8Array(payloadBytes)),
    ),
  )
  const sourceAt = 26
  const sourcePortAt = 34
  const record = new Uint8Array(16 + frame.length)
  record.set(frame, 16)
  const view = new DataView(record.buffer)
  view.setUint32(8, frame.length, true)
  view.setUint32(12, frame.length, true)

  const perBlock = 4096
  const block = new Uint8Array(record.length * perBlock)
  const file = openSync(path, 'w')
  writeSync(file, pcapHeader())
  let used = 0
  for (let i = 0; i < conversationCount; i++) {
    view.setUint32(0, START.seconds + Math.floor(i / 1_000_000), true)
    view.setUint32(4, i % 1_000_000, true)
    view.setUint32(16 + sourceAt, 0x0a000000 + ((i >>> 5) & 0xffffff))
    view.setUint16(16 + sourcePortAt, 1024 + (i % 32) * 1777)
    block.set(record, used)
    used += record.length
    if (used === block.length) {
      writeSync(file, block)
      used = 0
    }
  }
  writeSync(file, block.subarray(0, used))
  closeSync(file)
}
