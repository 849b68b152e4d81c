import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hardwareText, ipv4Text, ipv6Text } from './address-text.ts'

const word = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(0, 1, 0xffff, 0x10000, -1, -0x10000),
)

describe('ipv4Text', () => {
  it.each([
    [0, '0.0.0.0'],
    [-1, '255.255.255.255'],
    [0xffffffff, '255.255.255.255'],
    [0x7f000001, '127.0.0.1'],
    [0xc0000201 | 0, '192.0.2.1'],
  ])('writes %i as %s', (value, text) => {
    expect(ipv4Text(value)).toBe(text)
  })
})

describe('ipv6Text', () => {
  it.each([
    ['nothing but zeros', [0, 0, 0, 0], '::'],
    ['zeros at the start', [0, 0, 0, 1], '::1'],
    ['zeros at the end', [0x20010db8, 0, 0, 0], '2001:db8::'],
    ['zeros in the middle', [0x20010db8, 0, 0, 1], '2001:db8::1'],
    [
      'no leading zeros in a group (section 4.1)',
      [0x20010db8, 0x00aa00bb, 0x00cc00dd, 0x00ee00ff],
      '2001:db8:aa:bb:cc:dd:ee:ff',
    ],
    [
      'one zero group as it is (section 4.2.2)',
      [0x20010db8, 0x00000001, 0x00010001, 0x00010001],
      '2001:db8:0:1:1:1:1:1',
    ],
    ['the longest run of zeros (section 4.2.3)', [0x20010000, 0x00000001, 0, 1], '2001:0:0:1::1'],
    [
      'the first of two runs as long (section 4.2.3)',
      [0x20010db8, 0, 0x00010000, 0x00000001],
      '2001:db8::1:0:0:1',
    ],
    [
      'lower case (section 4.3)',
      [0xabcdef01 | 0, 0x23456789, 0xabcdef01 | 0, 0x23456789],
      'abcd:ef01:2345:6789:abcd:ef01:2345:6789',
    ],
    ['an IPv4 address mapped into it (section 5)', [0, 0, 0xffff, 0xc0000201 | 0], '::ffff:192.0.2.1'],
    ['all ones', [-1, -1, -1, -1], 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ] as const)('writes %s', (_, [a, b, c, d], text) => {
    expect(ipv6Text(a, b, c, d)).toBe(text)
  })

  it('writes any address as the URL standard does, mapped IPv4 apart', () => {
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        fc.pre(!(a === 0 && b === 0 && c === 0xffff))
        const groups = [a, b, c, d]
          .flatMap((one) => [one >>> 16, one & 0xffff])
          .map((group) => group.toString(16))
        expect(`[${ipv6Text(a, b, c, d)}]`).toBe(new URL(`http://[${groups.join(':')}]/`).hostname)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('hardwareText', () => {
  it('writes six pairs', () => {
    expect(hardwareText(0x0211, 0x22334455)).toBe('02:11:22:33:44:55')
    expect(hardwareText(0xffff, -1)).toBe('ff:ff:ff:ff:ff:ff')
    expect(hardwareText(0, 7)).toBe('00:00:00:00:00:07')
  })
})
