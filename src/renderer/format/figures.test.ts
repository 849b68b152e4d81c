import { describe, expect, it } from 'vitest'
import { bytesText, countedText, figureText, perSecondText, rateText, shareText } from './figures.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('bytes', () => {
  it.each([
    [0, 'si', '0 B'],
    [999, 'si', '999 B'],
    [1000, 'si', '1.00 kB'],
    [1000, 'iec', '1000 B'],
    [1024, 'iec', '1.00 KiB'],
    [999_999, 'si', '1.00 MB'],
    [15_342_110, 'si', '15.3 MB'],
    [9e15, 'si', '9.00 PB'],
    [9e18, 'si', '9000 PB'],
  ] as const)('%d in %s is %s', (count, units, text) => {
    expect(plain(bytesText(count, units))).toBe(text)
  })
})

describe('rates', () => {
  it('count bits in SI whatever bytes are counted in', () => {
    expect(plain(rateText(125_000, 'bits', 'iec'))).toBe('1.00 Mbit/s')
    expect(plain(rateText(1024, 'bytes', 'iec'))).toBe('1.00 KiB/s')
  })

  it('name what is counted', () => {
    expect(plain(perSecondText(12_345.6, 'packets'))).toBe('12.3 k packets/s')
    expect(plain(perSecondText(0.25, 'packets'))).toBe('0.25 packets/s')
  })

  it('that are next to nothing do not read as nothing', () => {
    expect(plain(rateText(0.000001, 'bits', 'si'))).toBe('8.0e-6 bit/s')
    expect(plain(rateText(0.01, 'bytes', 'si'))).toBe('0.01 B/s')
    expect(plain(rateText(0, 'bits', 'si'))).toBe('0 bit/s')
  })
})

describe('shares', () => {
  it.each([
    [0, '0 %'],
    [0.00001, '< 0.1 %'],
    [0.0512, '5.1 %'],
    [0.5, '50.0 %'],
    [0.99999, '> 99.9 %'],
    [1, '100 %'],
  ])('%d is %s', (share, text) => {
    expect(plain(shareText(share))).toBe(text)
  })
})

it('one of a thing is not several', () => {
  expect(plain(countedText(1, 'packet'))).toBe('1 packet')
  expect(plain(countedText(12_000, 'packet'))).toBe('12,000 packets')
  expect(plain(countedText(2, 'entry', 'entries'))).toBe('2 entries')
})

it('a figure keeps at most four significant digits after the point', () => {
  expect(figureText(1234567)).toBe('1,234,567')
  expect(figureText(4.59511985)).toBe('4.595')
})
