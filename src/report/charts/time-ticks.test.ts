/** Marks of time axes: round, in the report's zone, dated where the day changes. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Clock, parseMoment } from '../text/moment.ts'
import { CHART_WIDTH } from './drawing.ts'
import { axisCaption, isRelative, tickMark, timeTicks } from './time-ticks.ts'

/** 2024-05-01 12:34:56.123 UTC. */
const origin = parseMoment('1714566896.123456789')
const labels = (
  clock: Clock,
  range: readonly [number, number],
  wanted = 5,
  dateShown: string | null = '2024-05-01',
) =>
  timeTicks(clock, { origin, range, wanted, relative: isRelative(origin, ...range), dateShown }).map(
    ({ label }) => label,
  )

describe('marks of a time axis', () => {
  const utc = new Clock('utc')

  it('of an hour are round minutes', () => {
    expect(labels(utc, [0, 3_600])).toEqual(['12:45', '13:00', '13:15', '13:30'])
  })

  it('of a minute show seconds', () => {
    expect(labels(utc, [0, 60], 4)).toEqual(['12:35:00', '12:35:15', '12:35:30', '12:35:45'])
  })

  it('of days are dates, and of two days name the second one', () => {
    expect(labels(utc, [0, 4 * 86_400], 4)).toEqual(['2024-05-02', '2024-05-03', '2024-05-04', '2024-05-05'])
    expect(labels(utc, [0, 86_400], 3)).toEqual(['18:00', '05-02 00:00', '06:00', '12:00'])
  })

  it('of a later part of the axis name their day when it was not named', () => {
    expect(labels(utc, [259_200, 262_800], 2)[0]).toBe('05-04 13:00')
  })

  it('of a few seconds count from the first packet', () => {
    expect(labels(utc, [0, 2], 4)).toEqual(['0 s', '0.5 s', '1 s', '1.5 s', '2 s'])
    expect(axisCaption(utc, true)).toBe('seconds since the first packet')
  })

  it('lie where they say', () => {
    const [first] = timeTicks(utc, { origin, range: [0, 3_600], wanted: 5, relative: false, dateShown: null })
    expect(first!.seconds).toBeCloseTo(10 * 60 + 4 - 0.123, 2)
    expect(first!.label).toBe('05-01 12:45')
  })

  it('count from the first packet when no calendar holds its time', () => {
    expect(isRelative(null, 0, 1e9)).toBe(true)
  })
})

describe('marks in a local zone', () => {
  beforeEach(() => vi.stubEnv('TZ', 'America/St_Johns'))
  afterEach(() => vi.unstubAllEnvs())

  it('are round there', () => {
    const clock = new Clock('local')
    expect(labels(clock, [0, 4 * 3_600])).toEqual(['11:00', '12:00', '13:00', '14:00'])
    expect(axisCaption(clock, false)).toBe('time (America/St_Johns)')
  })
})

describe('the label of a mark', () => {
  it('stands in the middle below it where there is room, and ends with the picture where there is none', () => {
    const near = tickMark(CHART_WIDTH - 20, 0, '8 s').markup
    expect(near).toContain(`<text class="middle" x="${CHART_WIDTH - 20}"`)
    expect(tickMark(CHART_WIDTH - 20, 0, '2024-05-01').markup).toContain('<text class="end"')
  })
})
