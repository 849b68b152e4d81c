/** The protocol stack of every frame of a capture: ours, and tshark's made comparable. */

import { FrameBatch } from '../../src/engine/capture/frame-batch.ts'
import { OpenReader } from '../../src/engine/capture/open-reader.ts'
import { pushBytes } from '../../src/engine/capture/push-bytes.ts'
import { decodeFrame } from '../../src/engine/decode/decode-frame.ts'
import { decoderOf } from '../../src/engine/decode/decode-layer.ts'
import { Packet } from '../../src/engine/decode/packet.ts'
import { PROTOCOL_NAMES } from '../../src/engine/decode/protocol-table.ts'
import { AddressTable } from '../../src/engine/net/address-table.ts'
import { KeyHash } from '../../src/engine/net/key-hash.ts'

const CHUNK_LENGTH = 1 << 18

/** Names of tshark's that are no layer of the packet but of its dissection. */
const pseudoLayers = [
  'ethertype',
  'wlan_radio',
  'wlan_aggregate',
  'pcap_pktdata',
  'f5ethtrailer',
  'vssmonitoring',
]

/** Decoders behind which nothing is compared: what they carry, the conversation decides. */
const ends = ['tcp', 'udp', 'udplite', 'sctp', 'dccp', 'icmp', 'icmpv6', 'igmp', 'arp']
const containers = Object.keys(decoderOf).filter((name) => !ends.includes(name))

/** One stack a frame, as `eth:ip:tcp`. */
export function ourStacks(capture: Uint8Array): string[] {
  const packet = new Packet(new AddressTable(new KeyHash([1, 2, 3, 4])))
  const batch = new FrameBatch()
  const reader = new OpenReader()
  const stacks: string[] = []
  const drain = () => {
    while (reader.next(batch) > 0) {
      for (let i = 0; i < batch.count; i++) {
        const captured = batch.capturedLength[i]!
        const missing = Math.max(batch.originalLength[i]! - captured, 0)
        packet.flows.count = 0
        packet.start(batch.bytes, batch.offset[i]!, captured, missing, i)
        decodeFrame(packet, batch.linkType[i]!)
        stacks.push(stackOf(packet))
      }
    }
  }
  for (let at = 0; at < capture.length && reader.ending === null; at += CHUNK_LENGTH) {
    pushBytes(reader, capture.subarray(at, at + CHUNK_LENGTH))
    drain()
  }
  reader.finish()
  drain()
  return stacks
}

function stackOf({ paths, path }: Packet): string {
  const names: string[] = []
  for (let node = path; node !== 0; node = paths.parent[node]!)
    names.push(PROTOCOL_NAMES[paths.protocol[node]!]!)
  return names.reverse().join(':')
}

/** tshark's `frame.protocols` without pseudo layers and without what it says of a malformed or reassembled packet. */
export function comparable(frameProtocols: string): string {
  return frameProtocols
    .split(':')
    .filter((name) => name !== '' && !name.startsWith('_ws.') && !pseudoLayers.includes(name))
    .join(':')
}

/** Whether our stack is tshark's as far as we follow one: up to the transport, or to a leaf. */
export function agree(ours: string, theirs: string): boolean {
  if (ours === theirs) return true
  if (!theirs.startsWith(`${ours}:`)) return false
  const last = ours.slice(ours.lastIndexOf(':') + 1)
  const rest = theirs.slice(ours.length + 1).split(':')
  return !containers.includes(last) && !(last === 'udp' && containers.includes(rest[0]!))
}
