import { describe, expect, it } from 'vitest'
import { HEAD, packet, rawPacket, readPcapng, words } from '../../../test/readers-pcapng-blocks.ts'
import { issueCounts } from '../../../test/readers-read-frames.ts'
import {
  block,
  blockOptions,
  concat,
  filled,
  interfaceDescription,
  patched,
  sectionHeader,
  text,
} from '../../../test/traffic/index.ts'
import { CAPTURE_LIMITS } from './capture-limits.ts'
import { CAPTURED_LENGTH_MAX } from './capture-reader.ts'
import { FRAME_BYTES_SKIPPED } from './frame-batch.ts'

const LINKTYPE_DBUS = 231

describe('PcapngReader with more than it keeps in memory', () => {
  const limits = { ...CAPTURE_LIMITS, blockLengthMax: 1_000 }

  it('lists some interfaces, and one for all others', () => {
    const few = { ...CAPTURE_LIMITS, listedInterfaceCountMax: 2 }
    const interfaces = [1, 113, 101, 105, 9].map((linkType) => interfaceDescription({ linkType, name: 'if' }))
    const packets = [0, 1, 2, 3, 4, 3].map((id) => packet(1, 1, id))
    const { frames, reader } = readPcapng(concat(sectionHeader(), ...interfaces, ...packets), 100, few)
    expect(frames.map(({ interfaceIndex }) => interfaceIndex)).toEqual([0, 1, 2, 2, 2, 2])
    expect(frames.map(({ linkType }) => linkType)).toEqual([1, 113, 101, 105, 9, 105])
    expect(reader.interfaces).toMatchObject([
      { packetCount: 1 },
      { packetCount: 1 },
      { packetCount: 4, name: null, description: 'all further interfaces' },
    ])
    expect(issueCounts(reader)).toEqual({ 'interface-not-listed': 3 })
  })

  it('keeps 256 characters of an interface’s name and description', () => {
    const long = interfaceDescription({ name: 'n'.repeat(4_000), description: 'd'.repeat(4_000) })
    const { reader } = readPcapng(concat(sectionHeader(), long), 100)
    expect(reader.interfaces).toMatchObject([{ name: 'n'.repeat(256), description: 'd'.repeat(256) }])
  })

  it.each([
    ['an unknown block', 0x7777, 'unknown-block'],
    ['names', 4, 'block-skipped'],
    ['statistics', 5, 'block-skipped'],
  ])('passes over %s that is too long, without holding it', (_, type, issue) => {
    const capture = concat(HEAD, packet(1), block(type, filled(2_000_000, 1)), packet(2))
    for (const blockSize of [7_777, 262_144]) {
      const { frames, ending, reader } = readPcapng(capture, blockSize, limits)
      expect(frames).toHaveLength(2)
      expect(ending).toEqual({ kind: 'complete', byteOffset: capture.length, detail: '' })
      expect(issueCounts(reader)).toEqual({ [issue]: 1 })
      expect(reader.writable(1).bytes.length).toBeLessThanOrEqual(1_048_576)
    }
  })

  it('counts a block that went by at the frame after it, however many frames came at once', () => {
    const capture = concat(HEAD, packet(1), packet(2), packet(3), block(0x7777, filled(2_000)), packet(4))
    for (const blockSize of [1, 50, 1_000, capture.length]) {
      const { reader } = readPcapng(capture, blockSize, limits)
      expect(reader.notes.issues, `blocks of ${blockSize}`).toEqual([
        { kind: 'unknown-block', count: 1, firstFrame: 4 },
      ])
    }
  })

  it('finds the end of such a block wrong, or missing', () => {
    const long = block(0x7777, filled(3_000))
    const wrong = readPcapng(concat(HEAD, patched(long, long.length - 4, words(16))), 100, limits)
    expect(wrong.ending).toMatchObject({ kind: 'block-length-mismatch', byteOffset: HEAD.length })
    const cut = readPcapng(concat(HEAD, long.subarray(0, 2_000)), 100, limits)
    expect(cut.ending).toMatchObject({ kind: 'truncated-record', byteOffset: HEAD.length })
    expect(cut.ending.detail).toContain('2000 bytes into a block of type 0x00007777')
  })

  it.each([
    ['a packet', block(6, concat(words(0, 0, 0, 4, 4), filled(3_000)))],
    ['an interface', block(1, filled(3_000))],
    ['a section', patched(block(0x0a0d_0d0a, filled(3_000)), 8, words(0x1a2b_3c4d))],
  ])('stops at %s in a block that is too long', (_, damaged) => {
    // Also when all of it happens to be in memory, or the blocks that the bytes come in would decide.
    for (const blockSize of [100, 262_144]) {
      const { frames, ending } = readPcapng(concat(HEAD, damaged), blockSize, limits)
      expect(frames).toEqual([])
      expect(ending).toMatchObject({ kind: 'bad-block-length', byteOffset: HEAD.length })
    }
  })

  it('keeps the first bytes of a long packet and lets the rest go by', () => {
    const head = concat(sectionHeader(), interfaceDescription({ linkType: LINKTYPE_DBUS }))
    const length = CAPTURED_LENGTH_MAX + 100_001
    const comment = blockOptions([{ code: 1, value: text('passed over') }])
    const long = rawPacket(
      [0, 0, 2_000_001, length, length - 1],
      concat(filled(length, 9), filled(3), comment),
    )
    const capture = concat(head, packet(1), long, packet(2))
    for (const blockSize of [9_999, 262_144, capture.length]) {
      const { frames, ending, reader } = readPcapng(capture, blockSize)
      expect(frames.map(({ capturedLength }) => capturedLength)).toEqual([1, CAPTURED_LENGTH_MAX, 2])
      expect(frames[1]).toMatchObject({
        seconds: 2,
        nanoseconds: 1_000,
        originalLength: length - 1,
        flags: FRAME_BYTES_SKIPPED,
        linkType: LINKTYPE_DBUS,
      })
      expect(frames[1]?.bytes.every((byte) => byte === 9)).toBe(true)
      expect(ending).toEqual({ kind: 'complete', byteOffset: capture.length, detail: '' })
      expect(reader.notes.capturedBytesNotKept).toBe(100_001)
      expect(reader.interfaces).toMatchObject([{ packetCount: 3 }])
      expect(issueCounts(reader)).toEqual({ 'captured-bytes-skipped': 1, 'captured-longer-than-original': 1 })
    }
    const start = head.length + 36
    for (const end of [start + 28, start + 300_000, start + long.length - 1]) {
      const cut = readPcapng(capture.subarray(0, end), 50_000)
      expect(cut.frames).toHaveLength(1)
      expect(cut.ending).toMatchObject({ kind: 'truncated-record', byteOffset: start })
    }
  })
})
