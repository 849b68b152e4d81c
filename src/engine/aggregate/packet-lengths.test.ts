import { expect, it } from 'vitest'
import { FrameBatch } from '../capture/frame-batch.ts'
import { LENGTH_BIN_MINS, PacketLengths } from './packet-lengths.ts'

it.each([
  [0, 0],
  [19, 0],
  [20, 1],
  [39, 1],
  [40, 2],
  [79, 2],
  [80, 3],
  [159, 3],
  [160, 4],
  [639, 5],
  [640, 6],
  [1279, 6],
  [1280, 7],
  [2559, 7],
  [2560, 8],
  [5119, 8],
  [5120, 9],
  [4_294_967_295, 9],
])('counts a packet of %i bytes in bin %i', (length, bin) => {
  const batch = new FrameBatch()
  batch.count = 1
  batch.originalLength[0] = length
  const lengths = new PacketLengths()
  lengths.observe(batch)
  expect(lengths.packetCount.indexOf(1)).toBe(bin)
  expect(lengths.byteCount[bin]).toBe(length)
  expect(length).toBeGreaterThanOrEqual(LENGTH_BIN_MINS[bin]!)
})
