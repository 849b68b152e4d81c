import { expect, it } from 'vitest'
import { summaryOf } from '../../../test/captures/whole-analysis.ts'
import { at, packetFrame, pcap, text, udp } from '../../../test/traffic/index.ts'
import { ProbeKind } from '../detect/probe-kind.ts'
import { RecordProbe } from '../detect/record-probe.ts'
import type { Aggregates } from './aggregates.ts'
import { addCount, addOne, countAt, hasPackets, RECORD_COUNT_MAX } from './conversation-counts.ts'
import { KeyBits, Row, ROW_WORDS } from './conversation-row.ts'

const HALF = 2 ** 31
const UDP = 17

const datagram = (srcPort: number, seconds: number) =>
  packetFrame(
    '10.0.0.1',
    '10.0.0.2',
    udp({ sourcePort: srcPort, destinationPort: 9 }, text('x')),
    at(seconds),
  )

/** Each part's only conversation gets the count of a capture that would take days to write. */
const withCount =
  (count: number) =>
  (part: Aggregates): Aggregates => {
    part.conversations.table.slab(0)[Row.packetsFromA] = count
    return part
  }

it('merges conversations of 2^31 packets: the earlier one begins them, and the later one ends them', () => {
  const frames = [datagram(5000, 10), datagram(5000, 20)]
  const [row] = summaryOf(pcap(frames), { cutsAt: [1], sendPart: withCount(HALF - 1) }).conversations
  expect(row).toMatchObject({ packetCount: 2 * (HALF - 1), firstFrame: 1, durationSeconds: 10 })
  for (const count of [HALF, RECORD_COUNT_MAX]) {
    const [row] = summaryOf(pcap(frames), { cutsAt: [1], sendPart: withCount(count) }).conversations
    expect(row).toMatchObject({
      packetCount: RECORD_COUNT_MAX,
      firstFrame: 1,
      durationSeconds: 10,
    })
  }
})

it('counts 2^31 packets that a full table has no record for', () => {
  const { limits } = summaryOf(pcap([datagram(5000, 10), datagram(5001, 20)]), {
    cutsAt: [1],
    conversationCountMax: 1,
    sendPart: withCount(HALF),
  })
  expect(limits.unlistedConversationPacketCount).toBe(HALF)
})

it('shows rules an originator and a responder of 2^31 packets', () => {
  const words = new Int32Array(ROW_WORDS)
  words[Row.key] = UDP | KeyBits.hasPorts
  words[Row.packetsFromA] = HALF
  words[Row.packetsFromB] = HALF
  const probe = new RecordProbe()
  probe.read(words, 0)
  expect([probe.count, probe.kinds[0]]).toEqual([1, ProbeKind.udp])
  const answered = probe.bits[0]
  words[Row.packetsFromA] = words[Row.packetsFromB] = 1
  probe.read(words, 0)
  expect(probe.bits[0]).toBe(answered)
})

it('stays at the greatest count, and so never at none', () => {
  const words = new Int32Array(ROW_WORDS)
  expect(hasPackets(words, 0)).toBe(false)
  words[Row.packetsFromA] = RECORD_COUNT_MAX - 1
  addOne(words, Row.packetsFromA)
  addOne(words, Row.packetsFromA)
  words[Row.packetsFromB] = 1
  // As signed words their sum would be 0.
  expect([countAt(words, Row.packetsFromA), hasPackets(words, 0)]).toEqual([RECORD_COUNT_MAX, true])
  addCount(words, Row.packetsFromB, RECORD_COUNT_MAX)
  expect(countAt(words, Row.packetsFromB)).toBe(RECORD_COUNT_MAX)
})
