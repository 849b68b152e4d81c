import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFrames } from '../../../test/readers-read-frames.ts'
import {
  concat,
  filled,
  interfaceDescription,
  pcap,
  pcapng,
  sectionHeader,
  simplePacket,
  text,
} from '../../../test/traffic/index.ts'
import { CAPTURE_LIMITS } from './capture-limits.ts'
import { FrameBatch } from './frame-batch.ts'
import { InterfaceCeiling } from './interface-ceiling.ts'
import { MERGED_CAPTURE_COUNT_MAX, MergedReader } from './merge-captures.ts'
import { OpenReader } from './open-reader.ts'

/** One frame for each time, in microseconds; its length tells the capture apart. */
function captureOf(length: number, ...times: number[]): Uint8Array {
  return pcap(
    times.map((time) => ({
      time: { seconds: Math.floor(time / 1e6), nanoseconds: (time % 1e6) * 1_000 },
      bytes: filled(length, length),
    })),
  )
}

interface Merged {
  readonly frames: readonly (readonly [length: number, microseconds: number])[]
  readonly batchLengths: readonly number[]
  readonly merged: MergedReader
}

/** Feed every capture in blocks as the merged reader asks for them. */
function merge(
  captures: readonly Uint8Array[],
  blockSize = 100,
  readers = captures.map(() => new OpenReader()),
  listedInterfaceCountMax?: number,
): Merged {
  const merged = new MergedReader(
    readers.map((reader, i) => ({ name: `capture ${i}`, reader })),
    listedInterfaceCountMax,
  )
  const offsets = captures.map(() => 0)
  const batch = new FrameBatch()
  const frames: [number, number][] = []
  const batchLengths: number[] = []
  for (let turns = 0; merged.ending === null; turns++) {
    if (turns > 100_000) throw new Error('the merge does not come to an end')
    while (merged.next(batch) > 0) {
      batchLengths.push(batch.count)
      for (let i = 0; i < batch.count; i++) {
        const length = batch.capturedLength[i]!
        const data = batch.bytes.subarray(batch.offset[i], batch.offset[i]! + length)
        expect(data.every((byte) => byte === length)).toBe(true)
        frames.push([length, batch.seconds[i]! * 1e6 + batch.nanoseconds[i]! / 1_000])
      }
    }
    const index = merged.waitingIndex
    const part = captures[index]!.subarray(offsets[index], offsets[index]! + blockSize)
    offsets[index]! += part.length
    if (part.length === 0) merged.finish()
    else {
      const room = merged.writable(part.length)
      room.bytes.set(part, room.offset)
      merged.commit(part.length)
    }
  }
  return { frames, batchLengths, merged }
}

