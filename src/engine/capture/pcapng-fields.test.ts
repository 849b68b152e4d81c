import { describe, expect, it } from 'vitest'
import { HEAD, packet, rawPacket, readPcapng, words } from '../../../test/readers-pcapng-blocks.ts'
import { issueCounts } from '../../../test/readers-read-frames.ts'
import {
  block,
  blockOptions,
  bytes,
  concat,
  enhancedPacket,
  filled,
  interfaceDescription,
  sectionHeader,
  simplePacket,
  text,
} from '../../../test/traffic/index.ts'
import { CAPTURED_LENGTH_MAX } from './capture-reader.ts'
import { FRAME_WITHOUT_TIME, FRAME_ZERO_FILLED } from './frame-batch.ts'

describe('PcapngReader, with a Simple Packet Block', () => {
  it('gives its frame the time of the frame before it, and none before the first', () => {
    const capture = concat(
      HEAD,
      simplePacket(filled(4)),
      packet(7),
      simplePacket(filled(4)),
      simplePacket(filled(4)),
    )
    for (const blockSize of [1, 60, capture.length]) {
      const { frames } = readPcapng(capture, blockSize)
      const [, timed] = frames
      expect(timed!.seconds + timed!.nanoseconds).toBeGreaterThan(0)
      const times = frames.map(({ seconds, nanoseconds }) => [seconds, nanoseconds])
      const held = [timed!.seconds, timed!.nanoseconds]
      expect(times, `blocks of ${blockSize}`).toEqual([[0, 0], held, held, held])
    }
  })

  it.each([
    ['the original length', 0, 9, 9],
    ['the snaplen of the interface', 5, 9, 5],
    ['the room in the block', 0, 4_000_000_000, 12],
  ])('cuts the frame at %s', (_, snaplen, original, captured) => {
    const capture = concat(
      sectionHeader(),
      interfaceDescription({ snaplen }),
      simplePacket(filled(12), original),
    )
    const { frames, ending } = readPcapng(capture)
    expect(frames).toMatchObject([
      {
        capturedLength: captured,
        originalLength: original,
        seconds: 0,
        nanoseconds: 0,
        flags: FRAME_WITHOUT_TIME,
      },
    ])
    expect(ending.kind).toBe('complete')
  })

  it('needs an interface', () => {
    expect(readPcapng(concat(sectionHeader(), simplePacket(filled(4)))).ending).toMatchObject({
      kind: 'unknown-interface',
      byteOffset: 28,
    })
  })

  it('stops at one of more bytes than any frame has', () => {
    const { ending } = readPcapng(concat(HEAD, simplePacket(filled(CAPTURED_LENGTH_MAX + 4))))
    expect(ending).toMatchObject({ kind: 'record-too-long', byteOffset: HEAD.length })
  })
})

