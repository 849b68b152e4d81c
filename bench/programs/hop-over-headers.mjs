/**
 * The floor for a program in Node: reads a little-endian pcap in blocks of 256 KiB and hops from record header to record
 * header, summing lengths, nothing else: `node hop-over-headers.mjs FILE`.
 */

import console from 'node:console'
import { closeSync, openSync, readSync } from 'node:fs'
import process from 'node:process'

const BLOCK_LENGTH = 256 * 1024

const path = process.argv[2] ?? ''
let packetCount = 0
let byteCount = 0
hop()
console.log(packetCount, byteCount)

function hop() {
  const file = openSync(path, 'r')
  const block = new Uint8Array(BLOCK_LENGTH)
  // How far into the next block the next record header begins, and the bytes of a header cut by the block's end.
  let next = 24
  let kept = 0
  for (;;) {
    const read = readSync(file, block, kept, BLOCK_LENGTH - kept, null)
    if (read === 0) break
    const end = kept + read
    while (next + 16 <= end) {
      const capturedLength =
        block[next + 8] | (block[next + 9] << 8) | (block[next + 10] << 16) | (block[next + 11] << 24)
      packetCount++
      byteCount += capturedLength
      next += 16 + capturedLength
    }
    kept = Math.max(0, end - next)
    if (kept > 0) block.copyWithin(0, next, end)
    next = kept > 0 ? 0 : next - end
  }
  closeSync(file)
}
