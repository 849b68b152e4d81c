/** VN-Tag of Cisco's fabric extenders (the proposal that became IEEE 802.1BR): four bytes, then a type. */

import type { Packet } from '../packet.ts'
import { followTag } from './ether-type.ts'

const TAG_LENGTH = 6

export function decodeVntag(packet: Packet): number {
  return followTag(packet, TAG_LENGTH)
}
