import { describe, expect, it } from 'vitest'
import {
  exactMoment,
  momentAfter,
  momentText,
  resolutionText,
  secondsSince,
  spanText,
  tickText,
  zoneText,
} from './moment.ts'

const first = '1700000000.000000100'

describe('a moment', () => {
  it('keeps its nanoseconds', () => {
    expect(exactMoment('1700000000.123456789')).toEqual({ seconds: 1_700_000_000, nanoseconds: 123_456_789 })
    expect(exactMoment('-1.500000000')).toEqual({ seconds: -2, nanoseconds: 500_000_000 })
    expect(momentText('1700000000.123456789', 'utc', null, 9)).toBe('2023-11-14 22:13:20.123456789')
  })

  it('is cut to the digits asked for, never rounded into the next second', () => {
    expect(momentText('1700000000.999999999', 'utc', null, 3)).toBe('2023-11-14 22:13:20.999')
  })

  it('can be told since the capture began', () => {
    expect(momentText('1700000060.000000350', 'relative', first, 9)).toBe('+60.000000250 s')
  })

  it('that no packet carries is said to be none', () => {
    expect(momentText(null, 'utc', null)).toBe('no time')
  })

  it('beyond the calendar does not throw', () => {
    expect(momentText('99999999999999.000000000', 'utc', null)).toContain('beyond the calendar')
  })

  it('and its distance from the first give each other', () => {
    expect(momentAfter(first, 0.9999999)).toBe('1700000001.000000000')
    expect(secondsSince(first, momentAfter(first, 12.5))).toBe(12.5)
    expect(momentAfter('-1.500000000', 0.25)).toBe('-1.250000000')
  })
})

it('the zone is always named', () => {
  expect(zoneText('utc', first)).toBe('UTC')
  expect(zoneText('relative', first)).toBe('since start')
  expect(zoneText('local', first)).toMatch(/^UTC[+−]\d\d:\d\d$/)
})

describe('ticks', () => {
  it.each([
    [3600, 3600, '23:13'],
    [86_400 * 2, 86_400, '2023-11-16'],
    [1, 1, '22:13:21'],
    [0.0000009, 0.000001, '22:13:20.000001'],
  ])('at %d s with %d s between them read %s', (offset, step, text) => {
    expect(tickText(offset, step, 'utc', first)).toBe(text)
  })

  it('since the start read as lengths of time', () => {
    expect(tickText(7200, 3600, 'relative', first)).toBe('+2 h')
    expect(tickText(0.25, 0.05, 'relative', first)).toBe('+0.25 s')
  })
})

it.each([
  [0, '0 s'],
  [3e-9, '3 ns'],
  [0.00034, '340 µs'],
  [0.25, '250 ms'],
  [1.25, '1.25 s'],
  [125, '2 min 5 s'],
  [86_400 * 3 + 3600 * 4 + 59, '3 d 4 h'],
  [3600, '1 h'],
])('a span of %d s is %s', (seconds, text) => {
  expect(spanText(seconds)).toBe(text)
})

it.each([
  ['10^-9', '1 ns'],
  ['10^-6', '1 µs'],
  ['2^-20', '2⁻²⁰ s'],
  ['odd', 'odd'],
])('a resolution of %s is %s', (resolution, text) => {
  expect(resolutionText(resolution)).toBe(text)
})
