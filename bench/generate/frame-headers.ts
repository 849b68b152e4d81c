/**
 * Ethernet, VLAN, IPv4, IPv6, TCP and UDP headers written in place, byte by byte, with right lengths and checksums: the fast
 * twin of test/traffic, for generators that write millions of frames.
 */

/** Both ends of a conversation as the generators keep them: 4 or 16 address bytes in one array, MACs as 32-bit tails. */
export interface Ends {
  /** Addresses back to back: source i at `addresses[i * 16 ..]`; IPv4 uses the first four bytes. */
  addresses: Uint8Array
  isIpv6: boolean
  /** 0 when the frame carries no tag. */
  vlanId: number
  source: number
  destination: number
  sourceMac: number
  destinationMac: number
  sourcePort: number
  destinationPort: number
}

export const TCP_HEADER_LENGTH = 32

/** Two hosts, 0 and 1, with addresses to be filled in. */
export function emptyEnds(): Ends {
  return {
    addresses: new Uint8Array(32),
    isIpv6: false,
    vlanId: 0,
    source: 0,
    destination: 1,
    sourceMac: 1,
    destinationMac: 2,
    sourcePort: 0,
    destinationPort: 0,
  }
}

/** Bytes before the transport header. */
export function headLength(ends: Ends): number {
  return 14 + (ends.vlanId > 0 ? 4 : 0) + (ends.isIpv6 ? 40 : 20)
}

/** Everything before the transport header. Returns the offset after it. */
export function writeHead(
  bytes: Uint8Array,
  start: number,
  ends: Ends,
  protocol: number,
  upperLength: number,
  identification: number,
): number {
  writeMac(bytes, start, ends.destinationMac)
  writeMac(bytes, start + 6, ends.sourceMac)
  let at = start + 12
  if (ends.vlanId > 0) {
    put16(bytes, at, 0x8100)
    put16(bytes, at + 2, ends.vlanId)
    at += 4
  }
  put16(bytes, at, ends.isIpv6 ? 0x86dd : 0x0800)
  at += 2
  return ends.isIpv6
    ? writeIpv6(bytes, at, ends, protocol, upperLength)
    : writeIpv4(bytes, at, ends, protocol, upperLength, identification)
}

/** A TCP header with NOP, NOP, timestamps; the checksum is written by `finishChecksum` once the data is there. */
export function writeTcp(
  bytes: Uint8Array,
  at: number,
  ends: Ends,
  sequence: number,
  acknowledgment: number,
  flags: number,
  clock: number,
): number {
  put16(bytes, at, ends.sourcePort)
  put16(bytes, at + 2, ends.destinationPort)
  put32(bytes, at + 4, sequence)
  put32(bytes, at + 8, acknowledgment)
  bytes[at + 12] = (TCP_HEADER_LENGTH >> 2) << 4
  bytes[at + 13] = flags
  put16(bytes, at + 14, 501)
  put32(bytes, at + 16, 0)
  put32(bytes, at + 20, 0x0101080a)
  put32(bytes, at + 24, clock)
  put32(bytes, at + 28, clock - 20)
  return at + TCP_HEADER_LENGTH
}

export function writeUdp(bytes: Uint8Array, at: number, ends: Ends, dataLength: number): number {
  put16(bytes, at, ends.sourcePort)
  put16(bytes, at + 2, ends.destinationPort)
  put16(bytes, at + 4, 8 + dataLength)
  put16(bytes, at + 6, 0)
  return at + 8
}

/** Sum the upper layer at `at` with its pseudo-header and store the result at `checksumAt`, which holds zero. */
export function finishChecksum(
  bytes: Uint8Array,
  at: number,
  length: number,
  checksumAt: number,
  ends: Ends,
  protocol: number,
): void {
  const width = ends.isIpv6 ? 16 : 4
  const { addresses, source, destination } = ends
  let sum = protocol + length
  sum += sum16(addresses, source * 16, width) + sum16(addresses, destination * 16, width)
  const folded = fold(sum + sum16(bytes, at, length))
  put16(bytes, checksumAt, folded === 0 && protocol === 17 ? 0xffff : folded)
}

/** The plain sum for ICMP and other checksums without a pseudo-header. */
export function finishPlainChecksum(bytes: Uint8Array, at: number, length: number, checksumAt: number): void {
  put16(bytes, checksumAt, fold(sum16(bytes, at, length)))
}

export function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8
  bytes[at + 1] = value
}

export function put32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

/** A locally administered MAC whose last four bytes are `tail`. */
export function writeMac(bytes: Uint8Array, at: number, tail: number): void {
  bytes[at] = 0x02
  bytes[at + 1] = 0
  put32(bytes, at + 2, tail)
}

function writeIpv4(
  bytes: Uint8Array,
  at: number,
  ends: Ends,
  protocol: number,
  upperLength: number,
  identification: number,
): number {
  bytes[at] = 0x45
  bytes[at + 1] = 0
  put16(bytes, at + 2, 20 + upperLength)
  put16(bytes, at + 4, identification)
  put16(bytes, at + 6, 0x4000)
  bytes[at + 8] = 64
  bytes[at + 9] = protocol
  put16(bytes, at + 10, 0)
  copyAddress(bytes, at + 12, ends.addresses, ends.source * 16, 4)
  copyAddress(bytes, at + 16, ends.addresses, ends.destination * 16, 4)
  put16(bytes, at + 10, fold(sum16(bytes, at, 20)))
  return at + 20
}

function writeIpv6(bytes: Uint8Array, at: number, ends: Ends, protocol: number, upperLength: number): number {
  put32(bytes, at, 0x60000000)
  put16(bytes, at + 4, upperLength)
  bytes[at + 6] = protocol
  bytes[at + 7] = 64
  copyAddress(bytes, at + 8, ends.addresses, ends.source * 16, 16)
  copyAddress(bytes, at + 24, ends.addresses, ends.destination * 16, 16)
  return at + 40
}

function copyAddress(bytes: Uint8Array, at: number, from: Uint8Array, offset: number, width: number): void {
  for (let i = 0; i < width; i++) bytes[at + i] = from[offset + i] as number
}

function sum16(bytes: Uint8Array, at: number, length: number): number {
  let sum = 0
  const even = at + (length & ~1)
  for (let i = at; i < even; i += 2) sum += ((bytes[i] as number) << 8) | (bytes[i + 1] as number)
  return length & 1 ? sum + ((bytes[even] as number) << 8) : sum
}

function fold(sum: number): number {
  let folded = sum
  while (folded > 0xffff) folded = (folded & 0xffff) + (folded >>> 16)
  return ~folded & 0xffff
}
