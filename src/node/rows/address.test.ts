/** Addresses sort by number and fall into the blocks they belong to. */

import { describe, expect, it } from 'vitest'
import { addressBlock, addressList, isInBlock, naturalOrder } from './address.ts'

function isIn(address: string, block: string): boolean {
  return isInBlock(addressList([address]), 0, addressBlock(block)!)
}

describe('an address', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.4', '10.1.2.3/31', false],
    ['10.1.2.2', '10.1.2.3/31', true],
    ['255.255.255.255', '0.0.0.0/0', true],
    ['192.168.0.1', '128.0.0.0/1', true],
    ['fe80::1', 'fe80::/10', true],
    ['fec0::1', 'fe80::/10', false],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['::ffff:10.0.0.1', '::ffff:0:0/96', true],
    ['::1', '::/0', true],
    ['10.0.0.1', '::/0', false],
    ['::1', '0.0.0.0/0', false],
  ])('%s in %s: %s', (address, block, is) => {
    expect(isIn(address, block)).toBe(is)
  })

  it.each([
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1.2',
    '10..0.1',
    '',
    'fe80',
    '1:2:3',
    '::1::',
    '10.0.0.0/33',
    'fe80::/129',
    '1.2.3.4/',
    'g::1',
    '00:11:22:33:44:55',
    ' ',
  ])('is not %j', (text) => {
    expect(addressBlock(text)).toBeNull()
  })

  it('is read with a zone, which is no part of it', () => {
    expect(addressBlock('fe80::1%eth0')?.words).toEqual(addressBlock('fe80::1')?.words)
  })
})

it('addresses sort by number, IPv4 before IPv6 before everything else', () => {
  const sorted = ['9.0.0.1', '10.0.0.2', '10.0.0.10', '200.0.0.1', '::1', 'fe80::2', 'fe80::10', '00:aa', 'b']
  const mixed = [6, 3, 8, 0, 5, 7, 2, 4, 1].map((place) => sorted[place]!)
  expect([...naturalOrder(mixed, addressList(mixed))].map((place) => mixed[place])).toEqual(sorted)
})
