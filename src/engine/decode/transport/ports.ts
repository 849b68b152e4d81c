/** Source and destination port: the first four bytes of every transport that has them. */

import { readU16 } from '../bytes.ts'
import type { Packet } from '../packet.ts'

const DST_PORT = 2
const PORTS_LENGTH = 4

/**
 * Note the path of the current row and, where four captured bytes are left, its ports: a capture cut by its snaplen
 * still shows who knocked. Returns the captured bytes from `packet.offset` on. TCP and UDP, which nearly every packet
 * has, read theirs without a call.
 */
export function readPorts({ bytes, offset, end, flows, flow: row, path }: Packet): number {
  const available = end - offset
  flows.path[row] = path
  if (available >= PORTS_LENGTH) {
    flows.srcPort[row] = readU16(bytes, offset)
    flows.dstPort[row] = readU16(bytes, offset + DST_PORT)
  }
  return available
}
