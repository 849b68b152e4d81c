/** What the generators write: the same bytes again, whole records, right checksums, the counts that their names promise. */

import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { internetChecksum } from '../../test/traffic/index.ts'
import { DueQueue } from './due-queue.ts'
import { writeConversations, writeSmallPackets } from './new-conversations.ts'
import { writeRealistic } from './realistic.ts'
import { storedCapture } from './stored-captures.ts'
import { writeSynFlood } from './syn-flood.ts'
import { writeZeroRecords } from './zero-records.ts'

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'generate-'))))
afterAll(() => rmSync(folder, { recursive: true }))

interface Record {
  readonly microseconds: number
  readonly frame: Buffer
}

/** Every record of a pcap; fails when the last is cut. */
function readPcap(path: string): Record[] {
  const bytes = readFileSync(path)
  const records: Record[] = []
  let at = 24
  while (at < bytes.length) {
    const length = bytes.readUInt32LE(at + 8)
    expect(bytes.readUInt32LE(at + 12)).toBe(length)
    records.push({
      microseconds: bytes.readUInt32LE(at) * 1e6 + bytes.readUInt32LE(at + 4),
      frame: bytes.subarray(at + 16, at + 16 + length),
    })
    at += 16 + length
  }
  expect(at).toBe(bytes.length)
  return records
}

/** Every Enhanced Packet Block of a pcapng. */
function readPcapng(path: string): Record[] {
  const bytes = readFileSync(path)
  const records: Record[] = []
  let at = 0
  while (at < bytes.length) {
    const total = bytes.readUInt32LE(at + 4)
    expect(bytes.readUInt32LE(at + total - 4)).toBe(total)
    if (bytes.readUInt32LE(at) === 6) {
      const microseconds = bytes.readUInt32LE(at + 12) * 2 ** 32 + bytes.readUInt32LE(at + 16)
      records.push({ microseconds, frame: bytes.subarray(at + 28, at + 28 + bytes.readUInt32LE(at + 20)) })
    }
    at += total
  }
  return records
}

const realistic = { byteCountMax: 1 << 20, conversationCount: 215, durationSeconds: 10, seed: 1 }

/** The IP packet of a frame without or with one VLAN tag; null for ARP. */
function ipPacket(frame: Buffer): Buffer | null {
  const at = frame.readUInt16BE(12) === 0x8100 ? 18 : 14
  return frame.readUInt16BE(at - 2) === 0x0806 ? null : frame.subarray(at)
}

/** 0 when the checksum of the TCP, UDP or ICMP part is right. */
function upperChecksum(packet: Buffer): number {
  const isIpv6 = packet.readUInt8(0) >> 4 === 6
  const protocol = packet.readUInt8(isIpv6 ? 6 : 9)
  const upper = packet.subarray(isIpv6 ? 40 : 20)
  if (protocol === 1) return internetChecksum(upper)
  const addresses = isIpv6 ? packet.subarray(8, 40) : packet.subarray(12, 20)
  return internetChecksum(
    addresses,
    Uint8Array.of(0, protocol, upper.length >> 8, upper.length & 0xff),
    upper,
  )
}

describe('the realistic capture', () => {
  it('is the same for the same seed and another for another', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => join(folder, `same-${name}.pcap`)) as [
      string,
      string,
      string,
    ]
    writeRealistic(a, 'pcap', realistic)
    writeRealistic(b, 'pcap', realistic)
    writeRealistic(c, 'pcap', { ...realistic, seed: 2 })
    expect(readFileSync(a).equals(readFileSync(b))).toBe(true)
    expect(readFileSync(a).equals(readFileSync(c))).toBe(false)
  })

  it('fills the bytes asked for with whole records in order of time, as many as it says', () => {
    const path = join(folder, 'whole.pcap')
    const frameCount = writeRealistic(path, 'pcap', realistic)
    const records = readPcap(path)
    expect(records).toHaveLength(frameCount)
    expect(statSync(path).size).toBeLessThanOrEqual(realistic.byteCountMax)
    expect(statSync(path).size).toBeGreaterThan(realistic.byteCountMax - 4000)
    const times = records.map(({ microseconds }) => microseconds)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('has right lengths and checksums in every packet', () => {
    const path = join(folder, 'checksums.pcap')
    writeRealistic(path, 'pcap', realistic)
    const packets = readPcap(path).flatMap(({ frame }) => ipPacket(frame) ?? [])
    expect(packets.length).toBeGreaterThan(1000)
    for (const packet of packets) {
      const isIpv6 = packet.readUInt8(0) >> 4 === 6
      expect(isIpv6 ? 40 + packet.readUInt16BE(4) : packet.readUInt16BE(2)).toBe(packet.length)
      if (!isIpv6) expect(internetChecksum(packet.subarray(0, 20))).toBe(0)
      expect(upperChecksum(packet)).toBe(0)
    }
  })

  it('holds the same frames as pcapng', () => {
    const [pcap, pcapng] = [join(folder, 'twin.pcap'), join(folder, 'twin.pcapng')]
    writeRealistic(pcap, 'pcap', { ...realistic, byteCountMax: 1 << 24 })
    writeRealistic(pcapng, 'pcapng', { ...realistic, byteCountMax: 1 << 24 })
    expect(readPcapng(pcapng)).toEqual(readPcap(pcap))
  })
})

