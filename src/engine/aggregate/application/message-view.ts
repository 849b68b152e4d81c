/** One application message as the activities see it: where its bytes are, who sent it, and when. */

import type { FlowBatch } from '../../decode/flow-batch.ts'

/** Reused for every message: `set` sets every field, and nothing may keep it or `bytes` beyond the call. */
export class MessageView {
  /** Protocol number. */
  application = 0
  bytes: Uint8Array = new Uint8Array(0)
  offset = 0
  /** Captured payload bytes. */
  length = 0
  /** Whether the wire carried more than was captured. */
  isCut = false
  /** 4 or 6: of both addresses. */
  ipVersion = 4
  /** IPv4 word or IPv6 number; -1 for an IPv6 address beyond the address table's ceiling. */
  src = 0
  dst = 0
  srcPort = 0
  dstPort = 0
  /** 6 or 17. */
  ipProtocol = 0
  /** 1-based. */
  frameNumber = 0
  seconds = 0
  nanoseconds = 0

  set(
    flows: FlowBatch,
    row: number,
    application: number,
    bytes: Uint8Array,
    seconds: number,
    nanoseconds: number,
    frameNumber: number,
  ): void {
    this.application = application
    this.bytes = bytes
    this.offset = flows.payloadOffset[row]!
    this.length = flows.payloadLength[row]!
    this.isCut = flows.payloadWireLength[row]! > this.length
    this.ipVersion = flows.ipVersion[row]!
    this.src = flows.src[row]!
    this.dst = flows.dst[row]!
    this.srcPort = flows.srcPort[row]!
    this.dstPort = flows.dstPort[row]!
    this.ipProtocol = flows.ipProtocol[row]!
    this.frameNumber = frameNumber
    this.seconds = seconds
    this.nanoseconds = nanoseconds
  }
}

/** From a later part's IPv6 numbers to ours; IPv4 words and the -1 of refused addresses stay. */
export type AddressMap = (version: number, address: number) => number

/** `addressOf` for a number that may be the -1 of an address the table refused. */
export function mapAddress(addressOf: AddressMap, version: number, address: number): number {
  return version === 6 && address === -1 ? -1 : addressOf(version, address)
}
