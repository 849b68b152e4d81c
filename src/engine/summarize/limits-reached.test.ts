import { expect, it } from 'vitest'
import { summaryOf } from '../../../test/captures/whole-analysis.ts'
import { packetFrame, pcap, udp } from '../../../test/traffic/index.ts'
import { HTTP_ROW_COUNT_MAX } from '../aggregate/application/http-activity.ts'
import { Aggregates } from '../aggregate/aggregates.ts'
import { CLAIM_COUNT_MAX } from '../aggregate/hardware-claims.ts'
import { canMergeExactly, isExact } from '../aggregate/merge-exactness.ts'

const frame = packetFrame('10.0.0.1', '10.0.0.2', udp({ sourcePort: 5000, destinationPort: 9 }))

/** What each table refuses when `over` more come than it has room for. */
const overfilled = {
  'claims of hardware addresses': (part: Aggregates, over: number) => {
    for (let i = 0; i < CLAIM_COUNT_MAX + over; i++) part.hardwareClaims.observe(4, i, 2, 1, false, 1)
  },
  'rows of application evidence': (part: Aggregates, over: number) => {
    const { exchanges } = part.applications.http
    for (let i = 0; i < HTTP_ROW_COUNT_MAX + over; i++) exchanges.rowOf(4, i, 1, 80)
  },
  'frames on another protocol path': (part: Aggregates, over: number) => {
    const { refused } = part.conversations.pathSplits.table
    refused[0] = refused[0]! + over
  },
}

it.each(Object.entries(overfilled))(
  '%s that found no room are shown, and parts that refused some too',
  (_, fill) => {
    const full = summaryOf(pcap([frame]), {
      sendPart: (part) => {
        fill(part, 3)
        return part
      },
    })
    expect(full.limits.refusedEvidenceCount).toBe(3)
    let number = 0
    const merged = summaryOf(pcap([frame, frame]), {
      cutsAt: [1],
      sendPart: (part) => {
        if (number++ === 1) fill(part, 3)
        return part
      },
    })
    expect(merged.limits.refusedEvidenceCount).toBeGreaterThanOrEqual(3)
  },
)

it.each(Object.entries(overfilled))('%s that found no room make a merge inexact', (_, fill) => {
  const [earlier, later] = [new Aggregates([1, 2, 3, 4]), new Aggregates([5, 6, 7, 8])]
  fill(later, 0)
  expect([isExact(later), canMergeExactly(earlier, later)]).toEqual([true, true])
  fill(later, 1)
  expect([isExact(later), canMergeExactly(earlier, later)]).toEqual([false, false])
})

it('shows nothing refused where all found room', () => {
  expect(Object.values(summaryOf(pcap([frame])).limits).every((count) => count === 0)).toBe(true)
})
