import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TickClock } from './tick-clock.ts'

const word = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
  fc.integer({ min: 0, max: 0x1f_ffff }),
)

/** The definition itself: ticks divided by ticks a second, in whole numbers of any size. */
function exactly(
  resolution: number,
  high: number,
  low: number,
): readonly [seconds: bigint, nanoseconds: bigint] {
  const perSecond = resolution & 0x80 ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution)
  const ticks = (BigInt(high) << 32n) | BigInt(low)
  return [ticks / perSecond, ((ticks % perSecond) * 1_000_000_000n) / perSecond]
}

describe('TickClock', () => {
  it('is exact to the nanosecond at every resolution there is', () => {
    const clocks = Array.from({ length: 256 }, (_, resolution) => new TickClock(resolution))
    fc.assert(
      fc.property(fc.nat(255), word, word, (resolution, high, low) => {
        const clock = clocks[resolution]!
        clock.convert(high, low)
        const [seconds, nanoseconds] = exactly(resolution, high, low)
        // Beyond 2^53 a double holds the nearest number; nothing later relies on those.
        expect(clock.seconds).toBe(Number(seconds))
        expect(clock.nanoseconds).toBe(Number(nanoseconds))
      }),
      { numRuns: 50_000 },
    )
  })

  it.each([0, 3, 6, 9, 0x80 + 10, 0x80 + 20, 0x80 + 30, 0x80 + 32])(
    'is exact just below, at and above each whole second at resolution %i',
    (resolution) => {
      const clock = new TickClock(resolution)
      const perSecond = resolution & 0x80 ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution)
      for (const second of [1n, 1_700_000_000n, 4_294_967_295n, 4_294_967_296n, 8_589_934_592n]) {
        for (const ticks of [second * perSecond - 1n, second * perSecond, second * perSecond + 1n]) {
          const high = Number(ticks >> 32n)
          const low = Number(ticks & 0xffff_ffffn)
          clock.convert(high, low)
          const expected = exactly(resolution, high, low).map(Number)
          expect([clock.seconds, clock.nanoseconds]).toEqual(expected)
        }
      }
    },
  )

  it('keeps every digit of a nanosecond time of today', () => {
    const clock = new TickClock(9)
    // 1,753,000,000,123,456,789 ticks, which no double holds.
    clock.convert(0x1853_e836, 0x5a9e_4d15)
    expect([clock.seconds, clock.nanoseconds]).toEqual([1_753_000_000, 123_456_789])
  })

  it.each([
    [6, '10^-6'],
    [0, '10^-0'],
    [0x80 + 20, '2^-20'],
    [127, '10^-127'],
    [255, '2^-127'],
  ])('writes resolution %i as %s', (resolution, text) => {
    expect(new TickClock(resolution).resolutionText).toBe(text)
  })

  it.each([
    [12, false],
    [13, true],
    [0x80 + 40, false],
    [0x80 + 41, true],
  ])('thinks of resolution %i: implausible is %s', (resolution, isImplausible) => {
    expect(new TickClock(resolution).isImplausible).toBe(isImplausible)
  })
})
