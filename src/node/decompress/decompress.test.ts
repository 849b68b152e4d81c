import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { captureOnDisk } from '../../../test/capture-on-disk.ts'
import { feedCapture } from '../../../test/feed-capture.ts'
import { bytes, concat, filled, pcap, text } from '../../../test/traffic/index.ts'
import { FrameBatch } from '../../engine/capture/frame-batch.ts'
import { OpenReader } from '../../engine/capture/open-reader.ts'
import type { CaptureFileHandle } from '../capture/capture-file.ts'
import { FileSource } from '../capture/capture-source.ts'
import {
  DECOMPRESSION_LIMITS,
  DecompressedSource,
  detectCompression,
  type Compression,
} from './decompress.ts'
import { HAS_NATIVE_ZSTD } from './zstd.ts'

const onDisk = captureOnDisk('capture')
const open = (content: Uint8Array): CaptureFileHandle => onDisk.open(content)

/** Unpack all of it. `kind` is that of the interruption, `complete` when there was none. */
async function unpack(content: Uint8Array, compression: Compression, limits = DECOMPRESSION_LIMITS) {
  const file = open(content)
  const source = new DecompressedSource(new FileSource(file), compression, limits)
  const block = new Uint8Array(50_000)
  const parts: Uint8Array[] = []
  for (
    let count = await source.read(block, 3, 49_000);
    count > 0;
    count = await source.read(block, 3, 49_000)
  ) {
    parts.push(block.slice(3, 3 + count))
  }
  await source.close()
  file.close()
  return { output: concat(...parts), kind: source.interruption?.kind ?? 'complete', source }
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** 20 frames of 60 bytes, 1,544 bytes in all, as zstd and lz4 compressed them. */
const SMALL_SHA256 = '948f414150765e22fba71ae989b4450b826e0dd94504c231b9b55e8dcebe37f4'
const SMALL_ZSTD = Buffer.from(
  'KLUv/WQIBY0EABJEDxXQPRDqPKgAVmkDHkKKkCKkCGGSKaXvOdcaY2splRJC5xhTCiFjCBHCA+DebQoZIjzwZsgyXm5+fvZJqw1RqPB4mdaQ' +
    'eBgOMgocgoYv/NeNsL0bIG8YB6+IfhGrL/M7gLTRungC8pXafcTtEOUN4+AV0S9i9WV+B5AWGDe8JEgLO2ndn6RUvS1Mdu7+BxkdoY63',
  'base64',
)
const SMALL_LZ4 = Buffer.from(
  'BCJNGHRAvQYBAACG1MOyoQIABAABADAEAAEHADDxU2UHABM8BAC/AAECAwQFBgcICQoLAB5XAfFTZQFMAA5FAA9QABdXAvFTZQJMAA+VACaHBQYH' +
    'A/FTZQNMAB8K5QApR/FTZQRMAB8G5QAoVwXxU2UFTAAfAuUAKFcG8VNlBkwAHwnlAChXB/FTZQdMAB8F5QAoVwjxU2UITAAPXwIoZwUJ8VNlCUwA' +
    'D18CKGcBCvFTZQpMAA9fAihvCAvxU2ULRAM0XwzxU2UMRAM0Xw3xU2UNRAM0Xw7xU2UORAM0Xw/xU2UPRAM0XxDxU2UQRAM0XxHxU2URRAM0XxLx' +
    'U2USRAM0XxPxU2UTRAMvUAECAwQFxXv2fAAAAAD2n3+X',
  'base64',
)

describe('detectCompression', () => {
  it.each([
    ['gzip', gzipSync('x')],
    ['zstd', SMALL_ZSTD],
    ['lz4', SMALL_LZ4],
    ['zstd', concat(bytes('502a 4d18 0300 0000 616263'), bytes('5f2a 4d18 0000 0000'), SMALL_ZSTD)],
    ['lz4', concat(bytes('502a 4d18 0300 0000 616263'), SMALL_LZ4)],
    ['none', pcap([])],
    ['none', bytes('1f8b')],
    ['none', bytes('1f8b 07')],
    ['none', bytes('502a 4d18 0300 0000 6162')],
    ['none', bytes('502a 4d18 ffff ffff 6162')],
    ['none', concat(...Array.from({ length: 20 }, () => bytes('502a 4d18 0000 0000')), SMALL_ZSTD)],
  ])('tells %s by content', (compression, content) => {
    const file = open(content)
    expect(detectCompression(file)).toBe(compression)
    file.close()
  })
})

describe('DecompressedSource', () => {
  it.each([
    ['zstd', SMALL_ZSTD],
    ['lz4', SMALL_LZ4],
  ] as const)('unpacks %s', async (compression, packed) => {
    const { output, kind, source } = await unpack(packed, compression)
    expect(kind).toBe('complete')
    expect(sha256(output)).toBe(SMALL_SHA256)
    expect(source.progress).toEqual({ bytesRead: packed.length, bytesTotal: packed.length })
  })

  it.each(['zstd', 'lz4', 'gzip'] as const)(
    'is truncated-compression when the file is cut anywhere (%s)',
    async (compression) => {
      const small = (await unpack(SMALL_ZSTD, 'zstd')).output
      const packed = { zstd: SMALL_ZSTD, lz4: SMALL_LZ4, gzip: gzipSync(small) }[compression]
      for (let length = 1; length < packed.length; length++) {
        const { output, kind } = await unpack(packed.subarray(0, length), compression)
        expect(kind, `cut at ${length}`).toBe('truncated-compression')
        expect(output).toEqual(small.subarray(0, output.length))
      }
    },
  )

  it.each(['zstd', 'lz4', 'gzip'] as const)(
    'notices a damaged byte, and gives nothing but what was there (%s)',
    async (compression) => {
      const small = (await unpack(SMALL_ZSTD, 'zstd')).output
      const packed = { zstd: SMALL_ZSTD, lz4: SMALL_LZ4, gzip: gzipSync(small) }[compression]
      // Bytes 3 to 9 of a gzip header say when and where it was written, and no checksum is over them.
      const first = compression === 'gzip' ? 10 : 4
      // The decoder of a Node that has none of its own keeps the memory of each damaged file, so it gets few of them.
      const step = compression === 'zstd' && !HAS_NATIVE_ZSTD ? 20 : 1
      for (let position = first; position < packed.length; position += step) {
        const damaged = new Uint8Array(packed)
        damaged[position]! ^= 0xff
        const { kind } = await unpack(damaged, compression)
        expect(kind, `byte ${position}`).not.toBe('complete')
      }
    },
  )

  it('tells a disk that fails from a file that is cut', async () => {
    const file = open(SMALL_ZSTD)
    const source = new DecompressedSource(
      new FileSource({ ...file, byteCount: SMALL_ZSTD.length + 1 }),
      'zstd',
    )
    const block = new Uint8Array(10_000)
    let outputBytes = 0
    for (let count = -1; count !== 0; outputBytes += count) count = await source.read(block, 0, 10_000)
    // The frame is whole; the byte that is missing comes to light when the end is looked for.
    expect(outputBytes).toBe(1_544)
    expect(source.interruption).toMatchObject({ kind: 'read-error' })
    file.close()
  })

  it.each([
    ['gzip', gzipSync(filled(3_000_000))],
    ['lz4', lz4Zeros(50)],
    ['zstd', zstdZeros(50)],
  ] as const)('stops at a bomb (%s)', async (compression, packed) => {
    const limits = { outputBytesMax: 1_000_000_000, ratioMax: 200, ratioFromBytes: 1_000_000 }
    const byRatio = await unpack(packed, compression, limits)
    expect(byRatio.kind).toBe('compression-bomb')
    expect(byRatio.output.length).toBeLessThan(2_800_000)
    const byLength = await unpack(packed, compression, { ...DECOMPRESSION_LIMITS, outputBytesMax: 500_000 })
    expect(byLength.kind).toBe('compression-bomb')
    expect(byLength.source.interruption?.detail).toContain('500000')
    const allowed = await unpack(packed, compression, DECOMPRESSION_LIMITS)
    expect(allowed.kind).toBe('complete')
    expect(allowed.output.length).toBeGreaterThanOrEqual(3_000_000)
  })

  it('gives up when it is closed, and gives nothing afterwards', async () => {
    for (const [compression, packed] of [
      ['gzip', gzipSync(filled(3_000_000))],
      ['zstd', zstdZeros(50)],
      ['lz4', lz4Zeros(50)],
    ] as const) {
      const file = open(packed)
      const source = new DecompressedSource(new FileSource(file), compression)
      const block = new Uint8Array(100)
      expect(await source.read(block, 0, 100)).toBe(100)
      await source.close()
      await source.close()
      while ((await source.read(block, 0, 100)) > 0);
      expect(source.interruption).toBeNull()
      file.close()
    }
  })
})

describe('SourceFeed of a compressed file', () => {
  const CAPTURE = pcap(
    Array.from({ length: 5_000 }, (_, i) => ({
      time: { seconds: i, nanoseconds: 0 },
      bytes: Uint8Array.from({ length: 200 }, (_byte, j) => (i * j) >> 2),
    })),
  )

  async function feed(content: Uint8Array, compression: Compression, cancelAfter = Infinity) {
    const file = open(content)
    const reader = new OpenReader()
    const batch = new FrameBatch()
    const seen: number[] = []
    let frameCount = 0
    const ending = await feedCapture(
      new DecompressedSource(new FileSource(file), compression),
      reader,
      (progress) => {
        while (reader.next(batch) > 0) frameCount += batch.count
        seen.push(progress.bytesRead)
        expect(progress.bytesTotal).toBe(content.length)
        return frameCount > cancelAfter ? 'cancel' : 'continue'
      },
    )
    file.close()
    return { ending, frameCount, seen }
  }

  it('reads what is inside, and tells how much of the file on disk is read', async () => {
    const packed = gzipSync(CAPTURE)
    const { ending, frameCount, seen } = await feed(packed, 'gzip')
    expect(frameCount).toBe(5_000)
    expect(ending).toEqual({ kind: 'complete', byteOffset: CAPTURE.length, detail: '' })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(packed.length)
  })

  it('keeps the frames before the cut', async () => {
    const packed = gzipSync(CAPTURE)
    const { ending, frameCount } = await feed(packed.subarray(0, packed.length / 2), 'gzip')
    expect(frameCount).toBeGreaterThan(1_000)
    expect(ending).toMatchObject({ kind: 'truncated-compression', byteOffset: 24 + 216 * frameCount })
  })

  it('stops when it is told to', async () => {
    const { ending, frameCount } = await feed(gzipSync(CAPTURE), 'gzip', 1_000)
    expect(ending?.kind).toBe('cancelled')
    expect(frameCount).toBeGreaterThan(1_000)
    expect(frameCount).toBeLessThan(5_000)
  })

  it('says what is inside when that is compressed again', async () => {
    const { ending } = await feed(gzipSync(SMALL_ZSTD), 'gzip')
    expect(ending).toMatchObject({ kind: 'unsupported-format' })
    expect(ending?.detail).toContain('Zstandard')
  })

  describe.each([
    ['zstd', ['-q', '-19', '--long=27', '-c']],
    ['zstd', ['-q', '-1', '--no-check', '-c']],
    ['lz4', ['-q', '-9', '-c']],
    ['lz4', ['-q', '-1', '-BD', '-B4', '-BX', '-c']],
    ['lz4', ['-q', '-1', '--content-size', '-B7', '-c']],
    ['gzip', ['-9', '-c']],
  ] as const)('from %s %j', (program, options) => {
    const isAbsent = spawnSync(program, ['--version']).error !== undefined

    it.skipIf(isAbsent)('reads one and two in a row (skipped where that program is absent)', async () => {
      writeFileSync(onDisk.path, CAPTURE)
      const packed = execFileSync(program, [...options, onDisk.path], { maxBuffer: 1e8 })
      const once = await unpack(packed, program)
      expect(once.kind).toBe('complete')
      expect(sha256(once.output)).toBe(sha256(CAPTURE))
      const twice = await unpack(concat(packed, packed), program)
      expect(twice.kind).toBe('complete')
      expect(sha256(twice.output)).toBe(sha256(concat(CAPTURE, CAPTURE)))
    })
  })
})

it('takes no output for the end of the file', async () => {
  // An empty member, an empty frame: nothing comes out, and what follows does.
  const member = concat(gzipSync(''), gzipSync(text('abc')))
  expect((await unpack(member, 'gzip')).output).toEqual(text('abc'))
  const frame = concat(zstdZeros(0), zstdZeros(1))
  expect((await unpack(frame, 'zstd')).output).toEqual(filled(131_072))
})

/** A Zstandard frame of `count` blocks that each repeat a zero 131,072 times (RFC 8878, 3.1.1.2). */
function zstdZeros(count: number): Uint8Array {
  const header = bytes('28b5 2ffd 0038')
  // Type 1 is one byte repeated; the size stands above three bits; the last block has bit 0 set.
  const repeated = (isLast: boolean): Uint8Array => concat(bytes(isLast ? '0300 10' : '0200 10'), filled(1))
  if (count === 0) return concat(header, bytes('0100 00'))
  return concat(header, ...Array.from({ length: count }, (_, i) => repeated(i === count - 1)))
}

/** An LZ4 frame of `count` blocks of 65,536 zeros: one literal, a match of all but six bytes, five literals. */
function lz4Zeros(count: number): Uint8Array {
  const matchLength = 65_536 - 1 - 5
  const further = matchLength - 4 - 15
  const lengthBytes = concat(filled(Math.floor(further / 255), 255), Uint8Array.of(further % 255))
  const sequence = concat(bytes('1f 00 0100'), lengthBytes, bytes('50 0000 0000 00'))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, sequence.length, true)
  const block = concat(length, sequence)
  return concat(bytes('0422 4d18 6040 82'), ...Array.from({ length: count }, () => block), filled(4))
}
