import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytes, concat, filled, patched, pcap, pcapHeader, pcapRecord } from '../../../test/traffic/index.ts'
import { issueCounts, readFrames } from '../../../test/readers-read-frames.ts'
import { CAPTURED_LENGTH_MAX } from './capture-reader.ts'
import { FRAME_BATCH_MAX, FRAME_BYTES_SKIPPED, FRAME_ZERO_FILLED, FrameBatch } from './frame-batch.ts'
import { PcapReader } from './pcap-reader.ts'
import { pushBytes } from './push-bytes.ts'

const LITTLE_ENDIAN = bytes(`
  d4c3 b2a1            magic: microseconds, little-endian
  0200 0400            version 2.4
  0000 0000 0000 0000  time zone and accuracy, never used
  0000 0400            snaplen 262,144
  0100 0000            Ethernet
  4079 7d65            1,702,721,856 seconds
  15cd 0700            511,253 microseconds
  0400 0000            4 bytes captured
  3c00 0000            60 bytes on the wire
  dead beef
`)

const BIG_ENDIAN_NANOSECONDS = bytes(`
  a1b2 3c4d            magic: nanoseconds, big-endian
  0002 0004            version 2.4
  0000 0000 0000 0000
  0000 0060            snaplen 96
  0000 0071            Linux cooked capture
  ffff ffff            the last second that 32 bits hold, in 2106
  3b9a c9ff            999,999,999 nanoseconds
  0000 0002            2 bytes captured
  ffff ffff            4,294,967,295 bytes on the wire
  cafe
`)

const HEADER_LENGTH = 24
const RECORD_HEADER_LENGTH = 16

/** A record whose header is written word by word, little-endian. */
function record(
  seconds: number,
  fraction: number,
  first: number,
  second: number,
  data: Uint8Array,
): Uint8Array {
  const header = new Uint8Array(RECORD_HEADER_LENGTH)
  const view = new DataView(header.buffer)
  ;[seconds, fraction, first, second].forEach((word, i) => view.setUint32(4 * i, word, true))
  return concat(header, data)
}

function frameOf(length: number, seconds = 1): Uint8Array {
  return pcapRecord({ time: { seconds, nanoseconds: 0 }, bytes: filled(length, 7) })
}

function read(capture: Uint8Array, blockSize = 262_144) {
  return readFrames(capture, blockSize, new PcapReader())
}

