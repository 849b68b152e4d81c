/**
 * A capture that looks like an office's uplink: some 200,000 conversations of Zipf-distributed length between Zipf-popular
 * hosts, mostly TCP with handshakes and closes, DNS, QUIC, NTP, ICMP, ARP, some IPv6, some VLAN tags, a few scanners.
 * Conversations overlap as they do on a wire: each has its own clock, and the packet that is due first is written next.
 */

import { seededRandom, START } from '../../test/traffic/index.ts'
import { CaptureSink, type CaptureFormat } from './capture-sink.ts'
import { DueQueue } from './due-queue.ts'
import { drawConversations } from './realistic-conversations.ts'
import { PacketWriter } from './realistic-packets.ts'

export interface RealisticParameters {
  /** Writing stops before the record that would exceed this. */
  readonly byteCountMax: number
  readonly conversationCount: number
  readonly durationSeconds: number
  readonly seed: number
}

/** A frame, its record and pcapng's padding are never longer than this. */
const RECORD_LENGTH_MAX = 1600

export function writeRealistic(path: string, format: CaptureFormat, parameters: RealisticParameters): number {
  const random = seededRandom(parameters.seed)
  const conversations = drawConversations(parameters, random)
  const sink = new CaptureSink(path, format)
  const writer = new PacketWriter(sink, conversations, random)
  const queue = new DueQueue(conversations.count)
  for (let i = 0; i < conversations.count; i++) queue.add(i, conversations.start[i] as number)

  while (queue.size > 0 && sink.byteCount + RECORD_LENGTH_MAX <= parameters.byteCountMax) {
    const conversation = queue.first
    const due = queue.firstDue
    writer.writeNext(conversation, START.seconds * 1e6 + Math.floor(due))
    if (writer.isOver(conversation)) queue.removeFirst()
    else queue.delayFirst(due + (conversations.gap[conversation] as number) * (0.5 + random.fraction()))
  }
  sink.close()
  return sink.frameCount
}
