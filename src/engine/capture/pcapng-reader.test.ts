import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEAD, packet, rawPacket, readPcapng, words } from '../../../test/readers-pcapng-blocks.ts'
import { issueCounts } from '../../../test/readers-read-frames.ts'
import {
  block,
  bytes,
  concat,
  filled,
  interfaceDescription,
  interfaceStatistics,
  nameResolution,
  pcapng,
  sectionHeader,
  simplePacket,
  text,
} from '../../../test/traffic/index.ts'
import { droppedPacketCount } from '../summarize/summarize.ts'

const LITTLE_ENDIAN = bytes(`
  # Section Header Block
  0a0d 0d0a            type
  1c00 0000            28 bytes
  4d3c 2b1a            byte-order magic, little-endian
  0100 0000            version 1.0
  ffff ffff ffff ffff  section length not stated
  1c00 0000
  # Interface Description Block
  0100 0000
  1400 0000            20 bytes
  0100 0000            Ethernet
  6000 0000            snaplen 96
  1400 0000
  # Enhanced Packet Block
  0600 0000
  2400 0000            36 bytes
  0000 0000            interface 0
  240a 0600 0040 1e18  1,700,000,000,000,000 - 2^32 and so on, as high and low word of microseconds
  0200 0000            2 bytes captured
  3c00 0000            60 bytes on the wire
  cafe 0000            and padding
  2400 0000
`)

