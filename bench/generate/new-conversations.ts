/**
 * Small packets of ever new conversations: the worst case for every table keyed by conversation. Two writers: one fills a
 * number of bytes with a mix of protocols, the other makes an exact number of conversations of two packets each.
 */

import { START, seededRandom, type Random } from '../../test/traffic/index.ts'
import { CaptureSink, type CaptureFormat } from './capture-sink.ts'
import {
  emptyEnds,
  finishChecksum,
  headLength,
  put32,
  writeHead,
  writeTcp,
  writeUdp,
  type Ends,
} from './frame-headers.ts'

const TCP = 6
const UDP = 17
const SYN = 0x02

/** 95 of 100 packets open a new conversation; the others repeat the one before. */
const NEW_SHARE = 0.95
const TCP_SHARE = 0.6
const MICROSECONDS_APART = 15

/** Frames of 64 to 80 bytes until the file holds `byteCountMax`. */
export function writeSmallPackets(
  path: string,
  format: CaptureFormat,
  { byteCountMax, seed }: { readonly byteCountMax: number; readonly seed: number },
): number {
  const sink = new CaptureSink(path, format)
  const random = seededRandom(seed)
  const ends = emptyEnds()
  let protocol = TCP
  let time = START.seconds * 1e6
  // 112 is the longest record of either format: 32 bytes around a frame of 80.
  while (sink.byteCount + 112 <= byteCountMax) {
    if (sink.frameCount === 0 || random.chance(NEW_SHARE)) {
      drawEnds(ends, random)
      protocol = random.chance(TCP_SHARE) ? TCP : UDP
    }
    const length = protocol === TCP || random.chance(0.7) ? 66 : random.between(64, 80)
    time += random.between(1, 2 * MICROSECONDS_APART)
    const at = sink.begin(length, time)
    if (protocol === TCP) writeSyn(sink.bytes, at, ends, random.uint32())
    else writeDatagram(sink.bytes, at, length, ends)
  }
  sink.close()
  return sink.frameCount
}

/** Exactly `conversationCount` UDP conversations, a datagram each way, of 131,072 clients and 64 servers. */
export function writeConversations(path: string, format: CaptureFormat, conversationCount: number): number {
  const sink = new CaptureSink(path, format)
  const there = emptyEnds()
  const back = {
    ...emptyEnds(),
    addresses: there.addresses,
    source: 1,
    destination: 0,
    sourceMac: 2,
    destinationMac: 1,
  }
  for (let i = 0; i < conversationCount; i++) {
    // An odd multiplier permutes the 32-bit numbers; 17 bits name the client and 15 its port, so no pair comes twice.
    const number = Math.imul(i + 1, 0x9e3779b1) >>> 0
    put32(there.addresses, 0, 0x0a000000 + (number >>> 15))
    put32(there.addresses, 16, 0xc6336400 + (number & 63))
    there.sourcePort = back.destinationPort = 0x8000 + (number & 0x7fff)
    there.destinationPort = back.sourcePort = 4433
    const time = START.seconds * 1e6 + i * MICROSECONDS_APART
    writeDatagram(sink.bytes, sink.begin(64, time), 64, there)
    writeDatagram(sink.bytes, sink.begin(64, time + 7), 64, back)
  }
  sink.close()
  return sink.frameCount
}

function drawEnds(ends: Ends, random: Random): void {
  put32(ends.addresses, 0, 0x0a000000 + (random.uint32() >>> 8))
  put32(ends.addresses, 16, 0xac100000 + (random.uint32() >>> 12))
  ends.sourcePort = random.between(1024, 65535)
  ends.destinationPort = random.between(1, 65535)
}

/** 66 bytes. */
function writeSyn(bytes: Uint8Array, at: number, ends: Ends, sequence: number): void {
  const upperLength = 32
  const tcpAt = writeHead(bytes, at, ends, TCP, upperLength, sequence & 0xffff)
  writeTcp(bytes, tcpAt, ends, sequence, 0, SYN, sequence >>> 8)
  finishChecksum(bytes, tcpAt, upperLength, tcpAt + 16, ends, TCP)
}

function writeDatagram(bytes: Uint8Array, at: number, frameLength: number, ends: Ends): void {
  const upperLength = frameLength - headLength(ends)
  const udpAt = writeHead(bytes, at, ends, UDP, upperLength, ends.sourcePort)
  const dataAt = writeUdp(bytes, udpAt, ends, upperLength - 8)
  bytes.fill(0x5a, dataAt, at + frameLength)
  finishChecksum(bytes, udpAt, upperLength, udpAt + 6, ends, UDP)
}
