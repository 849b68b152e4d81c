import { describe, expect, it } from 'vitest'
import { readFrames } from '../../../test/readers-read-frames.ts'
import { concat, filled, pcap, pcapng, text } from '../../../test/traffic/index.ts'
import { CAPTURE_LIMITS } from './capture-limits.ts'
import { FrameBatch } from './frame-batch.ts'
import { OpenReader } from './open-reader.ts'
import { pushBytes } from './push-bytes.ts'

const FRAMES = [1, 2, 3].map((seconds) => ({
  time: { seconds, nanoseconds: 0 },
  bytes: filled(40 + seconds),
}))

describe('OpenReader', () => {
  it.each([
    ['pcap', pcap(FRAMES)],
    ['pcapng', pcapng(FRAMES)],
  ])('recognises %s in blocks of any size', (format, capture) => {
    for (const blockSize of [1, 2, 3, 7, capture.length]) {
      const { frames, ending, reader } = readFrames(capture, blockSize, new OpenReader())
      expect(frames.map(({ seconds }) => seconds)).toEqual([1, 2, 3])
      expect(ending).toEqual({ kind: 'complete', byteOffset: capture.length, detail: '' })
      expect(reader.format).toBe(format)
      expect(reader.interfaces).toHaveLength(1)
      expect(reader.byteOffset).toBe(capture.length)
    }
  })

  it('says of an empty file that it is empty', () => {
    expect(readFrames(filled(0), 1, new OpenReader()).ending).toMatchObject({
      kind: 'empty-file',
      byteOffset: 0,
    })
  })

  it('waits for enough bytes to name what is no capture', () => {
    const reader = new OpenReader()
    const batch = new FrameBatch()
    pushBytes(reader, text('PK\x03'))
    expect(reader.next(batch)).toBe(0)
    expect(reader.ending).toBeNull()
    pushBytes(reader, text('\x04 and so on'))
    expect(reader.next(batch)).toBe(0)
    expect(reader.ending).toBeNull()
    reader.finish()
    expect(reader.next(batch)).toBe(0)
    expect(reader.ending).toMatchObject({ kind: 'unsupported-format', byteOffset: 0 })
    expect(reader.ending?.detail).toContain('ZIP')
  })

  it('does not wait for the end of a large file that is no capture', () => {
    const reader = new OpenReader()
    pushBytes(reader, filled(4_096, 0x61))
    reader.next(new FrameBatch())
    expect(reader.ending?.kind).toBe('not-a-capture')
  })

  it('has an ending of its own, and nothing else, for what is no capture', () => {
    const { frames, reader } = readFrames(text('hello, world'), 5, new OpenReader())
    expect(frames).toEqual([])
    expect(reader.interfaces).toEqual([])
    expect(reader.notes.issues).toEqual([])
    expect(reader.byteOffset).toBe(0)
  })

  it('tells why the bytes stopped when there are too few to tell anything else', () => {
    const because = { kind: 'truncated-compression', detail: 'cut' } as const
    const few = new OpenReader()
    pushBytes(few, filled(3, 0xa1))
    few.finish(because)
    few.next(new FrameBatch())
    expect(few.ending).toEqual({ ...because, byteOffset: 0 })
    const enough = new OpenReader()
    pushBytes(enough, text('text'))
    enough.finish(because)
    enough.next(new FrameBatch())
    expect(enough.ending?.kind).toBe('not-a-capture')
  })

  it('hands the reason and the notes of the host to the reader that it chooses', () => {
    const reader = new OpenReader()
    reader.notes.addIssue('garbage-after-gzip', null)
    pushBytes(reader, pcap(FRAMES))
    reader.finish({ kind: 'read-error', detail: 'gone' })
    const batch = new FrameBatch()
    expect(reader.next(batch)).toBe(3)
    expect(reader.next(batch)).toBe(0)
    expect(reader.ending?.kind).toBe('read-error')
    expect(reader.notes.issues).toEqual([{ kind: 'garbage-after-gzip', count: 1, firstFrame: null }])
  })

  it('begins with as much memory as it is told, and grows for a long record', () => {
    const long = pcap([{ time: { seconds: 1, nanoseconds: 0 }, bytes: filled(200_000) }])
    const reader = new OpenReader(CAPTURE_LIMITS, 65_536)
    expect(reader.writable(1).bytes.length).toBe(65_536)
    expect(readFrames(concat(long), 10_000, reader).frames).toHaveLength(1)
  })
})