describe('PcapngReader', () => {
  it('reads a little-endian capture', () => {
    const { frames, ending, reader } = readPcapng(LITTLE_ENDIAN)
    expect(frames).toEqual([
      {
        seconds: Math.floor((0x0006_0a24 * 2 ** 32 + 0x181e_4000) / 1e6),
        nanoseconds: ((0x0006_0a24 * 2 ** 32 + 0x181e_4000) % 1e6) * 1_000,
        capturedLength: 2,
        originalLength: 60,
        interfaceIndex: 0,
        linkType: 1,
        flags: 0,
        bytes: bytes('cafe'),
      },
    ])
    expect(ending).toEqual({ kind: 'complete', byteOffset: LITTLE_ENDIAN.length, detail: '' })
    expect(reader.interfaces).toMatchObject([
      { id: 0, linkType: 1, snaplen: 96, timestampResolution: '10^-6', packetCount: 1 },
    ])
  })

  it.each(['little', 'big'] as const)('reads what its writers write (%s-endian)', (byteOrder) => {
    const frames = [
      { time: { seconds: 1_700_000_000, nanoseconds: 123_456_789 }, bytes: filled(61, 1) },
      {
        time: { seconds: 1_700_000_001, nanoseconds: 0 },
        bytes: filled(60, 2),
        interfaceId: 1,
        originalLength: 1_500,
      },
    ]
    const interfaces = [{ resolution: 9 }, { linkType: 113, snaplen: 0, name: 'eth0', description: 'uplink' }]
    const capture = pcapng(frames, {
      byteOrder,
      interfaces,
      hardware: 'box',
      operatingSystem: 'os',
      application: 'app',
    })
    const { frames: got, ending, reader } = readPcapng(capture)
    expect(got).toMatchObject([
      {
        seconds: 1_700_000_000,
        nanoseconds: 123_456_789,
        bytes: filled(61, 1),
        interfaceIndex: 0,
        linkType: 1,
      },
      { seconds: 1_700_000_001, nanoseconds: 0, originalLength: 1_500, interfaceIndex: 1, linkType: 113 },
    ])
    expect(ending.kind).toBe('complete')
    expect(reader.interfaces).toMatchObject([
      { timestampResolution: '10^-9', name: null, packetCount: 1 },
      { timestampResolution: '10^-6', name: 'eth0', description: 'uplink', packetCount: 1 },
    ])
    expect(reader.notes).toMatchObject({
      hardware: 'box',
      operatingSystem: 'os',
      application: 'app',
      sectionCount: 1,
    })
  })

  it('numbers the interfaces of every section on, in whatever byte order each is', () => {
    const one = pcapng([{ time: { seconds: 1, nanoseconds: 0 }, bytes: filled(1) }], { byteOrder: 'little' })
    const two = pcapng([{ time: { seconds: 2, nanoseconds: 0 }, bytes: filled(2), interfaceId: 1 }], {
      byteOrder: 'big',
      interfaces: [{ linkType: 113 }, { linkType: 101 }],
    })
    const { frames, ending, reader } = readPcapng(concat(one, two, one))
    expect(
      frames.map(({ interfaceIndex, linkType, seconds }) => [interfaceIndex, linkType, seconds]),
    ).toEqual([
      [0, 1, 1],
      [2, 101, 2],
      [3, 1, 1],
    ])
    expect(ending.kind).toBe('complete')
    expect(reader.interfaces.map(({ id }) => id)).toEqual([0, 1, 2, 3])
    expect(reader.notes.sectionCount).toBe(3)
  })

  it('forgets the interfaces of a section when the next begins', () => {
    const { frames, ending } = readPcapng(concat(HEAD, packet(1), sectionHeader(), packet(1)))
    expect(frames).toHaveLength(1)
    expect(ending).toMatchObject({ kind: 'unknown-interface', byteOffset: HEAD.length + 36 + 28 })
  })

  it('reads the same in blocks of any size', () => {
    const packets = Array.from({ length: 200 }, (_, i) => packet((i * 37) % 150, i, i % 2))
    const capture = concat(HEAD, interfaceDescription({ linkType: 113 }), ...packets, simplePacket(filled(9)))
    const whole = readPcapng(capture)
    expect(whole.frames).toHaveLength(201)
    for (const blockSize of [1, 2, 3, 7, 16, 4_096, 65_536]) {
      expect(readPcapng(capture, blockSize).frames).toEqual(whole.frames)
      expect(readPcapng(capture, blockSize).ending).toEqual(whole.ending)
    }
  })

  it('cut after any byte gives the frames before it, and where the cut block begins', () => {
    const parts = [
      sectionHeader({ application: 'app' }),
      interfaceDescription({ name: 'eth0' }),
      packet(5),
      block(0x1234, filled(8)),
      simplePacket(filled(6)),
      interfaceStatistics({ received: 1 }),
      packet(8),
    ]
    const capture = concat(...parts)
    const starts = parts.map((_, i) => concat(...parts.slice(0, i)).length)
    const frameCounts = [0, 0, 0, 1, 1, 2, 2]
    for (let length = 1; length < capture.length; length++) {
      const cut = starts.findLastIndex((start) => start <= length)
      const isWhole = starts[cut] === length
      const { frames, ending } = readPcapng(capture.subarray(0, length))
      expect(frames).toHaveLength(frameCounts[cut]!)
      expect(ending.byteOffset).toBe(starts[cut])
      expect(ending.kind).toBe(
        isWhole ? 'complete' : cut === 0 ? 'truncated-file-header' : 'truncated-record',
      )
    }
  })

  it('reads the obsolete Packet Block, whose interface id has 16 bits', () => {
    // Interface 1, and 65,535 drops, which means that they are not known.
    const obsolete = rawPacket([0xffff_0001, 0, 3_000_000, 4, 5], bytes('dead beef'), 2)
    const { frames } = readPcapng(concat(HEAD, interfaceDescription({ linkType: 9 }), obsolete))
    expect(frames).toMatchObject([
      { interfaceIndex: 1, linkType: 9, seconds: 3, bytes: bytes('dead beef'), originalLength: 5 },
    ])
  })

  it('notes packets with more bytes captured than there were, or than the snaplen', () => {
    const head = concat(sectionHeader(), interfaceDescription({ snaplen: 4 }))
    const { frames, reader } = readPcapng(concat(head, rawPacket([0, 0, 1, 8, 7], filled(8)), packet(4)))
    expect(frames).toHaveLength(2)
    expect(issueCounts(reader)).toEqual({
      'captured-longer-than-original': 1,
      'captured-longer-than-snaplen': 1,
    })
  })

  it('reads names of addresses, several a record, and passes over other records', () => {
    const names = nameResolution([
      { address: bytes('c000 0201'), name: 'one\0two' },
      { address: bytes('2001 0db8 0000 0000 0000 0000 0000 0001'), name: 'six' },
    ])
    const hardware = block(4, bytes('0300 0800 0011 2233 4455 6100 0000 0000'))
    const { reader, ending } = readPcapng(concat(HEAD, names, hardware))
    expect(reader.notes.resolvedNames).toEqual([
      { address: '192.0.2.1', name: 'one' },
      { address: '192.0.2.1', name: 'two' },
      { address: '2001:db8::1', name: 'six' },
    ])
    expect(reader.notes.resolvedNameCount).toBe(3)
    expect(ending.kind).toBe('complete')
  })

  it('notes a name record that overruns its block, and goes on behind the block', () => {
    const { frames, reader } = readPcapng(concat(HEAD, block(4, bytes('0100 ff00 c000 0201')), packet(1)))
    expect(frames).toHaveLength(1)
    expect(issueCounts(reader)).toEqual({ 'name-record-overruns-block': 1 })
  })

  it('reads the counts of an interface, the last of several blocks', () => {
    const capture = concat(
      HEAD,
      interfaceStatistics({ received: 10, dropped: 1 }),
      interfaceStatistics({ received: 5_000_000_000, dropped: 2 }),
      interfaceStatistics({ interfaceId: 9, dropped: 77 }),
    )
    const { reader } = readPcapng(capture)
    expect(reader.interfaces).toMatchObject([{ receivedCount: 5_000_000_000, droppedCount: 2 }])
    expect(issueCounts(reader)).toEqual({ 'statistics-for-unknown-interface': 1 })
  })

  it('holds counts that no capture can have within what a number holds exactly', () => {
    const twice = [0, 1].map((interfaceId) => interfaceStatistics({ interfaceId, dropped: 2 ** 58 }))
    const { reader } = readPcapng(concat(HEAD, interfaceDescription({}), ...twice))
    expect(reader.interfaces.map(({ droppedCount }) => droppedCount)).toEqual([2 ** 53 - 1, 2 ** 53 - 1])
    expect(droppedPacketCount(reader.interfaces)).toBe(2 ** 53 - 1)
  })

  it('counts secrets without showing them, and custom and unknown blocks go by', () => {
    const secrets = block(10, concat(words(0x544c_534b, 4), text('KEYS')))
    const custom = block(0xbad, words(1, 2))
    const notCopied = block(0x4000_0bad, words(1, 2))
    const unknown = block(0x7777, words(1, 2))
    const { frames, ending, reader } = readPcapng(
      concat(HEAD, secrets, custom, notCopied, unknown, packet(1)),
    )
    expect(frames).toHaveLength(1)
    expect(ending.kind).toBe('complete')
    expect(reader.notes.secretsBlockCount).toBe(1)
    expect(JSON.stringify(reader.notes)).not.toContain('KEYS')
    expect(issueCounts(reader)).toEqual({ 'unknown-block': 1 })
  })
})