describe('PcapngReader, with options', () => {
  it('keeps comments of sections, interfaces and packets, with the number of the frame', () => {
    const comment = [{ code: 1, value: text('hello') }]
    const section = block(0x0a0d_0d0a, concat(words(0x1a2b_3c4d, 1), filled(8, 0xff), blockOptions(comment)))
    const one = block(1, concat(words(1, 0), blockOptions(comment)))
    const commented = enhancedPacket(
      { time: { seconds: 1, nanoseconds: 0 }, bytes: filled(3), comment: '<b>' },
      {},
    )
    const { reader } = readPcapng(concat(section, one, packet(1), commented))
    expect(reader.notes.comments).toEqual([
      { frame: null, text: 'hello' },
      { frame: null, text: 'hello' },
      { frame: 2, text: '<b>' },
    ])
  })

  it('passes over the options of a packet that it does not know, and their end mark', () => {
    const options = blockOptions([
      { code: 2, value: words(1) },
      { code: 0x8001, value: filled(5) },
    ])
    const { frames, ending, reader } = readPcapng(
      concat(HEAD, rawPacket([0, 0, 0, 1, 1], concat(filled(4), options))),
    )
    expect(frames).toHaveLength(1)
    expect(ending.kind).toBe('complete')
    expect(reader.notes.issues).toEqual([])
  })

  it.each([
    ['by very much', bytes('0100 ffff 6161 6161')],
    ['by one byte', bytes('0100 0500 6161 6161')],
    ['by its whole length', bytes('0100 0100')],
  ])('keeps a packet whose option overruns the block %s', (_, options) => {
    const capture = concat(HEAD, rawPacket([0, 0, 0, 1, 1], concat(filled(4), options)), packet(2))
    const { frames, ending, reader } = readPcapng(capture)
    expect(frames).toHaveLength(2)
    expect(ending.kind).toBe('complete')
    expect(reader.notes.issues).toEqual([{ kind: 'option-overruns-block', count: 1, firstFrame: 1 }])
    expect(reader.notes.comments).toEqual([])
  })

  it('keeps the default resolution where the option has the wrong length', () => {
    const options = blockOptions([{ code: 9, value: bytes('0909') }])
    const { reader } = readPcapng(concat(sectionHeader(), block(1, concat(words(1, 0), options))))
    expect(reader.interfaces).toMatchObject([{ timestampResolution: '10^-6' }])
    expect(issueCounts(reader)).toEqual({ 'option-wrong-length': 1 })
  })

  it('takes the first of an option that is there twice', () => {
    const options = blockOptions([
      { code: 9, value: bytes('03') },
      { code: 9, value: bytes('09') },
    ])
    const { reader } = readPcapng(concat(sectionHeader(), block(1, concat(words(1, 0), options))))
    expect(reader.interfaces).toMatchObject([{ timestampResolution: '10^-3' }])
    expect(issueCounts(reader)).toEqual({ 'duplicate-option': 1 })
  })

  it('notes the length of the frame check sequence', () => {
    const options = blockOptions([{ code: 13, value: bytes('04') }])
    const { reader } = readPcapng(concat(sectionHeader(), block(1, concat(words(1, 0), options))))
    expect(reader.interfaces).toMatchObject([{ fcsLength: 4 }])
  })
})

describe('PcapngReader, with times', () => {
  it.each([
    [0, 1_700_000_000, 1_700_000_000, 0],
    [3, 5, 5, 7_000_000],
    [6, 1_700_000_000, 1_700_000_000, 7_000],
    [0x80 + 10, 5, 5, 6_835_937],
    [0x80 + 30, 1_700_000_000, 1_700_000_000, 6],
  ])('reads ticks of resolution %i', (resolution, seconds, readSeconds, readNanoseconds) => {
    const perSecond = resolution & 0x80 ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution)
    const ticks = BigInt(seconds) * perSecond + (perSecond > 1n ? 7n : 0n)
    const one = rawPacket([0, Number(ticks >> 32n), Number(ticks & 0xffff_ffffn), 0, 0], filled(0))
    const { frames } = readPcapng(concat(sectionHeader(), interfaceDescription({ resolution }), one))
    expect(frames).toMatchObject([{ seconds: readSeconds, nanoseconds: readNanoseconds }])
  })

  it.each([3_600, -3_600, -2_000_000_000])('adds an offset of %i seconds', (offsetSeconds) => {
    const head = concat(sectionHeader(), interfaceDescription({ offsetSeconds }))
    const { frames, reader } = readPcapng(concat(head, packet(1, 1_700_000_000)))
    expect(frames).toMatchObject([{ seconds: 1_700_000_000 + offsetSeconds, nanoseconds: 0 }])
    expect(reader.notes.issues).toEqual([])
  })

  it('holds a time beyond what a double counts exactly, and notes it', () => {
    const head = concat(sectionHeader(), interfaceDescription({ resolution: 0 }))
    const { frames, reader } = readPcapng(
      concat(head, rawPacket([0, 0xffff_ffff, 0xffff_ffff, 0, 0], filled(0))),
    )
    expect(frames).toMatchObject([{ seconds: Number.MAX_SAFE_INTEGER }])
    expect(issueCounts(reader)).toEqual({ 'timestamp-out-of-range': 1 })
  })

  it('notes a resolution that no clock has', () => {
    const { reader } = readPcapng(concat(sectionHeader(), interfaceDescription({ resolution: 0x80 + 127 })))
    expect(issueCounts(reader)).toEqual({ 'timestamp-resolution-implausible': 1 })
  })

  it('flags a packet of nothing but zeros', () => {
    const { frames, reader } = readPcapng(
      concat(HEAD, rawPacket([0, 0, 0, 0, 0], filled(0)), packet(0, 0), packet(0, 1)),
    )
    expect(frames.map(({ flags }) => flags)).toEqual([FRAME_ZERO_FILLED, FRAME_ZERO_FILLED, 0])
    expect(issueCounts(reader)).toEqual({ 'zero-filled-record': 2 })
  })
})
