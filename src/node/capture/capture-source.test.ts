import {
  appendFileSync,
  closeSync,
  openSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { captureOnDisk } from '../../../test/capture-on-disk.ts'
import { feedCapture, type OnBlock } from '../../../test/feed-capture.ts'
import { filled, pcap } from '../../../test/traffic/index.ts'
import { FrameBatch } from '../../engine/capture/frame-batch.ts'
import { OpenReader } from '../../engine/capture/open-reader.ts'
import type { CaptureFileHandle } from './capture-file.ts'
import { blockBytesFor } from './capture-source-feed.ts'
import { FileSource } from './capture-source.ts'

const onDisk = captureOnDisk('a.pcap')
const open = (content: Uint8Array): CaptureFileHandle => onDisk.open(content)

/** Read all that the source gives, `step` bytes at a time. */
function readAll(source: FileSource, step: number): number[] {
  const bytes = new Uint8Array(step + 2)
  const all: number[] = []
  for (let count = source.read(bytes, 1, step); count > 0; count = source.read(bytes, 1, step)) {
    all.push(...bytes.subarray(1, 1 + count))
  }
  return all
}

describe('FileSource', () => {
  it('gives the bytes of the file, and shows them to the listener', () => {
    const file = open(Uint8Array.of(1, 2, 3, 4, 5))
    const seen: number[] = []
    const source = new FileSource(file, (bytes, offset, length) =>
      seen.push(...bytes.subarray(offset, offset + length)),
    )
    expect(source.progress).toEqual({ bytesRead: 0, bytesTotal: 5 })
    expect(readAll(source, 2)).toEqual([1, 2, 3, 4, 5])
    expect(seen).toEqual([1, 2, 3, 4, 5])
    expect(source.progress).toEqual({ bytesRead: 5, bytesTotal: 5 })
    expect(source.issues).toEqual([])
    expect(source.interruption).toBeNull()
    file.close()
  })

  it('reads a growing file to where it ends when its first end is reached, and notes it', () => {
    const file = open(Uint8Array.of(1, 2))
    const source = new FileSource(file)
    appendFileSync(onDisk.path, Uint8Array.of(3))
    const bytes = new Uint8Array(1)
    expect(source.read(bytes, 0, 1)).toBe(1)
    expect(source.read(bytes, 0, 1)).toBe(1)
    expect(source.read(bytes, 0, 1)).toBe(1)
    expect(bytes).toEqual(Uint8Array.of(3))
    // Whoever goes on writing does not hold us any longer.
    appendFileSync(onDisk.path, Uint8Array.of(4))
    expect(source.read(bytes, 0, 1)).toBe(0)
    expect(source.issues).toEqual(['file-still-growing'])
    expect(source.progress).toEqual({ bytesRead: 3, bytesTotal: 3 })
    file.close()
  })

  it('is interrupted when the file becomes shorter', () => {
    const file = open(Uint8Array.of(1, 2, 3, 4))
    const source = new FileSource(file)
    const bytes = new Uint8Array(2)
    expect(source.read(bytes, 0, 2)).toBe(2)
    truncateSync(onDisk.path, 2)
    expect(source.read(bytes, 0, 2)).toBe(0)
    expect(source.interruption).toMatchObject({ kind: 'read-error' })
    expect(source.interruption?.detail).toContain('After 2 bytes')
    expect(source.read(bytes, 0, 2)).toBe(0)
    file.close()
  })

  it('is interrupted when reading fails', () => {
    const file = open(Uint8Array.of(1, 2, 3, 4))
    const source = new FileSource(file)
    closeSync(file.descriptor)
    expect(source.read(new Uint8Array(2), 0, 2)).toBe(0)
    expect(source.interruption?.detail).toContain('EBADF')
  })

  it('notes a file that was replaced while it was read, and reads the one that it opened', () => {
    const file = open(Uint8Array.of(1, 2, 3))
    const source = new FileSource(file)
    writeFileSync(`${onDisk.path}.new`, Uint8Array.of(9, 9, 9))
    renameSync(`${onDisk.path}.new`, onDisk.path)
    expect(readAll(source, 2)).toEqual([1, 2, 3])
    expect(source.issues).toContain('file-replaced-while-read')
    file.close()
  })

  it('notes a file that was written to in place', () => {
    const file = open(Uint8Array.of(1, 2, 3))
    const source = new FileSource(file)
    utimesSync(onDisk.path, 1, 1)
    readAll(source, 2)
    expect(source.issues).toEqual(['file-changed-while-read'])
    file.close()
  })
})

describe('blockBytesFor', () => {
  it.each([
    [1, 262_144],
    [64, 262_144],
    [128, 131_072],
    [1_024, 16_384],
    [100_000, 16_384],
  ])('of %i captures is %i', (captureCount, expected) => {
    expect(blockBytesFor(captureCount)).toBe(expected)
  })
})

describe('SourceFeed', () => {
  const frames = Array.from({ length: 2_000 }, (_, i) => ({
    time: { seconds: i, nanoseconds: 0 },
    bytes: filled(500, 1),
  }))
  const CAPTURE = pcap(frames)

  async function feed(file: CaptureFileHandle, onBlockToo: OnBlock = () => 'continue') {
    const reader = new OpenReader()
    const batch = new FrameBatch()
    let frameCount = 0
    const ending = await feedCapture(new FileSource(file), reader, (progress) => {
      while (reader.next(batch) > 0) frameCount += batch.count
      return onBlockToo(progress)
    })
    file.close()
    return { ending, frameCount, reader }
  }

  it('brings the whole file to the reader, block by block, and tells how far it is', async () => {
    const seen: number[] = []
    const { ending, frameCount } = await feed(open(CAPTURE), ({ bytesRead, bytesTotal }) => {
      expect(bytesTotal).toBe(CAPTURE.length)
      seen.push(bytesRead)
      return 'continue'
    })
    expect(frameCount).toBe(2_000)
    expect(ending).toEqual({ kind: 'complete', byteOffset: CAPTURE.length, detail: '' })
    expect(seen).toEqual([262_144, 524_288, 786_432, CAPTURE.length, CAPTURE.length])
  })

  it('stops when it is told to, and keeps what was read', async () => {
    const { ending, frameCount } = await feed(open(CAPTURE), ({ bytesRead }) =>
      bytesRead > 262_144 ? 'cancel' : 'continue',
    )
    expect(frameCount).toBe(Math.floor((524_288 - 24) / 516))
    expect(ending).toMatchObject({ kind: 'cancelled', byteOffset: 24 + 516 * frameCount })
    expect(ending?.detail).toContain(`524288 of ${CAPTURE.length} bytes`)
  })

  it('stops where the reader does', async () => {
    const damaged = CAPTURE.slice()
    damaged.set([0xff, 0xff, 0xff, 0xff], 24 + 516 + 8)
    const { ending, frameCount } = await feed(open(damaged))
    expect(frameCount).toBe(1)
    expect(ending).toMatchObject({ kind: 'record-too-long', byteOffset: 24 + 516 })
  })

  it('ends with read-error when the file becomes shorter, and keeps what was read', async () => {
    const { ending, frameCount } = await feed(open(CAPTURE), ({ bytesRead }) => {
      if (bytesRead === 262_144) truncateSync(onDisk.path, 262_144)
      return 'continue'
    })
    expect(frameCount).toBe(Math.floor((262_144 - 24) / 516))
    expect(ending).toMatchObject({ kind: 'read-error', byteOffset: 24 + 516 * frameCount })
  })

  it('hands the oddities of the file to the notes', async () => {
    const file = open(CAPTURE)
    const { reader, ending, frameCount } = await feed(file, ({ bytesRead }) => {
      if (bytesRead === CAPTURE.length) {
        const descriptor = openSync(onDisk.path, 'a')
        appendFileSync(descriptor, CAPTURE.subarray(24, 24 + 516))
        closeSync(descriptor)
      }
      return 'continue'
    })
    expect(ending?.kind).toBe('complete')
    expect(frameCount).toBe(2_001)
    expect(reader.notes.issues).toEqual([{ kind: 'file-still-growing', count: 1, firstFrame: null }])
  })
})
