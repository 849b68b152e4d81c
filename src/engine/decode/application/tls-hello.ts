/** Client and server hellos of TLS and DTLS. RFC 8446 section 4.1, RFC 5246 7.4.1, RFC 6066 3, RFC 7301 3.1. */

import { readU16, readU24 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { isGrease } from './tls-grease.ts'

const CLIENT_HELLO = 1
const SERVER_HELLO = 2
const CIPHER_COUNT_MAX = 512
const EXTENSION_COUNT_MAX = 256
const ALGORITHM_COUNT_MAX = 128

const SERVER_NAME = 0
const SIGNATURE_ALGORITHMS = 13
const ALPN = 16
const SUPPORTED_VERSIONS = 43

export const HelloKind = Object.freeze({ none: 0, client: 1, server: 2 })

/** Filled by readTlsHello, reused for every hello. */
export class TlsHello {
  /** One of HelloKind. */
  kind = 0
  /** Highest version offered, greased ones aside, or the one the server chose. */
  version = 0
  /** First cipher suites in the client's order, greased ones included; the server's choice is the only one. */
  readonly ciphers = new Uint16Array(CIPHER_COUNT_MAX)
  cipherCount = 0
  readonly extensions = new Uint16Array(EXTENSION_COUNT_MAX)
  extensionCount = 0
  readonly signatureAlgorithms = new Uint16Array(ALGORITHM_COUNT_MAX)
  signatureAlgorithmCount = 0
  /** The first host name; -1 when there is none. */
  serverNameOffset = -1
  serverNameLength = 0
  /** The first protocol offered or the one chosen; -1 when there is none. */
  alpnOffset = -1
  alpnLength = 0
  /** The whole message was there. Of one that a segment cuts, what came is read. */
  isComplete = false
  /** DecodeIssue number, 0 for none. */
  issue = 0

  reset(): void {
    this.kind = HelloKind.none
    this.version = 0
    this.cipherCount = 0
    this.extensionCount = 0
    this.signatureAlgorithmCount = 0
    this.serverNameOffset = -1
    this.serverNameLength = 0
    this.alpnOffset = -1
    this.alpnLength = 0
    this.isComplete = false
    this.issue = 0
  }
}

/**
 * Read the handshake message at `bytes[offset .. offset + length)`, header included. `headerLength` is 4 in TLS and 12 in
 * DTLS. False when it is no hello. Lengths are never believed beyond the bytes.
 */
export function readTlsHello(
  bytes: Uint8Array,
  offset: number,
  length: number,
  headerLength: number,
  hello: TlsHello,
): boolean {
  hello.reset()
  if (length < headerLength + 2) return false
  const type = bytes[offset]!
  if (type !== CLIENT_HELLO && type !== SERVER_HELLO) return false
  hello.kind = type
  const bodyLength = readU24(bytes, offset + 1)
  const body = offset + headerLength
  const end = Math.min(offset + length, body + bodyLength)
  const isWhole = headerLength + bodyLength <= length
  hello.version = readU16(bytes, body)
  const isRead =
    type === CLIENT_HELLO
      ? readClient(bytes, body, end, headerLength === 12, hello)
      : readServer(bytes, body, end, hello)
  hello.isComplete = isWhole && isRead
  if (isWhole && !isRead) hello.issue = DecodeIssue['bad-tls-handshake']
  return true
}

/** Version, random, session id, (cookie in DTLS,) cipher suites, compression methods, extensions. */
function readClient(
  bytes: Uint8Array,
  body: number,
  end: number,
  isDatagram: boolean,
  hello: TlsHello,
): boolean {
  let at = body + 34
  if (at >= end) return false
  at += 1 + bytes[at]!
  if (isDatagram) {
    if (at >= end) return false
    at += 1 + bytes[at]!
  }
  if (at + 2 > end) return false
  const cipherEnd = at + 2 + readU16(bytes, at)
  at += 2
  while (at + 2 <= cipherEnd && at + 2 <= end) {
    if (hello.cipherCount < CIPHER_COUNT_MAX) hello.ciphers[hello.cipherCount++] = readU16(bytes, at)
    at += 2
  }
  if (cipherEnd >= end || at !== cipherEnd) return false
  at += 1 + bytes[at]!
  // A hello without extensions ends here.
  if (at === end) return true
  return readExtensions(bytes, at, end, hello)
}

/** Version, random, session id, one cipher suite, one compression method, extensions. */
function readServer(bytes: Uint8Array, body: number, end: number, hello: TlsHello): boolean {
  let at = body + 34
  if (at >= end) return false
  at += 1 + bytes[at]!
  if (at + 3 > end) return false
  hello.ciphers[0] = readU16(bytes, at)
  hello.cipherCount = 1
  at += 3
  return at === end || readExtensions(bytes, at, end, hello)
}

function readExtensions(bytes: Uint8Array, start: number, end: number, hello: TlsHello): boolean {
  if (start + 2 > end) return false
  const listEnd = start + 2 + readU16(bytes, start)
  let at = start + 2
  while (at + 4 <= end && at + 4 <= listEnd) {
    const type = readU16(bytes, at)
    const dataLength = readU16(bytes, at + 2)
    if (hello.extensionCount < EXTENSION_COUNT_MAX) hello.extensions[hello.extensionCount++] = type
    const data = at + 4
    if (data + dataLength > end) return false
    if (type === SERVER_NAME) readServerName(bytes, data, dataLength, hello)
    else if (type === ALPN) readAlpn(bytes, data, dataLength, hello)
    else if (type === SIGNATURE_ALGORITHMS) readSignatureAlgorithms(bytes, data, dataLength, hello)
    else if (type === SUPPORTED_VERSIONS) readSupportedVersions(bytes, data, dataLength, hello)
    at = data + dataLength
  }
  return at === listEnd && listEnd <= end
}

/** A list of names, of which only host names (type 0) exist. A server's answer is empty. */
function readServerName(bytes: Uint8Array, at: number, length: number, hello: TlsHello): void {
  if (length < 5 || bytes[at + 2] !== 0 || hello.serverNameOffset !== -1) return
  const nameLength = readU16(bytes, at + 3)
  if (5 + nameLength > length) {
    hello.issue = DecodeIssue['bad-tls-handshake']
    return
  }
  hello.serverNameOffset = at + 5
  hello.serverNameLength = nameLength
}

function readAlpn(bytes: Uint8Array, at: number, length: number, hello: TlsHello): void {
  if (length < 3 || 3 + bytes[at + 2]! > length || hello.alpnOffset !== -1) return
  hello.alpnOffset = at + 3
  hello.alpnLength = bytes[at + 2]!
}

function readSignatureAlgorithms(bytes: Uint8Array, at: number, length: number, hello: TlsHello): void {
  if (length < 2) return
  const end = at + Math.min(length, 2 + readU16(bytes, at))
  for (let i = at + 2; i + 2 <= end && hello.signatureAlgorithmCount < ALGORITHM_COUNT_MAX; i += 2) {
    hello.signatureAlgorithms[hello.signatureAlgorithmCount++] = readU16(bytes, i)
  }
}

/** A client lists versions behind a one-byte length; a server names the chosen one. */
function readSupportedVersions(bytes: Uint8Array, at: number, length: number, hello: TlsHello): void {
  if (hello.kind === HelloKind.server) {
    if (length >= 2) hello.version = readU16(bytes, at)
    return
  }
  if (length < 3) return
  const end = at + Math.min(length, 1 + bytes[at]!)
  let best = 0
  for (let i = at + 1; i + 2 <= end; i += 2) {
    const version = readU16(bytes, i)
    if (isGrease(version)) continue
    // DTLS counts downwards from 0xfeff; JA4 and people mean the newest either way.
    if (best === 0 || (version >= 0xfe00 ? version < best : version > best)) best = version
  }
  if (best !== 0) hello.version = best
}
