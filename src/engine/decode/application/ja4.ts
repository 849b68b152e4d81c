/** JA4, a fingerprint of TLS clients. FoxIO, JA4 technical details; the method is BSD-licensed, this code is its own. */

import { ja4Digest } from './ja4-hash-cache.ts'
import { isGrease } from './tls-grease.ts'
import type { TlsHello } from './tls-hello.ts'

/** `t13d1516h2_8daaf6152771_e5627efa2ab1`: ten characters, and twice an underscore with twelve. */
export const JA4_LENGTH = 36

const HASH_TEXT_LENGTH = 12
const SERVER_NAME = 0
const ALPN = 16
const COUNT_MAX = 99
const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
/** Lists up to here are sorted in place; the sort of the runtime, which must be called, pays only for longer ones. */
const SHORT_LIST_LENGTH = 64

/** Room for the longest list: 512 suites of four digits and a comma. */
const text = new Uint8Array(4096)
const sorted = new Uint16Array(512)
const digest = new Uint8Array(HASH_TEXT_LENGTH / 2)

/**
 * Write the fingerprint of a complete client hello as JA4_LENGTH ASCII bytes into `into`. `transport` is `t` for TLS over
 * TCP, `d` for DTLS, `q` for QUIC.
 */
export function writeJa4(
  hello: TlsHello,
  transport: 't' | 'd' | 'q',
  bytes: Uint8Array,
  into: Uint8Array,
): void {
  const cipherCount = collect(hello.ciphers, hello.cipherCount)
  into[0] = transport.charCodeAt(0)
  writeVersion(hello.version, into, 1)
  into[3] = hasExtension(hello, SERVER_NAME) ? 0x64 : 0x69
  writeCount(cipherCount, into, 4)
  writeCount(countWithoutGrease(hello.extensions, hello.extensionCount), into, 6)
  writeAlpn(hello, bytes, into, 8)
  into[10] = 0x5f
  writeHash(writeSorted(cipherCount), into, 11)
  into[23] = 0x5f
  writeHash(writeExtensions(hello), into, 24)
}

/** Copy what is not greased into `sorted` and return how many. */
function collect(values: Uint16Array, count: number): number {
  let kept = 0
  for (let i = 0; i < count; i++) if (!isGrease(values[i]!)) sorted[kept++] = values[i]!
  return kept
}

function countWithoutGrease(values: Uint16Array, count: number): number {
  let kept = 0
  for (let i = 0; i < count; i++) if (!isGrease(values[i]!)) kept++
  return kept
}

function hasExtension(hello: TlsHello, type: number): boolean {
  for (let i = 0; i < hello.extensionCount; i++) if (hello.extensions[i] === type) return true
  return false
}

function writeVersion(version: number, into: Uint8Array, at: number): void {
  let name = UNKNOWN_VERSION
  for (const row of VERSION_NAMES) if (row[0] === version) name = row[1]
  into[at] = name.charCodeAt(0)
  into[at + 1] = name.charCodeAt(1)
}

const UNKNOWN_VERSION = '00'
// prettier-ignore
const VERSION_NAMES: readonly (readonly [number, string])[] = [
  [0x0304, '13'], [0x0303, '12'], [0x0302, '11'], [0x0301, '10'], [0x0300, 's3'], [0x0002, 's2'],
  [0xfeff, 'd1'], [0xfefd, 'd2'], [0xfefc, 'd3'],
]

function writeCount(count: number, into: Uint8Array, at: number): void {
  const shown = Math.min(count, COUNT_MAX)
  into[at] = 0x30 + Math.floor(shown / 10)
  into[at + 1] = 0x30 + (shown % 10)
}

/** First and last character of the first protocol; of its hexadecimal form when one of them is no letter or digit. */
function writeAlpn(hello: TlsHello, bytes: Uint8Array, into: Uint8Array, at: number): void {
  if (hello.alpnLength === 0) {
    into[at] = into[at + 1] = 0x30
    return
  }
  const first = bytes[hello.alpnOffset]!
  const last = bytes[hello.alpnOffset + hello.alpnLength - 1]!
  if (isAlphanumeric(first) && isAlphanumeric(last)) {
    into[at] = first
    into[at + 1] = last
  } else {
    into[at] = HEX[first >>> 4]!
    into[at + 1] = HEX[last & 15]!
  }
}

function isAlphanumeric(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
}

/** The first `count` of `sorted`, in order, as text; returns its length. */
function writeSorted(count: number): number {
  if (count > SHORT_LIST_LENGTH) sorted.subarray(0, count).sort()
  else sortShort(count)
  let at = 0
  for (let i = 0; i < count; i++) at = writeValue(sorted[i]!, at, i === 0 ? 0 : 0x2c)
  return at
}

/** By insertion: lists come nearly in order, and nothing is allocated. */
function sortShort(count: number): void {
  for (let i = 1; i < count; i++) {
    const value = sorted[i]!
    let at = i
    while (at > 0 && sorted[at - 1]! > value) {
      sorted[at] = sorted[at - 1]!
      at--
    }
    sorted[at] = value
  }
}

/** Extensions in order, without server name and ALPN, then the signature algorithms as they came. */
function writeExtensions(hello: TlsHello): number {
  let kept = 0
  for (let i = 0; i < hello.extensionCount; i++) {
    const type = hello.extensions[i]!
    if (!isGrease(type) && type !== SERVER_NAME && type !== ALPN) sorted[kept++] = type
  }
  if (kept === 0) return 0
  let at = writeSorted(kept)
  let separator = 0x5f
  for (let i = 0; i < hello.signatureAlgorithmCount; i++) {
    const algorithm = hello.signatureAlgorithms[i]!
    if (isGrease(algorithm)) continue
    at = writeValue(algorithm, at, separator)
    separator = 0x2c
  }
  return at
}

/** `separator` unless 0, then four hexadecimal digits. Returns where the next goes. */
function writeValue(value: number, at: number, separator: number): number {
  let next = at
  if (separator !== 0) text[next++] = separator
  for (let shift = 12; shift >= 0; shift -= 4) text[next++] = HEX[(value >>> shift) & 15]!
  return next
}

/** Twelve digits of the hash of the text, zeros when it is empty. */
function writeHash(textLength: number, into: Uint8Array, at: number): void {
  if (textLength === 0) {
    into.fill(0x30, at, at + HASH_TEXT_LENGTH)
    return
  }
  ja4Digest(text, textLength, digest)
  for (let i = 0; i < HASH_TEXT_LENGTH; i++) {
    const byte = digest[i >> 1]!
    into[at + i] = HEX[(i & 1) === 0 ? byte >>> 4 : byte & 15]!
  }
}