describe('PcapReader', () => {
  it('reads a little-endian capture of microseconds', () => {
    const { frames, ending, reader } = read(LITTLE_ENDIAN)
    expect(frames).toEqual([
      {
        seconds: 1_702_721_856,
        nanoseconds: 511_253_000,
        capturedLength: 4,
        originalLength: 60,
        interfaceIndex: 0,
        linkType: 1,
        flags: 0,
        bytes: bytes('dead beef'),
      },
    ])
    expect(ending).toEqual({ kind: 'complete', byteOffset: LITTLE_ENDIAN.length, detail: '' })
    expect(reader.interfaces).toEqual([
      {
        id: 0,
        linkType: 1,
        snaplen: 262_144,
        timestampResolution: '10^-6',
        name: null,
        description: null,
        fcsLength: null,
        packetCount: 1,
        droppedCount: null,
        receivedCount: null,
      },
    ])
  })

  it('reads a big-endian capture of nanoseconds', () => {
    const { frames, reader } = read(BIG_ENDIAN_NANOSECONDS)
    expect(frames).toMatchObject([
      {
        seconds: 4_294_967_295,
        nanoseconds: 999_999_999,
        capturedLength: 2,
        originalLength: 4_294_967_295,
        linkType: 113,
      },
    ])
    expect(reader.interfaces).toMatchObject([{ timestampResolution: '10^-9', snaplen: 96 }])
  })

  it.each(['little', 'big'] as const)(
    'reads the modified format, whose record headers are 8 bytes longer (%s)',
    (byteOrder) => {
      const plain = pcapHeader({ byteOrder })
      const magic = byteOrder === 'little' ? bytes('34cd b2a1') : bytes('a1b2 cd34')
      const one = pcapRecord(
        { time: { seconds: 5, nanoseconds: 6_000 }, bytes: bytes('0102 03') },
        { byteOrder },
      )
      const modified = concat(one.subarray(0, 16), bytes('0200 0000 0800 0000'), one.subarray(16))
      const { frames, ending } = read(concat(patched(plain, 0, magic), modified, modified))
      expect(frames).toMatchObject([
        { seconds: 5, nanoseconds: 6_000, bytes: bytes('0102 03') },
        { seconds: 5, nanoseconds: 6_000, bytes: bytes('0102 03') },
      ])
      expect(ending.kind).toBe('complete')
    },
  )

  it.each([
    ['0100 0024', 4],
    ['0100 0000', null],
    ['0100 2402', null],
    ['0100 ff4f', 8],
  ])(
    'takes the lower 16 bits for the link type and some upper ones for the check sequence: %s',
    (word, fcsLength) => {
      const { reader, frames } = read(concat(patched(pcapHeader(), 20, bytes(word)), frameOf(10)))
      expect(reader.interfaces).toMatchObject([{ linkType: 1, fcsLength }])
      expect(frames).toMatchObject([{ linkType: 1 }])
    },
  )

  it.each([
    [[2, 4], [10, 20], 10, 20],
    [[2, 3], [10, 20], 10, 20],
    [[2, 3], [20, 10], 10, 20],
    [[2, 2], [20, 10], 10, 20],
    [[2, 0], [20, 10], 10, 20],
    [[543, 0], [20, 10], 10, 20],
    [[2, 7], [10, 20], 10, 20],
  ] as const)(
    'in version %j takes the lengths %j for captured %i and original %i',
    (version, lengths, captured, original) => {
      const capture = concat(pcapHeader({ version }), record(1, 0, lengths[0], lengths[1], filled(10)))
      const { frames, ending } = read(capture)
      expect(frames).toMatchObject([{ capturedLength: captured, originalLength: original }])
      expect(ending.kind).toBe('complete')
    },
  )

  it.each([
    [2, 4, 0],
    [2, 2, 0],
    [2, 5, 1],
    [543, 0, 1],
  ])('notes version %i.%i as unusual %i times', (major, minor, count) => {
    const { reader } = read(concat(pcapHeader({ version: [major, minor] })))
    expect(issueCounts(reader)['unusual-version'] ?? 0).toBe(count)
  })

  it.each([
    [1, 4],
    [3, 0],
    [543, 1],
  ])('refuses version %i.%i', (major, minor) => {
    const { frames, ending } = read(concat(pcapHeader({ version: [major, minor] }), frameOf(10)))
    expect(frames).toEqual([])
    expect(ending).toMatchObject({ kind: 'unsupported-version', byteOffset: 0 })
    expect(ending.detail).toContain(`${major}.${minor}`)
  })

  it('reads the same in blocks of any size', () => {
    const frames = Array.from({ length: 300 }, (_, i) => frameOf((i * 37) % 200, i))
    const capture = concat(pcapHeader(), ...frames)
    const whole = read(capture)
    expect(whole.frames).toHaveLength(300)
    for (const blockSize of [1, 2, 3, 7, 16, 4_096, 65_536]) {
      expect(read(capture, blockSize).frames).toEqual(whole.frames)
      expect(read(capture, blockSize).ending).toEqual(whole.ending)
    }
  })

  it('cut after any byte gives the frames before it, and where the first cut one begins', () => {
    const lengths = [0, 5, 60]
    const capture = concat(pcapHeader(), ...lengths.map((length) => frameOf(length)))
    const starts = [24, 40, 61, 137]
    for (let length = HEADER_LENGTH; length <= capture.length; length++) {
      const whole = starts.filter((start) => start <= length).length - 1
      const { frames, ending } = read(capture.subarray(0, length))
      expect(frames).toHaveLength(whole)
      expect(ending.byteOffset).toBe(starts[whole])
      expect(ending.kind).toBe(length === starts[whole] ? 'complete' : 'truncated-record')
    }
  })

  it.each([0, 1, 4, 23])('cut after %i bytes has no file header', (length) => {
    const { ending } = read(LITTLE_ENDIAN.subarray(0, length))
    expect(ending).toMatchObject({ kind: 'truncated-file-header', byteOffset: 0 })
  })

  it.each([CAPTURED_LENGTH_MAX + 1, 0x7fff_ffff, 0xffff_ffff])(
    'stops at a record of %i bytes, and keeps those before it',
    (captured) => {
      const capture = concat(pcapHeader(), frameOf(10), record(1, 0, captured, captured, filled(300_000)))
      const { frames, ending } = read(capture)
      expect(frames).toHaveLength(1)
      expect(ending).toMatchObject({ kind: 'record-too-long', byteOffset: HEADER_LENGTH + 26 })
      expect(ending.detail).toContain(String(captured))
    },
  )

  it('reads a record of the greatest length', () => {
    const { frames, ending } = read(concat(pcapHeader(), frameOf(CAPTURED_LENGTH_MAX), frameOf(1)))
    expect(frames.map(({ capturedLength }) => capturedLength)).toEqual([CAPTURED_LENGTH_MAX, 1])
    expect(ending.kind).toBe('complete')
  })

  it('keeps frames with more bytes captured than there were, and notes them', () => {
    const { frames, reader } = read(concat(pcapHeader(), frameOf(5), record(1, 0, 10, 9, filled(10))))
    expect(frames).toMatchObject([{}, { capturedLength: 10, originalLength: 9 }])
    expect(reader.notes.issues).toEqual([{ kind: 'captured-longer-than-original', count: 1, firstFrame: 2 }])
  })

  it.each([
    [0, 0],
    [0xffff_ffff, 0],
    [100, 0],
    [99, 1],
  ])('with snaplen %i notes a frame of 100 bytes %i times', (snaplen, count) => {
    const header = patched(pcapHeader(), 16, new Uint8Array(Uint32Array.of(snaplen).buffer))
    const { frames, reader } = read(concat(header, frameOf(100)))
    expect(frames).toHaveLength(1)
    expect(issueCounts(reader)['captured-longer-than-snaplen'] ?? 0).toBe(count)
  })

  it.each([
    ['us', 999_999, 100, 999_999_000, 0],
    ['us', 1_000_000, 101, 0, 1],
    ['us', 0xffff_ffff, 4_394, 967_295_000, 1],
    ['ns', 999_999_999, 100, 999_999_999, 0],
    ['ns', 1_000_000_000, 101, 0, 1],
    ['ns', 0xffff_ffff, 104, 294_967_295, 1],
  ] as const)('carries a fraction over (%s, %i)', (resolution, fraction, seconds, nanoseconds, count) => {
    const { frames, reader } = read(
      concat(pcapHeader({ resolution }), record(100, fraction, 0, 0, filled(0))),
    )
    expect(frames).toMatchObject([{ seconds, nanoseconds }])
    expect(issueCounts(reader)['fraction-out-of-range'] ?? 0).toBe(count)
  })

  it('flags records of nothing but zeros, and no others', () => {
    const zeros = filled(RECORD_HEADER_LENGTH)
    const capture = concat(
      pcapHeader(),
      frameOf(1),
      zeros,
      zeros,
      record(0, 1, 0, 0, zeros.subarray(16)),
      frameOf(0),
    )
    const { frames, reader } = read(capture)
    expect(frames.map(({ flags }) => flags)).toEqual([0, FRAME_ZERO_FILLED, FRAME_ZERO_FILLED, 0, 0])
    expect(reader.notes.issues).toEqual([{ kind: 'zero-filled-record', count: 2, firstFrame: 2 }])
  })

  it('lists issues in the order of their frames, whatever the size of the blocks', () => {
    const capture = concat(pcapHeader(), filled(RECORD_HEADER_LENGTH), record(1, 0, 1, 0, filled(1)))
    const kinds = [1, capture.length].map((blockSize) =>
      read(capture, blockSize).reader.notes.issues.map(({ kind }) => kind),
    )
    expect(kinds).toEqual(Array(2).fill(['zero-filled-record', 'captured-longer-than-original']))
  })

  it('ends as the host says when the bytes stopped coming, and still hands out the frames before', () => {
    for (const rest of [filled(0), filled(7), record(1, 0, 10, 10, filled(3))]) {
      const reader = new PcapReader()
      pushBytes(reader, concat(pcapHeader(), frameOf(10), rest))
      reader.finish({ kind: 'read-error', detail: 'the disk said no' })
      const batch = new FrameBatch()
      expect(reader.next(batch)).toBe(1)
      expect(reader.ending).toBeNull()
      expect(reader.next(batch)).toBe(0)
      expect(reader.ending).toEqual({ kind: 'read-error', byteOffset: 50, detail: 'the disk said no' })
      expect(reader.next(batch)).toBe(0)
    }
  })

  it('prefers its own reason to that of the host', () => {
    const reader = new PcapReader()
    pushBytes(reader, concat(pcapHeader(), record(1, 0, 0xffff_ffff, 0, filled(0))))
    reader.finish({ kind: 'cancelled', detail: '' })
    reader.next(new FrameBatch())
    expect(reader.ending?.kind).toBe('record-too-long')
  })

  it('leaves nothing of one batch in the next', () => {
    const zeros = filled(RECORD_HEADER_LENGTH * FRAME_BATCH_MAX)
    const { frames } = read(concat(pcapHeader(), zeros, frameOf(9, 4)))
    expect(frames.at(-1)).toMatchObject({
      flags: 0,
      seconds: 4,
      capturedLength: 9,
      interfaceIndex: 0,
      linkType: 1,
    })
  })

  it('never throws, and never claims bytes that are not there, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.integer({ min: 1, max: 50 }),
        (garbage, blockSize) => {
          const capture = concat(pcapHeader(), garbage)
          const { frames, ending } = read(capture, blockSize)
          expect(ending.byteOffset).toBeLessThanOrEqual(capture.length)
          for (const { capturedLength, bytes: data, nanoseconds } of frames) {
            expect(data).toHaveLength(capturedLength)
            expect(nanoseconds).toBeGreaterThanOrEqual(0)
            expect(nanoseconds).toBeLessThan(1_000_000_000)
          }
          const read16 = HEADER_LENGTH + frames.reduce((sum, frame) => sum + 16 + frame.capturedLength, 0)
          expect(ending.byteOffset).toBe(read16)
        },
      ),
    )
  })
})

