import { describe, expect, it } from 'vitest'
import { decode } from '../../../../test/decoding.ts'
import { filled } from '../../../../test/traffic/index.ts'
import { PROTOCOL_NAMES } from '../protocol-table.ts'
import { linkProtocol } from './link-layer.ts'

describe('linkProtocol', () => {
  it('knows these and no others', () => {
    const known = Array.from({ length: 400 }, (_, linkType) => linkType)
      .filter((linkType) => linkProtocol(linkType) !== 0)
      .map((linkType) => [linkType, PROTOCOL_NAMES[linkProtocol(linkType)]!])
    expect(Object.fromEntries(known)).toEqual({
      0: 'null',
      1: 'eth',
      7: 'arcnet',
      9: 'ppp',
      10: 'fddi',
      12: 'raw',
      14: 'raw',
      50: 'ppp',
      51: 'pppoes',
      100: 'llc',
      101: 'raw',
      104: 'chdlc',
      105: 'wlan',
      107: 'fr',
      108: 'null',
      113: 'sll',
      119: 'prism',
      127: 'radiotap',
      129: 'arcnet',
      149: 'pktap',
      192: 'ppi',
      226: 'ipnet',
      228: 'ip',
      229: 'ipv6',
      239: 'nflog',
      242: 'ipoib',
      258: 'pktap',
      276: 'sll',
    })
  })

  it('leaves an unknown link type to be counted as data', () => {
    expect(linkProtocol(65_000)).toBe(0)
    expect(decode(filled(60), 65_000)).toMatchObject({
      path: 'data',
      rows: [],
      issues: ['unknown-link-type'],
    })
  })
})
