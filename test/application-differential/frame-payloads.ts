/** Payloads of a capture's frames as the decoders find them, one by one. */

import { readFileSync } from 'node:fs'
import { FrameBatch } from '../../src/engine/capture/frame-batch.ts'
import { OpenReader } from '../../src/engine/capture/open-reader.ts'
import { decodeFrame } from '../../src/engine/decode/decode-frame.ts'
import { FlowRole, FragmentPart } from '../../src/engine/decode/flow-batch.ts'
import { Packet } from '../../src/engine/decode/packet.ts'
import { AddressTable } from '../../src/engine/net/address-table.ts'
import { KeyHash } from '../../src/engine/net/key-hash.ts'

const BLOCK_LENGTH = 1 << 20

/** The innermost payload of one frame; `bytes` is valid during the call only. */
export interface FramePayload {
  /** 1-based. */
  readonly frame: number
  readonly bytes: Uint8Array
  readonly offset: number
  readonly length: number
  readonly ipProtocol: number
  readonly srcPort: number
  readonly dstPort: number
}

/** Call `visit` for every frame of the capture: with its payload, or with null when it carries none of TCP or UDP. */
export function visitPayloads(file: string, visit: (payload: FramePayload | null) => void): void {
  const reader = new OpenReader()
  const packet = new Packet(new AddressTable(new KeyHash([1, 2, 3, 4])))
  const batch = new FrameBatch()
  let frame = 0
  const drain = (): void => {
    while (reader.next(batch) > 0) {
      for (let i = 0; i < batch.count; i++) {
        packet.flows.count = 0
        packet.start(batch.bytes, batch.offset[i]!, batch.capturedLength[i]!, 0, i)
        decodeFrame(packet, batch.linkType[i]!)
        visit(innermostPayload(packet, batch.bytes, ++frame))
      }
    }
  }
  const content = readFileSync(file)
  for (let at = 0; at < content.length; at += BLOCK_LENGTH) {
    const block = content.subarray(at, at + BLOCK_LENGTH)
    const window = reader.writable(block.length)
    window.bytes.set(block, window.offset)
    reader.commit(block.length)
    drain()
  }
  reader.finish()
  drain()
}

function innermostPayload({ flows }: Packet, bytes: Uint8Array, frame: number): FramePayload | null {
  for (let row = flows.count - 1; row >= 0; row--) {
    if (flows.role[row] !== FlowRole.packet || flows.srcPort[row]! < 0) continue
    if (flows.carried[row] !== 0 || flows.fragment[row] === FragmentPart.later) return null
    if (flows.payloadLength[row] === 0) return null
    return {
      frame,
      bytes,
      offset: flows.payloadOffset[row]!,
      length: flows.payloadLength[row]!,
      ipProtocol: flows.ipProtocol[row]!,
      srcPort: flows.srcPort[row]!,
      dstPort: flows.dstPort[row]!,
    }
  }
  return null
}
