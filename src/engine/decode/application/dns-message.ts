/** A whole DNS message: header, questions and records of all sections. RFC 1035 section 4, RFC 6895 for the codes. */

import { readI32, readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { DNS_HEADER_LENGTH } from './dns.ts'
import { DNS_NAME_LENGTH_MAX, DnsNameCursor, readDnsName } from './dns-name.ts'

/**
 * Questions and records read of one message, so names too. More cost time that a crafted message of 64 KiB could
 * ask for in every packet; fewer would cut an honest zone transfer, whose messages hold some hundreds.
 */
export const DNS_RECORD_COUNT_MAX = 256

export const DnsSection = Object.freeze({ question: 0, answer: 1, authority: 2, additional: 3 })

/** Filled by readDnsMessage, reused for every message. Rows 0 to recordCount - 1 are what was read. */
export class DnsMessage {
  id = 0
  isResponse = false
  opcode = 0
  responseCode = 0
  isTruncated = false
  isAuthoritative = false
  /** As the header claims them. */
  readonly claimed = new Uint16Array(4)
  recordCount = 0
  /** First thing wrong with the message: a DecodeIssue number, 0 for none. */
  issue = 0
  /** The message ends before the records it claims: by a lie or by the capture's snaplen. */
  isCut = false
  readonly section = new Uint8Array(DNS_RECORD_COUNT_MAX)
  readonly type = new Uint16Array(DNS_RECORD_COUNT_MAX)
  readonly recordClass = new Uint16Array(DNS_RECORD_COUNT_MAX)
  readonly timeToLive = new Int32Array(DNS_RECORD_COUNT_MAX)
  /** Record data inside the bytes the message was read from; 0 and 0 for questions. */
  readonly dataOffset = new Int32Array(DNS_RECORD_COUNT_MAX)
  readonly dataLength = new Uint16Array(DNS_RECORD_COUNT_MAX)
  /** Owner names inside `names`: labels with their lengths, without the last zero. */
  readonly nameOffset = new Int32Array(DNS_RECORD_COUNT_MAX)
  readonly nameLength = new Uint8Array(DNS_RECORD_COUNT_MAX)
  readonly names = new Uint8Array(DNS_RECORD_COUNT_MAX * DNS_NAME_LENGTH_MAX)
  readonly cursor = new DnsNameCursor()

  /** Forget the last message. */
  reset(): void {
    this.id = 0
    this.isResponse = false
    this.opcode = 0
    this.responseCode = 0
    this.isTruncated = false
    this.isAuthoritative = false
    this.claimed.fill(0)
    this.recordCount = 0
    this.issue = 0
    this.isCut = false
  }
}

/**
 * Read the message at `bytes[offset .. offset + length)` into `message`. Returns whether there was a header at all; what
 * comes before something broken is kept. The bytes bound every loop: a claim of 65,535 answers costs nothing.
 */
export function readDnsMessage(
  bytes: Uint8Array,
  offset: number,
  length: number,
  message: DnsMessage,
): boolean {
  message.reset()
  if (length < DNS_HEADER_LENGTH) {
    message.isCut = true
    return false
  }
  message.id = readU16(bytes, offset)
  const flags = readU16(bytes, offset + 2)
  message.isResponse = (flags & 0x8000) !== 0
  message.opcode = (flags >>> 11) & 15
  message.isAuthoritative = (flags & 0x0400) !== 0
  message.isTruncated = (flags & 0x0200) !== 0
  message.responseCode = flags & 15
  for (let section = 0; section < 4; section++)
    message.claimed[section] = readU16(bytes, offset + 4 + 2 * section)

  const end = offset + length
  let at = offset + DNS_HEADER_LENGTH
  let nameAt = 0
  for (let section = 0; section < 4; section++) {
    for (let i = 0; i < message.claimed[section]!; i++) {
      if (message.recordCount === DNS_RECORD_COUNT_MAX) {
        message.issue = DecodeIssue['dns-too-many-names']
        return true
      }
      if (at >= end) {
        message.isCut = true
        return true
      }
      const row = message.recordCount
      if (!readDnsName(bytes, offset, end, at, message.names, nameAt, message.cursor)) {
        message.issue = message.cursor.issue
        return true
      }
      at = message.cursor.next
      message.section[row] = section
      message.nameOffset[row] = nameAt
      message.nameLength[row] = message.cursor.length
      message.timeToLive[row] = 0
      message.dataOffset[row] = 0
      message.dataLength[row] = 0
      const fixedLength = section === DnsSection.question ? 4 : 10
      if (at + fixedLength > end) {
        message.isCut = true
        return true
      }
      message.type[row] = readU16(bytes, at)
      message.recordClass[row] = readU16(bytes, at + 2)
      if (section !== DnsSection.question) {
        const dataLength = readU16(bytes, at + 8)
        if (at + fixedLength + dataLength > end) {
          message.isCut = true
          return true
        }
        message.timeToLive[row] = readI32(bytes, at + 4)
        message.dataOffset[row] = at + fixedLength
        message.dataLength[row] = dataLength
        at += dataLength
      }
      at += fixedLength
      nameAt += message.cursor.length
      message.recordCount++
    }
  }
  return true
}
