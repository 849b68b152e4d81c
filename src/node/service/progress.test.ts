/** Speeds and the time left, from a clock the test turns. */

import { expect, it } from 'vitest'
import { ProgressMeter } from './progress.ts'

function meterAt() {
  let nowMs = 5000
  const meter = new ProgressMeter(() => nowMs)
  return (afterMs: number, bytesRead: number, phase: 'reading' | 'finishing' = 'reading') => {
    nowMs += afterMs
    return meter.progress({ phase, bytesRead, bytesTotal: 1000, packetCount: bytesRead / 10 })
  }
}

it('a steady speed is told at once, and the time left once it has settled', () => {
  const read = meterAt()
  expect(read(100, 10)).toMatchObject({ bytesPerSecond: 100, packetsPerSecond: 10, secondsLeft: null })
  const later = read(900, 100)
  expect(later.bytesPerSecond).toBeCloseTo(100)
  expect(later.secondsLeft).toBeCloseTo(9)
})

it('a change of speed is followed within seconds, not at once', () => {
  const read = meterAt()
  for (let second = 1; second <= 5; second++) read(1000, second * 100)
  const first = read(1000, 500)
  expect(first.bytesPerSecond).toBeGreaterThan(50)
  let last = first
  for (let second = 0; second < 20; second++) last = read(1000, 500)
  expect(last.bytesPerSecond).toBeLessThan(1)
})

it('nothing is left to wait for while finishing, and two looks at the same moment are no speed', () => {
  const read = meterAt()
  read(2000, 1000)
  const progress = read(0, 1000, 'finishing')
  expect(progress.secondsLeft).toBeNull()
  expect(Number.isFinite(progress.bytesPerSecond)).toBe(true)
})
