import { describe, expect, it } from 'vitest'
import { HEAD, packet, rawPacket, readPcapng, words } from '../../../test/readers-pcapng-blocks.ts'
import { readFrames } from '../../../test/readers-read-frames.ts'
import {
  block,
  bytes,
  concat,
  filled,
  interfaceDescription,
  patched,
  sectionHeader,
} from '../../../test/traffic/index.ts'
import { CAPTURE_LIMITS } from './capture-limits.ts'
import { CAPTURED_LENGTH_MAX } from './capture-reader.ts'
import { PcapngReader } from './pcapng-reader.ts'

describe('PcapngReader ends', () => {
  const GOOD = concat(HEAD, packet(3))

  it.each([
    ['bad-block-length', block(6, filled(0)), 4, 0],
    ['bad-block-length', packet(1), 4, 8],
    ['bad-block-length', packet(1), 4, 37],
    ['bad-block-length', packet(1), 4, 0xffff_fffc],
    ['block-too-short', block(6, filled(16)), 0, 6],
    ['block-too-short', block(1, filled(4)), 0, 1],
    ['block-too-short', block(5, filled(8)), 0, 5],
    ['block-length-mismatch', packet(1), 32, 40],
    ['packet-exceeds-block', packet(4), 20, 5],
    ['packet-exceeds-block', packet(4), 20, 0xffff_fffe],
    ['unknown-interface', packet(4), 8, 1],
    ['unknown-interface', packet(4), 8, 0xffff_ffff],
    [
      'record-too-long',
      rawPacket([0, 0, 0, CAPTURED_LENGTH_MAX + 1, 0], filled(CAPTURED_LENGTH_MAX + 1)),
      8,
      0,
    ],
  ])('with %s, where that block begins', (kind, damaged, offset, word) => {
    const capture = concat(GOOD, patched(damaged, offset, words(word)), packet(9))
    const { frames, ending } = readPcapng(capture)
    expect(frames).toHaveLength(1)
    expect(ending).toMatchObject({ kind, byteOffset: GOOD.length })
    expect(ending.detail).toMatch(/^[A-Z].*\.$/)
  })

  it('with the same reason, whatever the size of the blocks', () => {
    // Too long, and of an interface that nobody described.
    const damaged = patched(packet(4), 4, words(0x4000_0000, 77))
    const endings = [1, 9, 1_000].map((blockSize) => readPcapng(concat(GOOD, damaged), blockSize).ending)
    expect(endings).toEqual(Array(3).fill(endings[0]))
    expect(endings[0]).toMatchObject({ kind: 'unknown-interface', byteOffset: GOOD.length })
  })

  it('with bad-block-length, though both lengths are alike and the bytes are there', () => {
    const uneven = concat(words(6, 34, 0, 0, 1, 2, 2), bytes('cafe'), words(34))
    expect(readPcapng(concat(GOOD, uneven)).ending).toMatchObject({
      kind: 'bad-block-length',
      byteOffset: GOOD.length,
    })
  })

  it('with bad-byte-order-magic', () => {
    const { frames, ending } = readPcapng(concat(GOOD, patched(sectionHeader(), 8, words(0x1a2b_3c4e))))
    expect(frames).toHaveLength(1)
    expect(ending).toMatchObject({ kind: 'bad-byte-order-magic', byteOffset: GOOD.length })
  })

  it.each([
    [0x0000_0002, 'unsupported-version'],
    [0x0001_0001, 'unsupported-version'],
    [0x0002_0001, 'complete'],
    [0x0000_0001, 'complete'],
  ])('a section of version word 0x%i with %s', (version, kind) => {
    expect(readPcapng(patched(sectionHeader(), 12, words(version))).ending.kind).toBe(kind)
  })

  it('with too-many-interfaces', () => {
    const limits = { ...CAPTURE_LIMITS, interfaceCountMax: 2 }
    const capture = concat(HEAD, interfaceDescription(), packet(1, 1, 1), interfaceDescription(), packet(1))
    const { frames, ending, reader } = readPcapng(capture, 10, limits)
    expect(frames).toHaveLength(1)
    expect(reader.interfaces).toHaveLength(2)
    expect(ending).toMatchObject({ kind: 'too-many-interfaces', byteOffset: HEAD.length + 20 + 36 })
  })

  it('as the host says, when the bytes stopped coming inside a block', () => {
    const reader = new PcapngReader()
    const room = reader.writable(GOOD.length + 10)
    room.bytes.set(concat(GOOD, packet(3).subarray(0, 10)), room.offset)
    reader.commit(GOOD.length + 10)
    reader.finish({ kind: 'cancelled', detail: 'enough' })
    const { frames, ending } = readFrames(new Uint8Array(0), 1, reader)
    expect(frames).toHaveLength(1)
    expect(ending).toEqual({ kind: 'cancelled', byteOffset: GOOD.length, detail: 'enough' })
  })
})
