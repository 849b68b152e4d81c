/** Cisco FabricPath (EtherType 0x8903): a tag of two bytes between two Ethernet headers. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const TAG_LENGTH = 2

export function decodeFabricPath(packet: Packet): number {
  if (packet.end - packet.offset < TAG_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset += TAG_LENGTH
  return Protocol.eth
}