it('never throws, and never claims bytes that are not there, whatever the bytes', () => {
  const anyBlock = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 10, 0xbad, 0x0a0d_0d0a), fc.uint8Array({ maxLength: 60 }))
      .map(([type, body]) => block(type, body)),
    fc
      .tuple(fc.nat(1), fc.nat(20), fc.uint8Array({ maxLength: 40 }))
      .map(([id, captured, rest]) => rawPacket([id, 0, 1, captured, captured], rest)),
  )
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 8 }), fc.integer({ min: 1, max: 50 }), (parts, blockSize) => {
      const capture = concat(HEAD, ...parts)
      const { frames, ending } = readPcapng(capture, blockSize)
      expect(ending.byteOffset).toBeLessThanOrEqual(capture.length)
      for (const { capturedLength, bytes: data, nanoseconds } of frames) {
        expect(data).toHaveLength(capturedLength)
        expect(nanoseconds).toBeGreaterThanOrEqual(0)
        expect(nanoseconds).toBeLessThan(1_000_000_000)
      }
      const again = readPcapng(capture, capture.length)
      expect(again.frames).toEqual(frames)
      expect(again.ending).toEqual(ending)
      expect(issueCounts(again.reader)).toEqual(issueCounts(readPcapng(capture, blockSize).reader))
    }),
    { numRuns: 500 },
  )
})
