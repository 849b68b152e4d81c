/** Tags of redundant rings, HSR: IEC 62439-3 section 5. The frame comes both ways round, and is counted each time. */

import type { Packet } from '../packet.ts'
import { followTag } from './ether-type.ts'

const TAG_LENGTH = 6

/** The tag behind its EtherType: path and size, sequence number, then the next type. */
export function decodeHsr(packet: Packet): number {
  return followTag(packet, TAG_LENGTH)
}
