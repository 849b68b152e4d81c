import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, ipv4, ipv6, patched, tcp, udp } from '../../../../test/traffic/index.ts'

const packet = ipv6(
  { source: '2001:0:1::1', destination: '2001:db8::2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
).bytes
const AUTHENTICATION = bytes(`
  0001 00 00           authentication; neither identifier nor value
  0102 0304 0506 0708  nonce
  00                   confirmed
`)
const ORIGIN = bytes('0000 63bf 3fff fdfe  origin: port and address, inverted')
const over = (payload: Uint8Array, ports = { sourcePort: 50000, destinationPort: 3544 }) =>
  decode(ipv4({ source: '192.0.2.1', destination: '192.0.2.2' }, udp(ports, payload)).bytes, 228)

describe('decodeTeredo', () => {
  itKeepsItsPromises('teredo', concat(AUTHENTICATION, ORIGIN, packet), { looksFurther: true })

  it.each([
    ['alone', packet],
    ['behind an origin indicator', concat(ORIGIN, packet)],
    ['behind an authentication indicator', concat(AUTHENTICATION, packet)],
    ['behind both', concat(AUTHENTICATION, ORIGIN, packet)],
    ['behind identifier and value', concat(patched(AUTHENTICATION, 2, [2, 3]), filled(5, 0xee), packet)],
  ])('finds IPv6 %s', (_, payload) => {
    expect(over(payload)).toMatchObject({
      path: 'ip:udp:teredo:ipv6:tcp',
      rows: [{ carried: 'teredo' }, { tunnel: 'teredo', ipVersion: 6, dstPort: 22 }],
      issues: [],
    })
  })

  it('answers from its port, too', () => {
    expect(over(packet, { sourcePort: 3544, destinationPort: 50000 }).path).toBe('ip:udp:teredo:ipv6:tcp')
  })

  it.each([
    ['no IPv6', patched(packet, 0, [0x45])],
    ['a header that is not whole', packet.subarray(0, 39)],
    ['a length beyond the datagram', patched(packet, 4, [0xff, 0xff])],
    ['indicators alone', concat(AUTHENTICATION, ORIGIN)],
  ])('is not %s, and what is on its port is counted', (_, payload) => {
    expect(over(payload)).toMatchObject({ path: 'ip:udp', issues: ['bad-teredo-header'] })
  })

  it('takes an indicator that is not whole for none', () => {
    expect(decodeOne('teredo', AUTHENTICATION.subarray(0, 12))).toMatchObject({ next: 'ipv6', offset: 0 })
    expect(decodeOne('teredo', ORIGIN.subarray(0, 7))).toMatchObject({ next: 'ipv6', offset: 0 })
  })

  it('counts indicators with nothing behind them', () => {
    expect(decodeOne('teredo', AUTHENTICATION)).toMatchObject({ next: 'none', issues: ['bad-teredo-header'] })
    expect(decodeOne('teredo', AUTHENTICATION, { missing: 9 }).issues).toEqual(['truncated-tunnel-header'])
  })
})
