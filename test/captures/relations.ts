/**
 * One capture packaged in eight ways that must not change what is found in it (Chen, Cheung, Yiu, Metamorphic Testing, 1998): other
 * blocks, another hash secret, cut and merged, pcap and pcapng, the other byte order, the other resolution, another time,
 * compressed.
 */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { CaptureSummary } from '../../src/engine/index.ts'
import { FRAME_WITHOUT_TIME, FRAME_ZERO_FILLED } from '../../src/engine/capture/frame-batch.ts'
import { openCaptureFile } from '../../src/node/capture/capture-file.ts'
import { FileSource } from '../../src/node/capture/capture-source.ts'
import { DecompressedSource, detectCompression } from '../../src/node/decompress/decompress.ts'
import { readFrames, type ReadFrame } from '../readers-read-frames.ts'
import { concat, pcap, pcapng, type Frame, type PcapngInterface, type Random } from '../traffic/index.ts'
import { summaryOf, type WholeOptions } from './whole-analysis.ts'

export interface Difference {
  readonly relation: string
  /** Where the two summaries part. */
  readonly what: string
}

const DAY_SECONDS = 86_400

/** The frames as a capture that says only what every container can say; null where a frame has no ordinary time. */
export function canonicalFrames(bytes: Uint8Array): { frames: Frame[]; linkTypes: number[] } | null {
  const { frames } = readFrames(bytes)
  const linkTypes: number[] = []
  const plain: Frame[] = []
  for (const frame of frames) {
    if (!isOrdinary(frame)) return null
    if (!linkTypes.includes(frame.linkType)) linkTypes.push(frame.linkType)
    plain.push({
      time: { seconds: frame.seconds, nanoseconds: frame.nanoseconds },
      bytes: frame.bytes,
      originalLength: frame.originalLength,
      interfaceId: linkTypes.indexOf(frame.linkType),
    })
  }
  return plain.length === 0 ? null : { frames: plain, linkTypes }
}

function isOrdinary({ flags, seconds }: ReadFrame): boolean {
  return (flags & (FRAME_WITHOUT_TIME | FRAME_ZERO_FILLED)) === 0 && seconds >= 0 && seconds < 4_000_000_000
}

/** Every relation that the capture allows, and whether it held. `checked` counts the relations tried. */
export async function brokenRelations(
  bytes: Uint8Array,
  random: Random,
): Promise<{ readonly checked: number; readonly differences: readonly Difference[] }> {
  const canonical = canonicalFrames(bytes)
  if (canonical === null) return { checked: 0, differences: [] }
  const { frames, linkTypes } = canonical
  const interfaces = linkTypes.map((linkType) => ({ linkType, resolution: 9 }))
  const file = pcapng(frames, { interfaces })
  const whole = summaryOf(file)
  const differences: Difference[] = []
  let checked = 0
  const hold = (relation: string, other: CaptureSummary | Uint8Array, options: WholeOptions = {}): void => {
    checked += 1
    const found = other instanceof Uint8Array ? summaryOf(other, options) : other
    const what = firstDifference(contentOf(whole), contentOf(found), '')
    if (what !== null) differences.push({ relation, what })
  }

  hold('blocks', file, { nextBlockLength: () => random.between(1, 700) })
  hold('hash secret', file, { secret: [random.uint32() | 0, random.uint32() | 0, 3, random.uint32() | 0] })
  hold('cut and merged', file, {
    cutsAt: [random.between(0, frames.length), random.between(0, frames.length)],
  })
  hold('byte order', pcapng(frames, { interfaces, byteOrder: 'big' }))
  if (linkTypes.length === 1) {
    const [linkType] = linkTypes as [number]
    hold('pcap', pcap(frames, { linkType, resolution: 'ns' }))
    hold('pcap, other byte order', pcap(frames, { linkType, resolution: 'ns', byteOrder: 'big' }))
    if (frames.every(({ time }) => time.nanoseconds % 1_000 === 0)) {
      hold('microseconds', pcap(frames, { linkType, resolution: 'us' }))
      hold('microseconds in pcapng', pcapng(frames, { interfaces: [{ linkType, resolution: 6 }] }))
    }
  }
  hold('another time', shiftedBack(frames, interfaces, whole))
  for (const [name, packed] of await compressedForms(file)) hold(name, packed)
  return { checked, differences }
}

/** The capture some whole buckets later, with the times of its summary taken back, as text. */
function shiftedBack(
  frames: readonly Frame[],
  interfaces: readonly PcapngInterface[],
  whole: CaptureSummary,
): CaptureSummary {
  const shiftSeconds = Math.max(DAY_SECONDS, whole.bandwidth.bucketSeconds)
  const later = frames.map((frame) => ({
    ...frame,
    time: { seconds: frame.time.seconds + shiftSeconds, nanoseconds: frame.time.nanoseconds },
  }))
  const text = JSON.stringify(summaryOf(pcapng(later, { interfaces })))
  return JSON.parse(
    text.replace(
      /"(\d+)(\.\d{9})"/g,
      (_, seconds: string, fraction: string) => `"${Number(seconds) - shiftSeconds}${fraction}"`,
    ),
  ) as CaptureSummary
}

async function compressedForms(file: Uint8Array): Promise<[string, Uint8Array][]> {
  const folder = mkdtempSync(join(tmpdir(), 'relations-'))
  try {
    const plain = join(folder, 'plain')
    writeFileSync(plain, file)
    const half = file.length >> 1
    const forms: [string, Uint8Array][] = [
      ['gzip', gzipSync(file)],
      ['gzip of two members', concat(gzipSync(file.subarray(0, half)), gzipSync(file.subarray(half)))],
    ]
    for (const program of ['zstd', 'lz4']) {
      const packed = packedBy(program, plain)
      if (packed !== null) forms.push([program, packed])
    }
    const unpacked: [string, Uint8Array][] = []
    for (const [name, packed] of forms) {
      const path = join(folder, 'packed')
      writeFileSync(path, packed)
      unpacked.push([name, await unpackedBytes(path)])
    }
    return unpacked
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Null where the program is not installed. */
function packedBy(program: string, path: string): Uint8Array | null {
  try {
    return execFileSync(program, ['-q', '-c', path], {
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
    })
  } catch {
    return null
  }
}

async function unpackedBytes(path: string): Promise<Uint8Array> {
  const file = openCaptureFile(path)
  if ('kind' in file) throw new Error(file.message)
  const compression = detectCompression(file)
  if (compression === 'none') throw new Error(`${path} is not compressed`)
  const source = new DecompressedSource(new FileSource(file), compression)
  const parts: Uint8Array[] = []
  try {
    for (;;) {
      const block = new Uint8Array(1 << 16)
      const count = await source.read(block, 0, block.length)
      if (count === 0) return concat(...parts)
      parts.push(block.subarray(0, count))
    }
  } finally {
    file.close()
  }
}

/** The summary without what is true of the container alone. */
function contentOf({ capture, ...rest }: CaptureSummary): object {
  const { format: _, interfaces: __, ending: ___, ...content } = capture
  return { ...rest, capture: content }
}

function firstDifference(one: unknown, other: unknown, at: string): string | null {
  if (Object.is(one, other)) return null
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return `${at}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`
  }
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  for (const name of names) {
    const found = firstDifference(
      (one as Record<string, unknown>)[name],
      (other as Record<string, unknown>)[name],
      `${at}.${name}`,
    )
    if (found !== null) return found
  }
  return null
}
