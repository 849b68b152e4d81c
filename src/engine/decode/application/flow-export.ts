/** Flow export: NetFlow and IPFIX (`cflow`), sFlow. RFC 3954 section 5, RFC 7011 section 3.1, sFlow version 5. */

import { readU16, readU32 } from '../bytes.ts'

/** NetFlow 1, 5, 7 and 9, or IPFIX with the length of the whole. Only where the port says so. */
export function couldBeCflow(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 16) return false
  const version = readU16(bytes, offset)
  if (version === 10) return readU16(bytes, offset + 2) <= length
  return (
    (version === 1 || version === 5 || version === 7 || version === 9) && readU16(bytes, offset + 2) <= 1000
  )
}

/** Version 2, 4 or 5, and an agent address of IPv4 or IPv6. Only where the port says so. */
export function couldBeSflow(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 28) return false
  const version = readU32(bytes, offset)
  const addressType = readU32(bytes, offset + 4)
  return (version === 2 || version === 4 || version === 5) && (addressType === 1 || addressType === 2)
}
