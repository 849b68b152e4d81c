/** Our pcap reader against the package pcap-parser, on every capture that it can read: microseconds, version 2.4. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import pcapParser from 'pcap-parser'
import { describe, expect, it } from 'vitest'
import { SHARED } from './captures/shared-captures.ts'
import { readFrames } from './readers-read-frames.ts'
import { filled, pcap } from './traffic/index.ts'

interface Packet {
  readonly seconds: number
  readonly microseconds: number
  readonly capturedLength: number
  readonly originalLength: number
  readonly data: Buffer
}

/** It calls `new Buffer`, which Node warns of once. */
function readByPcapParser(capture: Uint8Array, blockSize: number): Promise<Packet[]> {
  const blocks: Buffer[] = []
  for (let at = 0; at < capture.length; at += blockSize)
    blocks.push(Buffer.from(capture.subarray(at, at + blockSize)))
  const packets: Packet[] = []
  return new Promise((resolve, reject) => {
    pcapParser
      .parse(Readable.from(blocks))
      .on('packet', ({ header, data }) => {
        packets.push({
          seconds: header.timestampSeconds,
          microseconds: header.timestampMicroseconds,
          capturedLength: header.capturedLength,
          originalLength: header.originalLength,
          data,
        })
      })
      .on('end', () => resolve(packets))
      .on('error', reject)
  })
}

function readByNta(capture: Uint8Array, blockSize: number): Packet[] {
  return readFrames(capture, blockSize).frames.map(
    ({ seconds, nanoseconds, capturedLength, originalLength, bytes }) => ({
      seconds,
      microseconds: nanoseconds / 1_000,
      capturedLength,
      originalLength,
      data: Buffer.from(bytes),
    }),
  )
}

/** Does pcap-parser know this format: microseconds in either byte order, version 2.4? */
function isReadable(capture: Uint8Array): boolean {
  const head = Buffer.from(capture.subarray(0, 8)).toString('hex')
  return head === 'd4c3b2a102000400' || head === 'a1b2c3d400020004'
}

/** Fractions of a second that are too large; we carry them over, pcap-parser hands them out. */
function hasOddFraction(packets: readonly Packet[]): boolean {
  return packets.some(({ microseconds }) => microseconds >= 1_000_000)
}

it('reads what the test builders write as pcap-parser does', async () => {
  const frames = Array.from({ length: 50 }, (_, i) => ({
    time: { seconds: i, nanoseconds: i * 1_000 },
    bytes: filled(i * 3, i),
  }))
  for (const byteOrder of ['little', 'big'] as const) {
    const capture = pcap(frames, { byteOrder, snaplen: 100 })
    const theirs = await readByPcapParser(capture, 1_000)
    expect(theirs).toHaveLength(50)
    expect(readByNta(capture, 7)).toEqual(theirs)
  }
})

const isAbsent = !existsSync(SHARED)

describe.skipIf(isAbsent)(`our reader (skipped where ${SHARED} is absent)`, () => {
  it('reads every capture as pcap-parser does, but for fractions that are no fractions', async () => {
    const lines = readFileSync(join(SHARED, 'manifest.tsv'), 'utf8').trim().split('\n').slice(1)
    const differing: string[] = []
    const odd: string[] = []
    let comparedCount = 0
    for (const line of lines) {
      const path = line.split('\t')[0] ?? ''
      const capture = readFileSync(join(SHARED, path))
      if (!isReadable(capture)) continue
      const theirs = await readByPcapParser(capture, 65_536)
      if (hasOddFraction(theirs)) {
        odd.push(path)
        continue
      }
      comparedCount += 1
      if (!isDeepStrictEqual(readByNta(capture, 65_536), theirs)) differing.push(path)
    }
    expect(differing).toEqual([])
    expect(odd).toHaveLength(4)
    expect(comparedCount).toBeGreaterThan(1_500)
  })
})
