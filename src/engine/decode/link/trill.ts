/** TRILL, RFC 6325 section 3: a header with options between two Ethernet headers. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const HEADER_LENGTH = 6
const OPTIONS_LENGTH_SHIFT = 6
const OPTIONS_LENGTH_MASK = 0x1f

export function decodeTrill(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  const optionWords = (readU16(bytes, offset) >> OPTIONS_LENGTH_SHIFT) & OPTIONS_LENGTH_MASK
  const length = HEADER_LENGTH + optionWords * 4
  if (available < length) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + length
  return Protocol.eth
}
