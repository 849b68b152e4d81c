/** Client hellos as browsers send them, whole or over several records: RFC 8446 sections 4.1.2 and 5.1. */

import { bytes, concat, filled, text } from '../traffic/index.ts'

const u16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)

function extension(type: number, data: Uint8Array): Uint8Array {
  return concat(u16(type), u16(data.length), data)
}

export interface ClientHelloFields {
  readonly serverName: string
  /** Bytes of the key share: 1,216 of X25519MLKEM768. */
  readonly keyShareLength?: number
  /** Whether the server's name stands behind the key share. */
  readonly isNameLast?: boolean
}

/** The handshake message, in no record yet. Offers TLS 1.3 in the extension only, and h2. */
export function clientHello({
  serverName,
  keyShareLength = 1216,
  isNameLast = true,
}: ClientHelloFields): Uint8Array {
  const name = text(serverName)
  const named = extension(0, concat(u16(name.length + 3), Uint8Array.of(0), u16(name.length), name))
  const share = extension(
    51,
    concat(u16(keyShareLength + 4), bytes('11ec'), u16(keyShareLength), filled(keyShareLength, 0x5a)),
  )
  const extensions = concat(
    ...(isNameLast ? [share, named] : [named, share]),
    // An encrypted hello's usual length, RFC 9849.
    extension(0xfe0d, filled(480, 0x33)),
    extension(16, bytes('000c 02 6832 08 687474702f312e31')),
    extension(13, bytes('0004 0403 0804')),
    extension(43, bytes('04 0304 0303')),
  )
  const body = concat(
    bytes('0303'),
    filled(32, 0x11),
    bytes('00 0006 1301 1302 c02b 01 00'),
    u16(extensions.length),
    extensions,
  )
  return concat(Uint8Array.of(1, 0), u16(body.length), body)
}

/** The message in records of at most `length` bytes of it each. */
export function inRecords(message: Uint8Array, length = 1 << 14): Uint8Array {
  const records: Uint8Array[] = []
  for (let at = 0; at < message.length; at += length) {
    const body = message.subarray(at, at + length)
    records.push(bytes('16 0301'), u16(body.length), body)
  }
  return concat(...records)
}
