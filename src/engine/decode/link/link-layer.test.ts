import { describe, expect, it } from 'vitest'
import { decode } from '../../../../test/decoding.ts'
import { filled } from '../../../../test/traffic/index.ts'
import { PROTOCOL_NAMES } from '../protocol-table.ts'
import { linkProtocol } from './link-layer.ts'

describe('linkProtocol', () => {
  it.each([
    [0, 'null'],
    [1, 'eth'],
    [9, 'ppp'],
    [101, 'raw'],
    [105, 'wlan'],
    [113, 'sll'],
    [127, 'radiotap'],
    [228, 'ip'],
    [229, 'ipv6'],
    [276, 'sll'],
  ])('knows link type %i as %s', (linkType, name) => {
    expect(PROTOCOL_NAMES[linkProtocol(linkType)]).toBe(name)
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
