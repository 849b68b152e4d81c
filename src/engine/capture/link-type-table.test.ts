import { describe, expect, it } from 'vitest'
import { linkTypeName } from './link-type-table.ts'

describe('linkTypeName', () => {
  it.each([
    [0, 'NULL'],
    [1, 'ETHERNET'],
    [101, 'RAW'],
    [105, 'IEEE802_11'],
    [113, 'LINUX_SLL'],
    [127, 'IEEE802_11_RADIOTAP'],
    [147, 'USER0'],
    [162, 'USER15'],
    [228, 'IPV4'],
    [276, 'LINUX_SLL2'],
    [302, 'EDK2_MM'],
  ])('knows %i as %s', (linkType, name) => {
    expect(linkTypeName(linkType)).toBe(name)
  })

  it.each([12, 14])('knows %i, which some programs write for raw IP', (linkType) => {
    expect(linkTypeName(linkType)).toBe('RAW')
  })

  it.each([208, 65_000, -1])('says of %i that it is unknown', (linkType) => {
    expect(linkTypeName(linkType)).toBe(`UNKNOWN (${linkType})`)
  })
})
