import { describe, expect, it } from 'vitest'
import { decode } from '../../../../test/decoding.ts'
import { filled, ipv4, ipv6, ipv6Fragment } from '../../../../test/traffic/index.ts'

const four = (protocol: number, fragmentOffset: number, length: number) =>
  decode(
    ipv4(
      { source: '10.0.0.1', destination: '10.0.0.2', protocol, moreFragments: true, fragmentOffset },
      filled(length),
    ).bytes,
    228,
  ).issues.includes('tiny-first-fragment')

describe('beginFragment', () => {
  it('gives the length of a part, and of the whole with the last part', () => {
    const part = (fields: object, missing = 0) => {
      const packet = ipv4(
        { source: '10.0.0.1', destination: '10.0.0.2', protocol: 50, ...fields },
        filled(80),
      ).bytes
      const { fragmentLength, fragmentTotal } = decode(packet, 228, { missing }).rows[0]!
      return [fragmentLength, fragmentTotal]
    }
    expect(part({})).toEqual([0, 0])
    expect(part({ moreFragments: true })).toEqual([80, 0])
    expect(part({ moreFragments: true, fragmentOffset: 160 })).toEqual([80, 0])
    expect(part({ fragmentOffset: 160 })).toEqual([80, 240])
    expect(part({ fragmentOffset: 160, totalLength: 120 }, 20)).toEqual([0, 260])
  })

  it('counts a first fragment that hides the flags of TCP', () => {
    expect(four(6, 0, 8)).toBe(true)
    expect(four(6, 0, 16)).toBe(false)
  })

  it('counts a second fragment that begins inside the header of TCP', () => {
    expect(four(6, 8, 800)).toBe(true)
    expect(four(6, 16, 800)).toBe(false)
  })

  it('counts a first fragment without the header of UDP', () => {
    expect(four(17, 0, 7)).toBe(true)
    expect(four(17, 0, 8)).toBe(false)
    expect(four(17, 8, 8)).toBe(false)
  })

  it('expects nothing of protocols that it does not know', () => {
    expect(four(50, 0, 1)).toBe(false)
  })

  it('looks at fragments of IPv6 alike', () => {
    const tiny = ipv6Fragment({ offset: 0, more: true, identification: 1, nextHeader: 6 }, filled(8))
    const packet = ipv6({ source: '2001:db8::1', destination: '2001:db8::2' }, tiny).bytes
    expect(decode(packet, 229).issues).toContain('tiny-first-fragment')
  })
})
