/** MongoDB's wire protocol: length, request id, response to, opcode, little endian. MongoDB manual, Wire Protocol. */

import { readU32le } from '../bytes.ts'

const HEADER_LENGTH = 16
const LENGTH_MAX = 48_000_000

export function looksLikeMongo(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH + 5) return false
  const messageLength = readU32le(bytes, offset)
  const opcode = readU32le(bytes, offset + 12)
  const isKnown = opcode === 1 || (opcode >= 2001 && opcode <= 2007) || (opcode >= 2010 && opcode <= 2013)
  if (!isKnown || messageLength < HEADER_LENGTH + 5 || messageLength > LENGTH_MAX) return false
  return opcode === 1
    ? messageLength >= length && readU32le(bytes, offset + 8) !== 0
    : messageLength >= length
}