describe('PcapReader with records longer than a batch may hold', () => {
  const LINKTYPE_DBUS = 231
  const LENGTH = CAPTURED_LENGTH_MAX + 100_001
  const long = record(8, 1_000_001, LENGTH, LENGTH + 1, filled(LENGTH, 9))
  const capture = concat(pcapHeader({ linkType: LINKTYPE_DBUS, snaplen: 0 }), frameOf(3), long, frameOf(4))

  it('keeps their first bytes and lets the rest go by', () => {
    for (const blockSize of [262_144, 10_007, capture.length]) {
      const { frames, ending, reader } = read(capture, blockSize)
      expect(frames.map(({ capturedLength }) => capturedLength)).toEqual([3, CAPTURED_LENGTH_MAX, 4])
      expect(frames[1]).toMatchObject({
        seconds: 9,
        nanoseconds: 1_000,
        originalLength: LENGTH + 1,
        linkType: LINKTYPE_DBUS,
        flags: FRAME_BYTES_SKIPPED,
      })
      expect(frames[1]?.bytes.every((byte) => byte === 9)).toBe(true)
      expect(ending).toMatchObject({ kind: 'complete', byteOffset: capture.length })
      expect(reader.notes.capturedBytesNotKept).toBe(100_001)
      expect(issueCounts(reader)).toEqual({ 'fraction-out-of-range': 1, 'captured-bytes-skipped': 1 })
      expect(reader.interfaces).toMatchObject([{ packetCount: 3 }])
    }
  })

  it('does not count one that is cut, and says where it began', () => {
    for (const length of [43 + 16, 43 + 16 + CAPTURED_LENGTH_MAX, capture.length - 21]) {
      const { frames, ending } = read(capture.subarray(0, length))
      expect(frames).toHaveLength(1)
      expect(ending).toMatchObject({ kind: 'truncated-record', byteOffset: 43 })
    }
  })

  it('stops beyond the limit of the link type', () => {
    const header = pcapHeader({ linkType: LINKTYPE_DBUS })
    const { ending } = read(concat(header, record(1, 0, 128 * 1_048_576 + 1, 0, filled(0))))
    expect(ending).toMatchObject({ kind: 'record-too-long', byteOffset: HEADER_LENGTH })
  })
})

it('reads what the builders of test captures write', () => {
  const frames = [{ time: { seconds: 1, nanoseconds: 2_000 }, bytes: filled(64) }]
  expect(read(pcap(frames)).frames).toMatchObject([{ seconds: 1, nanoseconds: 2_000, capturedLength: 64 }])
})
