/** Times, exact to the nanosecond, with their zone. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Clock, nanosecondsBetween, parseMoment } from './moment.ts'

describe('a time in UTC', () => {
  const clock = new Clock('utc')

  it.each([
    ['0.000000000', '1970-01-01 00:00:00.000000000'],
    ['1714566896.123456789', '2024-05-01 12:34:56.123456789'],
    ['1714566896.999999999', '2024-05-01 12:34:56.999999999'],
    ['-1.250000000', '1969-12-31 23:59:58.750000000'],
    ['-1.000000000', '1969-12-31 23:59:59.000000000'],
    ['4294967295.000000001', '2106-02-07 06:28:15.000000001'],
  ])('%s is %s', (text, printed) => {
    expect(clock.exact(text)).toBe(printed)
    expect(clock.exactWithZone(text)).toBe(`${printed} UTC`)
  })

  it('beyond what a calendar holds is printed as seconds', () => {
    expect(clock.exact('99999999999999.000000000')).toBe('99999999999999.000000000 s after 1970-01-01 UTC')
    expect(parseMoment('99999999999999.000000000')).toBeNull()
  })

  it('that is missing is a dash', () => {
    expect(clock.exactWithZone(null)).toBe('–')
  })
})

describe('a local time', () => {
  beforeEach(() => vi.stubEnv('TZ', 'America/St_Johns'))
  afterEach(() => vi.unstubAllEnvs())

  it('carries its offset, also half hours and summer time', () => {
    const clock = new Clock('local')
    expect(clock.zoneName).toBe('America/St_Johns')
    expect(clock.exactWithZone('1714566896.123456789')).toBe('2024-05-01 10:04:56.123456789 -02:30')
    expect(clock.exact('1704067200.000000000')).toBe('2023-12-31 20:30:00.000000000 -03:30')
  })
})

describe('the difference of two times', () => {
  it('is exact where doubles are not', () => {
    expect(nanosecondsBetween('1714566896.000000001', '1714566896.000000002')).toBe(1n)
    expect(nanosecondsBetween('-1.500000000', '1.250000000')).toBe(2_750_000_000n)
  })

  it('is unknown when one is missing', () => {
    expect(nanosecondsBetween(null, '1.000000000')).toBeNull()
  })
})
