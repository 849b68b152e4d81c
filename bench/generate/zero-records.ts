/**
 * A pcap file of huge size that takes almost no disk: a hole of zero bytes, which reads as records of length zero at time
 * zero (what a preallocated, never written tail looks like), and real packets after it. Crosses 4 GiB and 2^31 records.
 */

import { closeSync, openSync, writeSync } from 'node:fs'
import { concat, later, ms, pcapHeader, pcapRecord, ping, START } from '../../test/traffic/index.ts'

export function writeZeroRecords(
  path: string,
  { zeroRecordCount, packetCount }: { readonly zeroRecordCount: number; readonly packetCount: number },
): number {
  const packets = Array.from({ length: packetCount }, (_, i) =>
    ping({
      originator: '10.0.0.1',
      responder: '10.0.0.2',
      answered: false,
      sequence: i,
      start: later(START, ms(i)),
    }),
  ).flat()
  const file = openSync(path, 'w')
  writeSync(file, pcapHeader(), 0, 24, 0)
  const tail = concat(...packets.map((frame) => pcapRecord(frame)))
  // Writing past the end leaves a hole; file systems without holes fill it with real zeros.
  writeSync(file, tail, 0, tail.length, 24 + zeroRecordCount * 16)
  closeSync(file)
  return zeroRecordCount + packetCount
}
