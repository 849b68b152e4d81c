/** Cassandra's CQL binary protocol: version 3 to 5, flags, stream, opcode, length. native_protocol_v5.spec section 2. */

import { readU32 } from '../bytes.ts'

const HEADER_LENGTH = 9

/** Only where the port says CQL. */
export function couldBeCql(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH) return false
  const version = bytes[offset]! & 0x7f
  return (
    version >= 1 &&
    version <= 5 &&
    bytes[offset + 1]! < 32 &&
    bytes[offset + 4]! <= 0x10 &&
    readU32(bytes, offset + 5) < 1 << 28
  )
}
