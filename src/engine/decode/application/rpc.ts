/** ONC RPC and the programs known by number: portmap, NFS, mount. RFC 5531 sections 9 and 11, RFC 1833, RFC 7530. */

import { readU32 } from '../bytes.ts'

const CALL_HEADER_LENGTH = 24
const LAST_FRAGMENT = 0x80000000

/** Program number of the call at `offset`, 0 when it is no call of RPC version 2. */
export function rpcProgram(bytes: Uint8Array, offset: number, length: number): number {
  if (length < CALL_HEADER_LENGTH) return 0
  if (readU32(bytes, offset + 4) !== 0 || readU32(bytes, offset + 8) !== 2) return 0
  const program = readU32(bytes, offset + 12)
  const version = readU32(bytes, offset + 16)
  return program >= 100_000 && program < 0x80000000 && version <= 16 && readU32(bytes, offset + 20) <= 1024
    ? program
    : 0
}

/** As rpcProgram, behind TCP's record mark. */
export function rpcProgramOverTcp(bytes: Uint8Array, offset: number, length: number): number {
  if (length < CALL_HEADER_LENGTH + 4) return 0
  const mark = readU32(bytes, offset)
  if (mark < LAST_FRAGMENT || mark - LAST_FRAGMENT < CALL_HEADER_LENGTH) return 0
  return rpcProgram(bytes, offset + 4, length - 4)
}

/** A reply, accepted or denied: enough where the port says RPC too. */
export function couldBeRpcReply(bytes: Uint8Array, offset: number, length: number): boolean {
  return length >= 24 && readU32(bytes, offset + 4) === 1 && readU32(bytes, offset + 8) <= 1
}