describe('the small packets', () => {
  it('are of 64 to 80 bytes and nearly each a new conversation', () => {
    const path = join(folder, 'small.pcap')
    writeSmallPackets(path, 'pcap', { byteCountMax: 1 << 18, seed: 1 })
    const frames = readPcap(path).map(({ frame }) => frame)
    expect(Math.min(...frames.map((frame) => frame.length))).toBeGreaterThanOrEqual(64)
    expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThanOrEqual(80)
    const share = new Set(frames.map((frame) => frame.toString('hex', 26, 38))).size / frames.length
    expect(share).toBeGreaterThan(0.93)
    expect(share).toBeLessThan(0.97)
    expect(frames.filter((frame) => upperChecksum(frame.subarray(14)) !== 0)).toEqual([])
  })
})

describe('captures of an exact number', () => {
  it('have exactly that many conversations, each with both directions', () => {
    const path = join(folder, 'conversations.pcap')
    expect(writeConversations(path, 'pcap', 5000)).toBe(10_000)
    const ends = readPcap(path).map(({ frame }) => {
      const [from, to] = [frame.toString('hex', 26, 30), frame.toString('hex', 30, 34)]
      const [fromPort, toPort] = [frame.readUInt16BE(34), frame.readUInt16BE(36)]
      return [`${from}:${fromPort}`, `${to}:${toPort}`].sort().join()
    })
    expect(new Set(ends).size).toBe(5000)
  })

  it('have exactly that many flood sources, all aiming at one port', () => {
    const path = join(folder, 'flood.pcap')
    expect(writeSynFlood(path, 'pcap', 5000)).toBe(5000)
    const frames = readPcap(path).map(({ frame }) => frame)
    expect(new Set(frames.map((frame) => frame.toString('hex', 26, 30))).size).toBe(5000)
    expect(
      new Set(frames.map((frame) => `${frame.toString('hex', 30, 34)} ${frame.readUInt16BE(36)}`)).size,
    ).toBe(1)
    expect(frames.filter((frame) => internetChecksum(frame.subarray(14, 34)) !== 0)).toEqual([])
  })

  it('have exactly that many zero records before the real ones', () => {
    const path = join(folder, 'zero.pcap')
    expect(writeZeroRecords(path, { zeroRecordCount: 5000, packetCount: 10 })).toBe(5010)
    const records = readPcap(path)
    expect(records.slice(0, 5000).every((one) => one.microseconds === 0 && one.frame.length === 0)).toBe(true)
    expect(records.slice(5000).every((one) => one.frame.length > 0)).toBe(true)
    expect(records).toHaveLength(5010)
  })
})

describe('the queue of conversations', () => {
  it('hands out what is due first, also after delays and removals', () => {
    const queue = new DueQueue(4)
    for (const [item, due] of [
      [0, 30],
      [1, 10],
      [2, 40],
      [3, 20],
    ] as const) {
      queue.add(item, due)
    }
    const order: number[] = []
    queue.delayFirst(35)
    while (queue.size > 0) {
      order.push(queue.first)
      queue.removeFirst()
    }
    expect(order).toEqual([3, 0, 1, 2])
  })
})

describe('the store', () => {
  it('refuses to write gigabytes into the project', async () => {
    await expect(storedCapture('small-8m.pcap', join(import.meta.dirname, 'here'))).rejects.toThrow(
      'inside the project',
    )
  })

  it('writes a capture once, and again when it is cut', async () => {
    const told: string[] = []
    const tell = (line: string): void => void told.push(line)
    const first = await storedCapture('small-8m.pcap', folder, tell)
    expect(await storedCapture('small-8m.pcap', folder, tell)).toEqual(first)
    expect(told).toHaveLength(1)
    truncateSync(first.path, first.byteCount - 1)
    await storedCapture('small-8m.pcap', folder, tell)
    expect(told).toHaveLength(2)
  })
})
