/** Which port an FTP control connection names for its data. RFC 959 section 4.1.2, RFC 2428 sections 2 and 3. */

import { ascii, isDigit, lineLength, startsWithNoCase } from './ascii.ts'
import { replyCode } from './ftp.ts'

const LINE_LENGTH_MAX = 256
const PASSIVE = 227
const EXTENDED_PASSIVE = 229
const port = ascii('port ')
const extendedPort = ascii('eprt ')

/** Reused for every message. */
export class FtpDataPort {
  /** Where the data connection will arrive: at the sender of the message, unless `address` says otherwise. */
  port = 0
  /** IPv4 word that the message names; 0 where it names none or one of IPv6. */
  address = 0
}

/** Read PORT, EPRT, or the answer to PASV or EPSV. False when the message is none of them or is malformed. */
export function readFtpDataPort(
  bytes: Uint8Array,
  offset: number,
  length: number,
  data: FtpDataPort,
): boolean {
  data.port = 0
  data.address = 0
  const line = lineLength(bytes, offset, Math.min(length, LINE_LENGTH_MAX))
  if (line === -1) return false
  if (startsWithNoCase(bytes, offset, line, port))
    return readSixNumbers(bytes, offset + port.length, line - port.length, data)
  if (startsWithNoCase(bytes, offset, line, extendedPort))
    return readDelimited(bytes, offset + extendedPort.length, line - extendedPort.length, data)
  const code = replyCode(bytes, offset, line)
  if (code !== PASSIVE && code !== EXTENDED_PASSIVE) return false
  let start = 4
  // Servers put words in front; the numbers mostly stand in parentheses, which RFC 959 does not ask for.
  while (
    start < line &&
    bytes[offset + start] !== 0x28 &&
    !(code === PASSIVE && isDigit(bytes[offset + start]!))
  )
    start++
  if (start < line && bytes[offset + start] === 0x28) start++
  if (code === PASSIVE) return readSixNumbers(bytes, offset + start, line - start, data)
  return readDelimited(bytes, offset + start, line - start, data)
}

/** `h1,h2,h3,h4,p1,p2` */
function readSixNumbers(bytes: Uint8Array, at: number, length: number, data: FtpDataPort): boolean {
  let address = 0
  let portNumber = 0
  let position = 0
  for (let i = 0; i < 6; i++) {
    let value = 0
    let digits = 0
    while (position < length && digits < 3 && isDigit(bytes[at + position]!)) {
      value = value * 10 + bytes[at + position]! - 0x30
      position++
      digits++
    }
    if (digits === 0 || value > 255) return false
    if (i < 4) address = (address << 8) | value
    else portNumber = (portNumber << 8) | value
    if (i < 5) {
      if (position >= length || bytes[at + position] !== 0x2c) return false
      position++
    }
  }
  data.address = address
  data.port = portNumber
  return portNumber !== 0
}

/** `|1|192.0.2.1|5282|`, where the first two fields may be empty. Only the port is read: the last field. */
function readDelimited(bytes: Uint8Array, at: number, length: number, data: FtpDataPort): boolean {
  if (length < 5) return false
  const delimiter = bytes[at]!
  let position = 0
  let fields = 0
  while (position < length && fields < 3) if (bytes[at + position++] === delimiter) fields++
  let value = 0
  let digits = 0
  while (position < length && digits < 5 && isDigit(bytes[at + position]!)) {
    value = value * 10 + bytes[at + position]! - 0x30
    position++
    digits++
  }
  if (fields < 3 || digits === 0 || value === 0 || value > 65_535) return false
  data.port = value
  return position < length && bytes[at + position] === delimiter
}