describe('MergedReader', () => {
  it('hands out the frames of all captures in order of time', () => {
    const { frames, merged } = merge([captureOf(1, 10, 30, 50), captureOf(2, 20, 40), captureOf(3, 5, 60)])
    expect(frames).toEqual([
      [3, 5],
      [1, 10],
      [2, 20],
      [1, 30],
      [2, 40],
      [1, 50],
      [3, 60],
    ])
    expect(merged.ending).toMatchObject({ kind: 'complete', detail: '' })
  })

  it('sorts as a stable sort of all frames does, when each capture is in order', () => {
    const times = fc
      .array(fc.integer({ min: 0, max: 40 }), { maxLength: 300 })
      .map((list) => list.sort((a, b) => a - b))
    fc.assert(
      fc.property(
        fc.array(times, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 20, max: 9_000 }),
        (lists, blockSize) => {
          const expected = lists
            .flatMap((list, i) => list.map((time) => [i + 1, time] as const))
            .sort((a, b) => a[1] - b[1])
          expect(
            merge(
              lists.map((list, i) => captureOf(i + 1, ...list)),
              blockSize,
            ).frames,
          ).toEqual(expected)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('keeps the frames of one capture in its order, even where time goes back', () => {
    const { frames } = merge([captureOf(1, 50, 10, 60), captureOf(2, 20, 55)])
    expect(frames).toEqual([
      [2, 20],
      [1, 50],
      [1, 10],
      [2, 55],
      [1, 60],
    ])
  })

  it('fills its batches where captures do not overlap', () => {
    const first = captureOf(1, ...Array.from({ length: 300 }, (_, i) => i))
    const second = captureOf(2, ...Array.from({ length: 300 }, (_, i) => 1_000 + i))
    expect(merge([second, first], 1_000_000).batchLengths).toEqual([128, 128, 44, 128, 128, 44])
  })

  it('hands out a frame without time right behind the one before it', () => {
    const timeless = concat(
      sectionHeader(),
      interfaceDescription(),
      simplePacket(filled(4, 4)),
      pcapng([{ time: { seconds: 0, nanoseconds: 30_000 }, bytes: filled(3, 3) }]),
      simplePacket(filled(5, 5)),
    )
    const { frames } = merge([captureOf(1, 10, 31), timeless])
    expect(frames).toEqual([
      [4, 0],
      [1, 10],
      [3, 30],
      [5, 30],
      [1, 31],
    ])
  })

  it('numbers the interfaces of all captures and counts what it handed out', () => {
    const frame = (interfaceId: number, seconds: number) => ({
      time: { seconds, nanoseconds: 0 },
      bytes: filled(9, 9),
      interfaceId,
    })
    const many = pcapng([frame(1, 1), frame(0, 3), frame(1, 5)], {
      interfaces: [{ name: 'a' }, { name: 'b', linkType: 113, snaplen: 77 }],
    })
    const { merged } = merge([captureOf(1, 2e6), many, captureOf(2, 4e6, 6e6)])
    const rows = merged.interfaces.map(({ id, name, linkType, packetCount }) => [
      id,
      name,
      linkType,
      packetCount,
    ])
    expect(rows).toEqual([
      [0, null, 1, 1],
      [1, 'a', 1, 1],
      [2, 'b', 113, 2],
      [3, null, 1, 2],
    ])
  })

  it('lists as many interfaces as its readers may together, and one for all others', () => {
    const limits = { ...CAPTURE_LIMITS, listedInterfaceCountMax: 3 }
    const ceiling = new InterfaceCeiling(limits)
    const frame = (interfaceId: number, seconds: number) => ({
      time: { seconds, nanoseconds: 0 },
      bytes: filled(1, 1),
      interfaceId,
    })
    const names = ['a', 'b'].map((name) => ({ name }))
    const one = pcapng([frame(0, 1), frame(1, 4), frame(1, 7)], { interfaces: names })
    const two = pcapng([frame(0, 2), frame(1, 5), frame(1, 8)], { interfaces: names })
    const three = pcapng([frame(0, 3), frame(1, 6)], { interfaces: names })
    const readers = [1, 2, 3].map(() => new OpenReader(limits, 4_096, ceiling))
    const { merged } = merge([one, two, three], 100, readers, 3)
    expect(merged.interfaces.map(({ id, name, packetCount }) => [id, name, packetCount])).toEqual([
      [0, 'a', 1],
      [1, 'b', 2],
      [2, 'a', 1],
      [3, null, 4],
    ])
    expect(merged.notes.issues).toEqual([{ kind: 'interface-not-listed', count: 3, firstFrame: null }])
    // The readers hold no more than that: each one that is full has one entry for the rest.
    expect(readers.map(({ interfaces }) => interfaces.length)).toEqual([2, 2, 1])
  })

  it('counts what readers list beyond its own ceiling', () => {
    const { merged } = merge([captureOf(1, 1), captureOf(1, 2), captureOf(1, 3)], 100, undefined, 1)
    expect(merged.interfaces.map(({ id, packetCount }) => [id, packetCount])).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(merged.notes.issues).toEqual([{ kind: 'interface-not-listed', count: 2, firstFrame: null }])
  })

  it('adds up the notes, without frame numbers that would mislead', () => {
    const one = concat(captureOf(1, 1), filled(16), filled(16))
    const { merged } = merge([one, one, pcapng([], { application: 'app' })])
    expect(merged.notes.issues).toEqual([{ kind: 'zero-filled-record', count: 4, firstFrame: null }])
    expect(merged.notes.application).toBe('app')
    expect(merged.notes.sectionCount).toBe(1)
    merged.notes.addIssue('file-still-growing', null)
    expect(merged.notes.issues).toContainEqual({ kind: 'file-still-growing', count: 1, firstFrame: null })
  })

  it('goes on with the others when one is damaged, and then says which', () => {
    const cut = captureOf(2, 20, 40).subarray(0, 50)
    const { frames, merged } = merge([captureOf(1, 10, 30), cut, cut])
    expect(frames).toEqual([
      [1, 10],
      [2, 20],
      [2, 20],
      [1, 30],
    ])
    expect(merged.ending).toMatchObject({ kind: 'truncated-record', byteOffset: 42 })
    expect(merged.ending?.detail).toMatch(/^capture 1: .* 1 more of the captures did not end well\.$/)
  })

  it('stops before the first frame when one is no capture at all', () => {
    const { frames, merged } = merge([captureOf(1, 10), text('not a capture, really')])
    expect(frames).toEqual([])
    expect(merged.ending).toMatchObject({ kind: 'not-a-capture', byteOffset: 0 })
    expect(merged.ending?.detail).toMatch(/^capture 1: /)
  })

  it('ends every capture when it is cancelled, after the frames at hand', () => {
    const merged = new MergedReader([1, 2].map((i) => ({ name: `${i}`, reader: new OpenReader() })))
    const captures = [captureOf(1, 10, 30), captureOf(2, 20, 40)]
    const batch = new FrameBatch()
    for (const capture of captures) {
      expect(merged.next(batch)).toBe(0)
      const room = merged.writable(capture.length)
      room.bytes.set(capture, room.offset)
      merged.commit(capture.length)
    }
    merged.finish({ kind: 'cancelled', detail: 'enough' })
    let count = 0
    while (merged.next(batch) > 0) count += batch.count
    expect(count).toBe(4)
    expect(merged.ending).toMatchObject({ kind: 'cancelled' })
  })

  it('is of one capture what its reader is', () => {
    const capture = captureOf(7, ...Array.from({ length: 400 }, (_, i) => i * 3))
    const alone = readFrames(capture).frames.map(({ capturedLength, seconds, nanoseconds }) => [
      capturedLength,
      seconds * 1e6 + nanoseconds / 1_000,
    ])
    expect(merge([capture], 5_000).frames).toEqual(alone)
  })

  it('takes as many captures as it says, and no more', () => {
    const captures = Array.from({ length: MERGED_CAPTURE_COUNT_MAX + 1 }, (_, i) => ({
      name: `${i}`,
      reader: new OpenReader(undefined, 64),
    }))
    expect(() => new MergedReader(captures)).toThrow(RangeError)
    expect(() => new MergedReader([])).toThrow(RangeError)
    expect(new MergedReader(captures.slice(1)).ending).toBeNull()
  })
})
