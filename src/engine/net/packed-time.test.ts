import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  comparePacked,
  packedHigh,
  packedLow,
  PACKED_SECONDS_MAX,
  secondsBetween,
  timestampText,
  unpackNanoseconds,
  unpackSeconds,
} from './packed-time.ts'

const seconds = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.maxSafeInteger().filter((n) => Math.abs(n) <= PACKED_SECONDS_MAX),
)
const nanoseconds = fc.integer({ min: 0, max: 999_999_999 })

describe('packed times', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(seconds, nanoseconds, (s, ns) => {
        const high = packedHigh(s, ns)
        expect([unpackSeconds(high, packedLow(s)), unpackNanoseconds(high)]).toEqual([s, ns])
      }),
    )
  })

  it('compare as the times do', () => {
    fc.assert(
      fc.property(seconds, nanoseconds, seconds, nanoseconds, (s, ns, t, nt) => {
        const packed = comparePacked(packedHigh(s, ns), packedLow(s), packedHigh(t, nt), packedLow(t))
        expect(Math.sign(packed)).toBe(Math.sign(s - t || ns - nt))
      }),
    )
  })

  it('hold times beyond 272 years at the edge', () => {
    expect(unpackSeconds(packedHigh(1e15, 5), packedLow(1e15))).toBe(PACKED_SECONDS_MAX)
  })
})

describe('timestamp text', () => {
  it.each([
    [0, 0, '0.000000000'],
    [1_700_000_000, 5, '1700000000.000000005'],
    [4_294_967_295, 999_999_999, '4294967295.999999999'],
    [-1, 500_000_000, '-0.500000000'],
    [-2, 0, '-2.000000000'],
    [-2, 1, '-1.999999999'],
  ])('of %d s and %d ns is %s', (s, ns, text) => {
    expect(timestampText(s, ns)).toBe(text)
  })
})

it('takes the difference of two times without losing nanoseconds', () => {
  expect(secondsBetween(1_700_000_000, 999_999_999, 1_700_000_001, 0)).toBe(1e-9)
})
