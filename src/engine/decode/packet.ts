/** The decoder's place in one frame: where it stands, how far it may read, and the row it fills. */

import type { AddressTable } from '../net/address-table.ts'
import { DecodeIssueCounts } from './decode-issue.ts'
import { FLOWS_PER_FRAME_MAX, FlowBatch } from './flow-batch.ts'
import { ProtocolPaths, ROOT_PATH } from './protocol-path.ts'

/**
 * One Packet is reused for every frame of a capture. A decoder reads `bytes` from `offset` and never at or beyond
 * `end`; it moves `offset` past its header, may lower `end` (padding, trailers) and never raises it, and returns
 * the Protocol number of what comes next, or 0 when it cannot tell or nothing comes.
 */
export class Packet {
  bytes: Uint8Array = new Uint8Array(0)
  offset = 0
  /** End of the captured bytes that belong to the current layer. */
  end = 0
  /** How many more bytes the current layer had on the wire beyond `end`, because of a snaplen; 0 when whole. */
  missing = 0
  path = ROOT_PATH
  /** Row of `flows` that the innermost IP header began in this frame, -1 before the first. */
  flow = -1
  flowCount = 0
  /** Protocol number of the tunnel entered last, 0 outside any: the `tunnel` of the next row. */
  tunnel = 0
  /** Index of the frame in its batch. */
  frame = 0
  frameNumber = 0
  /** LINKTYPE_ number of the frame, for the few links that one protocol has several of. */
  linkType = 0

  readonly flows = new FlowBatch()
  readonly paths = new ProtocolPaths()
  readonly issues = new DecodeIssueCounts()
  readonly addresses: AddressTable

  constructor(addresses: AddressTable) {
    this.addresses = addresses
  }

  /** Begin with a frame. Everything that describes a packet is set, so nothing of the last one remains. */
  start(bytes: Uint8Array, offset: number, capturedLength: number, missing: number, frame: number): void {
    this.bytes = bytes
    this.offset = offset
    this.end = offset + capturedLength
    this.missing = missing
    this.path = ROOT_PATH
    this.flow = -1
    this.flowCount = 0
    this.tunnel = 0
    this.frame = frame
  }

  /** Begin a row for an IP header or ARP; -1, with an issue, when this frame nests too deeply. */
  beginFlow(role: number, ipVersion: number, src: number, dst: number): number {
    if (this.flowCount === FLOWS_PER_FRAME_MAX) return -1
    this.flowCount++
    return this.flows.begin(this.frame, role, this.tunnel, ipVersion, src, dst)
  }

  issue(issue: number): void {
    this.issues.add(issue, this.frameNumber)
  }

  /**
   * The layer that starts at `offset` says it is `length` bytes long on the wire: lower `end` to it. What the
   * snaplen cut off becomes `missing`. False when the capture had more room on the wire than `length` claims is
   * legal to ask for, that is when the layer claims more than its carrier has; `end` is then left alone.
   */
  limit(length: number): boolean {
    const available = this.end - this.offset
    if (length <= available) {
      this.end = this.offset + length
      this.missing = 0
      return true
    }
    if (length <= available + this.missing) {
      this.missing = length - available
      return true
    }
    return false
  }
}
