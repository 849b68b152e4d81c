/** Addresses and networks as people write them. */

import { describe, expect, it } from 'vitest'
import { parsePrefix, prefixHolds } from './address-prefix.ts'

const holds = (network: string, address: string): boolean =>
  prefixHolds(parsePrefix(network)!, parsePrefix(address)!.words)

describe('a network', () => {
  it.each([
    ['10.0.0.0/8', '10.255.1.2', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['192.0.2.128/25', '192.0.2.200', true],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['0.0.0.0/0', '203.0.113.7', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['fd00::/8', 'fd99::66', true],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['::/0', '192.0.2.1', true],
    ['2001:db8::1', '2001:0db8:0:0:0:0:0:1', true],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
  ])('%s and %s: %s', (network, address, expected) => {
    expect(holds(network, address)).toBe(expected)
  })

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '1::2::3',
    '1:2:3:4:5:6:7',
    'fd00::/129',
    'g::',
    '1:2:3:4:5:6:7:8:9',
    ':::',
  ])('is not %j', (text) => {
    expect(parsePrefix(text)).toBeNull()
  })
})
