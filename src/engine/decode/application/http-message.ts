/** The head of an HTTP/1 message: start line and the header fields this program looks at. RFC 9112, RFC 9110. */

import { DecodeIssue } from '../decode-issue.ts'
import { CR, LF, SPACE, TAB, ascii, startsWith, startsWithNoCase, threeDigits } from './ascii.ts'
import { HTTP_METHODS, httpMethod } from './http.ts'

/** Bytes of a head looked at. Browsers' heads with cookies are 1 to 3 KiB; what comes later is cookies. */
export const HTTP_HEAD_LENGTH_MAX = 4096

const statusStart = ascii('HTTP/1.')
const hostField = ascii('host:')
const userAgentField = ascii('user-agent:')
const serverField = ascii('server:')
const authorizationField = ascii('authorization:')
const contentTypeField = ascii('content-type:')

/** Filled by readHttpHead, reused for every message. An offset of -1 means that the field is not there. */
export class HttpHead {
  isRequest = false
  /** Index in HTTP_METHODS, -1 in a response. */
  method = -1
  /** 0 in a request. */
  statusCode = 0
  /** The digit behind `HTTP/1.`, -1 where the line does not show it. */
  minorVersion = -1
  targetOffset = -1
  targetLength = 0
  hostOffset = -1
  hostLength = 0
  userAgentOffset = -1
  userAgentLength = 0
  serverOffset = -1
  serverLength = 0
  authorizationOffset = -1
  authorizationLength = 0
  contentTypeOffset = -1
  contentTypeLength = 0
  /** The empty line that ends the head was seen. */
  isComplete = false
  /** DecodeIssue number, 0 for none. */
  issue = 0

  reset(): void {
    this.isRequest = false
    this.method = -1
    this.statusCode = 0
    this.minorVersion = -1
    this.targetOffset = this.hostOffset = this.userAgentOffset = -1
    this.serverOffset = this.authorizationOffset = this.contentTypeOffset = -1
    this.targetLength = this.hostLength = this.userAgentLength = 0
    this.serverLength = this.authorizationLength = this.contentTypeLength = 0
    this.isComplete = false
    this.issue = 0
  }
}

/** Read the head that starts the payload. False, with nothing set, when the payload does not start with one. */
export function readHttpHead(bytes: Uint8Array, offset: number, length: number, head: HttpHead): boolean {
  head.reset()
  const end = offset + Math.min(length, HTTP_HEAD_LENGTH_MAX)
  const lineEnd = endOfLine(bytes, offset, end)
  if (startsWith(bytes, offset, length, statusStart)) readStatusLine(bytes, offset, lineEnd, head)
  else if (!readRequestLine(bytes, offset, lineEnd, head)) return false
  let at = lineEnd
  for (;;) {
    at = nextLine(bytes, at, end)
    if (at >= end) {
      if (end - offset < length) head.issue = DecodeIssue['http-header-too-long']
      return true
    }
    const fieldEnd = endOfLine(bytes, at, end)
    if (fieldEnd === at) {
      head.isComplete = true
      return true
    }
    readField(bytes, at, fieldEnd, head)
    at = fieldEnd
  }
}

function readStatusLine(bytes: Uint8Array, offset: number, lineEnd: number, head: HttpHead): void {
  if (lineEnd > offset + 7) head.minorVersion = bytes[offset + 7]! - 0x30
  const code = threeDigits(bytes, offset + 9, lineEnd - offset - 9)
  if (code >= 100) head.statusCode = code
  else if (lineEnd - offset >= 12) head.issue = DecodeIssue['bad-http-header']
}

function readRequestLine(bytes: Uint8Array, offset: number, lineEnd: number, head: HttpHead): boolean {
  const method = httpMethod(bytes, offset, lineEnd - offset)
  if (method === -1) return false
  head.isRequest = true
  head.method = method
  let at = offset + HTTP_METHODS[method]!.length + 1
  head.targetOffset = at
  while (at < lineEnd && bytes[at] !== SPACE) at++
  head.targetLength = at - head.targetOffset
  if (startsWith(bytes, at + 1, lineEnd - at - 1, statusStart) && at + 8 < lineEnd)
    head.minorVersion = bytes[at + 8]! - 0x30
  return true
}

function readField(bytes: Uint8Array, at: number, end: number, head: HttpHead): void {
  const first = bytes[at]! | 0x20
  const length = end - at
  // A line that starts with white space continues the one before (RFC 9112 section 5.2, obsolete): not looked at.
  if (bytes[at] === SPACE || bytes[at] === TAB) return
  if (first === 0x68 && head.hostOffset === -1 && startsWithNoCase(bytes, at, length, hostField)) {
    head.hostOffset = valueStart(bytes, at + hostField.length, end)
    head.hostLength = valueLength(bytes, head.hostOffset, end)
  } else if (
    first === 0x75 &&
    head.userAgentOffset === -1 &&
    startsWithNoCase(bytes, at, length, userAgentField)
  ) {
    head.userAgentOffset = valueStart(bytes, at + userAgentField.length, end)
    head.userAgentLength = valueLength(bytes, head.userAgentOffset, end)
  } else if (first === 0x73 && head.serverOffset === -1 && startsWithNoCase(bytes, at, length, serverField)) {
    head.serverOffset = valueStart(bytes, at + serverField.length, end)
    head.serverLength = valueLength(bytes, head.serverOffset, end)
  } else if (
    first === 0x61 &&
    head.authorizationOffset === -1 &&
    startsWithNoCase(bytes, at, length, authorizationField)
  ) {
    head.authorizationOffset = valueStart(bytes, at + authorizationField.length, end)
    head.authorizationLength = valueLength(bytes, head.authorizationOffset, end)
  } else if (
    first === 0x63 &&
    head.contentTypeOffset === -1 &&
    startsWithNoCase(bytes, at, length, contentTypeField)
  ) {
    head.contentTypeOffset = valueStart(bytes, at + contentTypeField.length, end)
    head.contentTypeLength = valueLength(bytes, head.contentTypeOffset, end)
  } else if (head.issue === 0 && !hasColon(bytes, at, end)) {
    head.issue = DecodeIssue['bad-http-header']
  }
}

function hasColon(bytes: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < end; i++) if (bytes[i] === 0x3a) return true
  return false
}

function valueStart(bytes: Uint8Array, at: number, end: number): number {
  let start = at
  while (start < end && (bytes[start] === SPACE || bytes[start] === TAB)) start++
  return start
}

function valueLength(bytes: Uint8Array, start: number, end: number): number {
  let last = end
  while (last > start && (bytes[last - 1] === SPACE || bytes[last - 1] === TAB)) last--
  return last - start
}

/** Offset of the CR or LF that ends the line, `end` when none does. */
function endOfLine(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && bytes[i] !== LF) i++
  return i < end && i > at && bytes[i - 1] === CR ? i - 1 : i
}

/** Offset behind the line end at `at`. */
function nextLine(bytes: Uint8Array, at: number, end: number): number {
  let next = at
  if (next < end && bytes[next] === CR) next++
  return next < end ? next + 1 : end
}
