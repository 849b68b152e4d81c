/** Numbers as people read them. */

import { describe, expect, it } from 'vitest'
import { bytes, count, counted, decimal, duration, percent, rounded, scaled } from './figures.ts'

describe('figures', () => {
  it('group thousands and print their unit', () => {
    expect(count(1_234_567)).toBe('1,234,567')
    expect(bytes(1_000)).toBe('1,000 B')
    expect(decimal(0.1 + 0.2)).toBe('0.3')
  })

  it.each([
    [0, 'no packets'],
    [1, '1 packet'],
    [2_000, '2,000 packets'],
  ])('count %d as %s', (value, said) => {
    expect(counted(value, 'packet')).toBe(said)
  })

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [999.6, '1.00 kB'],
    [1_000, '1.00 kB'],
    [1_499_999, '1.50 MB'],
    [999_600, '1.00 MB'],
    [2 ** 53, '9.01 PB'],
  ])('scale %d bytes to %s', (value, said) => {
    expect(scaled(value, 'B')).toBe(said)
  })

  it('print marks of a scale as the round numbers they are', () => {
    expect(rounded(20_000, 'B/s')).toBe('20 kB/s')
    expect(rounded(0.5, '/s')).toBe('0.5 /s')
  })

  it.each([
    [1, 0, '–'],
    [0, 5, '0.00 %'],
    [1, 1_000_000, '<0.01 %'],
    [999_999, 1_000_000, '>99.99 %'],
    [5, 5, '100.0 %'],
    [1, 8, '12.5 %'],
    [1, 250, '0.40 %'],
  ])('give %d of %d as %s', (part, whole, said) => {
    expect(percent(part, whole)).toBe(said)
  })

  it.each([
    [0, '0 s'],
    [4.5e-7, '450 ns'],
    [0.00045, '450 µs'],
    [0.0123, '12.3 ms'],
    [0.9996, '1 s'],
    [59.96, '60 s'],
    [60, '1 min 00 s'],
    [119.7, '2 min 00 s'],
    [3_599.9, '1 h 00 min'],
    [7_384, '2 h 03 min'],
    [86_399, '1 d 00 h'],
    [273_600, '3 d 04 h'],
    [400 * 86_400, '400 d 00 h'],
  ])('give %d seconds as %s', (seconds, said) => {
    expect(duration(seconds)).toBe(said)
  })
})
