import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, ip, udp } from '../../../../test/traffic/index.ts'

const datagram = udp({ sourcePort: 40000, destinationPort: 53 }, bytes('00'))
const FOUR = ip({ source: '10.0.0.1', destination: '10.0.0.2' }, datagram).bytes
const SIX = ip({ source: '2001:db8::1', destination: '2001:db8::2' }, datagram).bytes

describe('decodeRawIp', () => {
  itKeepsItsPromises('raw', FOUR)

  it.each([12, 14, 101])('tells the versions apart on link type %i', (linkType) => {
    expect(decode(FOUR, linkType).path).toBe('raw:ip:udp')
    expect(decode(SIX, linkType).path).toBe('raw:ipv6:udp')
  })

  it('is not needed where the link type names the version', () => {
    expect(decode(FOUR, 228).path).toBe('ip:udp')
    expect(decode(SIX, 229).path).toBe('ipv6:udp')
  })

  it('counts any other version', () => {
    expect(decodeOne('raw', bytes('30'))).toMatchObject({ next: 'data', issues: ['bad-ip-version'] })
    expect(decodeOne('raw', new Uint8Array(0))).toMatchObject({
      next: 'none',
      issues: ['truncated-link-header'],
    })
  })
})
