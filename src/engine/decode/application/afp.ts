/** AFP's session layer, DSI: flags, command, request id, offset, length, zero. Apple Filing Protocol 3.4, DSI. */

import { readU32 } from '../bytes.ts'

const HEADER_LENGTH = 16

/** Only where the port says AFP. */
export function couldBeDsi(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH || bytes[offset]! > 1) return false
  const command = bytes[offset + 1]!
  return command >= 1 && command <= 8 && readU32(bytes, offset + 12) === 0
}
