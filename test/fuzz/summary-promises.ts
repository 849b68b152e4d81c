/** What holds of every summary, whatever the capture: sums that must agree, numbers that are numbers, texts fit to be shown. */

import { FLOWS_PER_FRAME_MAX } from '../../src/engine/decode/flow-batch.ts'
import type { CaptureSummary, ConversationRow, EndpointRow, ProtocolRow } from '../../src/engine/index.ts'
import { promise, promiseEqual } from './violation.ts'

/** Counted frame by frame, beside the pipeline. */
export interface Totals {
  packetCount: number
  originalByteCount: number
  capturedByteCount: number
}

/** The longest text of the data, and what escaping and an ellipsis add to it at most. */
const TEXT_LENGTH_MAX = 4_200
const EXACT_SECONDS_MAX = 2 ** 32
const COUNT_MAX = Number.MAX_SAFE_INTEGER

export function checkSummary(summary: CaptureSummary, totals: Totals): void {
  const { capture } = summary
  promiseEqual(capture.packetCount, totals.packetCount, 'packetCount')
  promiseEqual(capture.originalByteCount, totals.originalByteCount, 'originalByteCount')
  checkProtocols(summary.protocols, totals)
  checkBandwidth(summary, totals)
  promiseEqual(sum(summary.packetLengths, 'packetCount'), totals.packetCount, 'packets of all lengths')
  promiseEqual(sum(summary.packetLengths, 'byteCount'), totals.originalByteCount, 'bytes of all lengths')
  promiseEqual(summary.conversations.length, summary.conversationCount, 'conversations listed')
  promiseEqual(summary.endpoints.length, summary.endpointCount, 'endpoints listed')
  promiseEqual(summary.findings.length, summary.findingCount, 'findings listed')
  for (const row of summary.conversations) checkConversation(row, totals.packetCount)
  for (const row of summary.endpoints) checkEndpoint(row, totals.packetCount)
  checkTimes(summary)
  promiseEqual(
    new Set(summary.findings.map(({ id }) => id)).size,
    summary.findings.length,
    'findings of different ids',
  )
  checkValue(summary, 'summary')
  for (const name in {}) promise(false, `Object.prototype has ${name}`)
}

/** Every packet is on one path; what lies deeper is part of what lies above. Applications come from conversations. */
function checkProtocols(rows: readonly ProtocolRow[], totals: Totals): void {
  let packetCount = 0
  let byteCount = 0
  const above: ProtocolRow[] = []
  const shares: number[] = []
  for (const row of rows) {
    const depth = row.path.length
    if (depth === 1) {
      packetCount += row.packetCount
      byteCount += row.byteCount
    }
    above[depth] = row
    shares[depth] = 0
    const parent = above[depth - 1]
    if (depth === 1 || row.basis !== 'header' || row.path.at(-1) === 'data') continue
    promise(parent !== undefined, () => `${row.path.join(':')} without a parent`)
    shares[depth - 1]! += row.packetCount
    promise(shares[depth - 1]! <= parent.packetCount, () => `more below ${parent.path.join(':')} than in it`)
  }
  promiseEqual(packetCount, totals.packetCount, 'packets of all protocols')
  promiseEqual(byteCount, totals.originalByteCount, 'bytes of all protocols')
}

function checkBandwidth({ bandwidth }: CaptureSummary, totals: Totals): void {
  const { buckets, split } = bandwidth
  let [packetCount, byteCount] = [0, 0]
  let startBefore = -1
  buckets.forEach(([start, packets, bytes], i) => {
    // Beyond it a double cannot tell two buckets of a microsecond apart: 136 years from the first packet.
    promise(
      start > startBefore || start > EXACT_SECONDS_MAX,
      () => `bucket ${i} starts at ${start}, the one before at ${startBefore}`,
    )
    startBefore = start
    packetCount += packets
    byteCount += bytes
    const parts = split.counts[i]!
    promiseEqual(
      parts.reduce((total, [count]) => total + count, 0),
      packets,
      `packets of the parts of bucket ${i}`,
    )
    promiseEqual(
      parts.reduce((total, [, count]) => total + count, 0),
      bytes,
      `bytes of the parts of bucket ${i}`,
    )
  })
  promiseEqual(packetCount, totals.packetCount, 'packets of all buckets')
  promiseEqual(byteCount, totals.originalByteCount, 'bytes of all buckets')
  promise(buckets.length <= 2_049, () => `${buckets.length} buckets`)
}

function checkConversation(row: ConversationRow, packetCountMax: number): void {
  const name = `${row.protocol} ${row.originator.address}`
  promiseEqual(
    row.originatorPacketCount + row.responderPacketCount,
    row.packetCount,
    `packets both ways of ${name}`,
  )
  promiseEqual(row.originatorByteCount + row.responderByteCount, row.byteCount, `bytes both ways of ${name}`)
  promise(row.packetCount > 0 && row.firstFrame > 0, () => `${name} without a packet`)
  promise(
    row.firstFrame <= packetCountMax,
    () => `${name} begins at frame ${row.firstFrame} of ${packetCountMax}`,
  )
}

function checkEndpoint(row: EndpointRow, packetCount: number): void {
  promiseEqual(
    row.sentPacketCount + row.receivedPacketCount,
    row.packetCount,
    `packets both ways of ${row.address}`,
  )
  promiseEqual(row.sentByteCount + row.receivedByteCount, row.byteCount, `bytes both ways of ${row.address}`)
  const most = Math.max(row.sentPacketCount, row.receivedPacketCount)
  const countMax = row.tunnel === null ? packetCount : packetCount * FLOWS_PER_FRAME_MAX
  promise(most <= countMax, () => `${row.address} has ${most} packets one way, of ${countMax}`)
}

function checkTimes({ capture, conversations }: CaptureSummary): void {
  const { firstTimestamp, lastTimestamp, durationSeconds } = capture
  promise((firstTimestamp === null) === (lastTimestamp === null), 'one time without the other')
  promise(durationSeconds >= 0, () => `a duration of ${durationSeconds} s`)
  // Frames without a time before the first that has one stand at 1970.
  if (capture.quality.untimedPacketCount > 0) return
  for (const { durationSeconds: its } of conversations) {
    promise(its >= 0 && its <= durationSeconds, () => `a conversation of ${its} s in ${durationSeconds} s`)
  }
}

const sum = <K extends string>(rows: readonly Readonly<Record<K, number>>[], column: K): number =>
  rows.reduce((total, row) => total + row[column], 0)

/** Nothing that JSON would lose, no count that is not exact, no text too long or with a lone surrogate. */
function checkValue(value: unknown, at: string): void {
  switch (typeof value) {
    case 'number':
      promise(Number.isFinite(value) && !Object.is(value, -0), () => `${at} is ${String(value)}`)
      if (/Count$|Frame$|^port$|byteOffset/.test(at.slice(at.lastIndexOf('.') + 1))) {
        promise(Number.isInteger(value) && value >= 0 && value <= COUNT_MAX, () => `${at} is ${value}`)
      }
      return
    case 'string':
      promise(value.length <= TEXT_LENGTH_MAX, () => `${at} has ${value.length} characters`)
      return
    case 'boolean':
      return
    case 'object':
      if (value === null) return
      if (Array.isArray(value)) {
        value.forEach((one, i) => {
          checkValue(one, `${at}[${i}]`)
        })
      } else for (const [name, one] of Object.entries(value)) checkValue(one, `${at}.${name}`)
      return
    default:
      promise(false, `${at} is of the type ${typeof value}`)
  }
}
