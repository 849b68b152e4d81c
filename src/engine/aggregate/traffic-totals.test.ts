import { describe, expect, it } from 'vitest'
import { FRAME_WITHOUT_TIME, FRAME_ZERO_FILLED, FrameBatch } from '../capture/frame-batch.ts'
import { TrafficTotals } from './traffic-totals.ts'

interface FrameFacts {
  readonly seconds?: number
  readonly nanoseconds?: number
  readonly captured?: number
  readonly original?: number
  readonly flags?: number
}

function batchOf(frames: readonly FrameFacts[]): FrameBatch {
  const batch = new FrameBatch()
  batch.count = frames.length
  frames.forEach((frame, i) => {
    batch.seconds[i] = frame.seconds ?? 0
    batch.nanoseconds[i] = frame.nanoseconds ?? 0
    batch.capturedLength[i] = frame.captured ?? 60
    batch.originalLength[i] = frame.original ?? frame.captured ?? 60
    batch.flags[i] = frame.flags ?? 0
  })
  return batch
}

function totalsOf(frames: readonly FrameFacts[]): TrafficTotals {
  const totals = new TrafficTotals()
  totals.observe(batchOf(frames))
  return totals
}

const ZERO: FrameFacts = { captured: 0, flags: FRAME_ZERO_FILLED }

function expectMergeLaw(frames: readonly FrameFacts[]): void {
  const whole = totalsOf(frames)
  for (let cut = 0; cut <= frames.length; cut++) {
    const merged = totalsOf(frames.slice(0, cut))
    merged.merge(totalsOf(frames.slice(cut)))
    expect(merged.earliest(), `cut at ${String(cut)}`).toEqual(whole.earliest())
    expect(merged.latest()).toEqual(whole.latest())
    for (const field of [
      'packetCount',
      'zeroRunCount',
      'timedPacketCount',
      'disorderedPacketCount',
      'firstDisorderedFrame',
      'untimedPacketCount',
      'firstTimedFrame',
      'zeroRunFrame',
    ] as const) {
      expect(merged[field], `${field}, cut at ${String(cut)}`).toBe(whole[field])
    }
  }
}

describe('totals', () => {
  it('keep sums beyond 32 bits exact', () => {
    const totals = totalsOf([
      { original: 2 ** 32 - 1 },
      { original: 2 ** 32 - 1 },
      { captured: 60, original: 61 },
    ])
    expect(totals.originalByteCount).toBe(2 * (2 ** 32 - 1) + 61)
    expect(totals.truncatedPacketCount).toBe(3)
  })

  it('take the earliest and the latest time, to the nanosecond, in any order', () => {
    const totals = totalsOf([
      { seconds: 5, nanoseconds: 2 },
      { seconds: 5, nanoseconds: 1 },
      { seconds: 9 },
      { seconds: 7 },
    ])
    expect(totals.earliest()).toEqual({ seconds: 5, nanoseconds: 1 })
    expect(totals.latest()).toEqual({ seconds: 9, nanoseconds: 0 })
    expect([totals.disorderedPacketCount, totals.firstDisorderedFrame]).toEqual([2, 2])
  })

  it('keep a run of zeros at the end off the time axis', () => {
    const totals = totalsOf([{ seconds: 5 }, ZERO, ZERO])
    expect(totals.earliest()).toEqual({ seconds: 5, nanoseconds: 0 })
    expect([totals.packetCount, totals.zeroRunCount, totals.disorderedPacketCount]).toEqual([3, 2, 0])
  })

  it('take zeros between other records for records of 1970', () => {
    const totals = totalsOf([{ seconds: 5 }, ZERO, { seconds: 6 }])
    expect(totals.earliest()).toEqual({ seconds: 0, nanoseconds: 0 })
    expect([totals.zeroRunCount, totals.disorderedPacketCount]).toEqual([0, 1])
  })

  it('put a capture of nothing but zeros at time 0, and one without times nowhere', () => {
    expect(totalsOf([ZERO]).earliest()).toEqual({ seconds: 0, nanoseconds: 0 })
    expect(totalsOf([{ flags: FRAME_WITHOUT_TIME }]).earliest()).toBe(null)
    expect(totalsOf([]).latest()).toBe(null)
  })

  it('merge into what one pass gives, wherever the cut is', () => {
    const frames = [
      ZERO,
      { seconds: 8 },
      { flags: FRAME_WITHOUT_TIME },
      { seconds: 3, nanoseconds: 9 },
      ZERO,
      ZERO,
      { seconds: 4 },
      ZERO,
    ]
    expectMergeLaw(frames)
  })

  it('number a run of zeros by its first record, wherever the cut is', () => {
    const frames = [{ seconds: 9 }, ZERO, ZERO, ZERO, { seconds: 10 }, { seconds: 11 }]
    expect(totalsOf(frames).firstDisorderedFrame).toBe(2)
    expectMergeLaw(frames)
    expect(totalsOf([ZERO, ZERO, { seconds: 1 }]).firstTimedFrame).toBe(1)
  })
})
