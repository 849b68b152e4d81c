import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import {
  bytes,
  concat,
  ethernet,
  filled,
  ip,
  ipv4,
  patched,
  tcp,
  udp,
} from '../../../../test/traffic/index.ts'

const outer = { source: '192.0.2.1', destination: '192.0.2.2', protocol: 47 }
const inner = ip(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
).bytes
const over = (content: Uint8Array) => decode(ipv4(outer, content).bytes, 228)
const row = { ipVersion: 4, ipProtocol: 47 }

const PLAIN = concat(bytes('0000 0800  no flags, IPv4'), inner)
const FULL = concat(
  bytes(`
    f000 0800  checksum, routing, key and sequence; version 0; IPv4
    0000 0000  checksum, routing offset
    0000 002a  key 42
    0000 0001  sequence number 1
    0800 0004 c000 0203  a route through one address
    0000 0000  end of the route
  `),
  inner,
)
const PPTP = bytes(`
  3081 880b  key, sequence, acknowledgment; version 1; PPP
  0008 0007  eight bytes of payload, call 7
  0000 0001  sequence number
  0000 0000  acknowledgment number
  ff03 c021 0101 0004  link control, configure request
`)

describe('decodeGre', () => {
  itKeepsItsPromises('gre', PLAIN, { row })
  itKeepsItsPromises('gre', FULL, { row })
  itKeepsItsPromises('gre', PPTP, { row })

  it('marks both rows, and leaves the outer one where the tunnel begins', () => {
    expect(over(PLAIN)).toMatchObject({
      path: 'ip:gre:ip:tcp',
      rows: [
        {
          src: '192.0.2.1',
          ipProtocol: 47,
          tunnel: 'none',
          carried: 'gre',
          path: 'ip:gre',
          payloadOffset: 24,
        },
        { src: '10.0.0.1', dstPort: 22, tunnel: 'gre', path: 'ip:gre:ip:tcp' },
      ],
      issues: [],
    })
  })

  it.each([
    ['a checksum', '8000', 4],
    ['a key', '2000', 4],
    ['a sequence number', '1000', 4],
    ['a checksum and a key', 'a000', 8],
    ['a key and a sequence number', '3000', 8],
    ['all three', 'b000', 12],
  ])('skips %s', (_, flags, length) => {
    expect(over(concat(bytes(`${flags} 0800`), filled(length, 0xee), inner))).toMatchObject({
      path: 'ip:gre:ip:tcp',
      issues: [],
    })
  })

  it('skips the route to its end', () => {
    expect(over(FULL)).toMatchObject({ path: 'ip:gre:ip:tcp', rows: [{}, { src: '10.0.0.1' }], issues: [] })
  })

  it('counts a route that does not end', () => {
    const endless = concat(bytes('4000 0800 0000 0000'), bytes('0800 0004 c000 0203 0800 0004 c000 0203'))
    expect(over(endless)).toMatchObject({
      path: 'ip:gre',
      rows: [{ carried: 'none' }],
      issues: ['bad-gre-header'],
    })
  })

  it.each([
    ['6558', 'eth'],
    ['6400', 'eth'],
    ['880b', 'ppp'],
    ['86dd', 'ipv6'],
    ['0806', 'arp'],
    ['8847', 'mpls'],
    ['2000', 'cdp'],
    ['2001', 'nhrp'],
    ['00fe', 'osi'],
    ['6559', 'fr'],
    ['22eb', 'erspan'],
    ['8200', 'wlan'],
    ['8370', 'wlan'],
    ['8371', 'data'],
    ['b7ea', 'data'],
  ])('knows type %s as %s', (type, next) => {
    expect(decodeOne('gre', concat(bytes(`0000 ${type}`), filled(30, 0x10)), { row }).next).toBe(next)
  })

  it('reads NVGRE', () => {
    const frame = ethernet({}, { bytes: inner, etherType: 0x0800 })
    expect(over(concat(bytes('2000 6558 0000 6401  virtual subnet 100, flow 1'), frame)).path).toBe(
      'ip:gre:eth:ip:tcp',
    )
  })

  it('takes a type without a name for data that no tunnel carries', () => {
    expect(over(bytes('0000 b7ea 0102 0304'))).toMatchObject({
      path: 'ip:gre:data',
      rows: [{ carried: 'none', path: 'ip:gre:data', payloadLength: 4 }],
    })
  })

  it('ends where only a header is', () => {
    expect(over(bytes('0000 0800'))).toMatchObject({
      path: 'ip:gre',
      rows: [{ carried: 'none', path: 'ip:gre' }],
    })
  })

  it('skips the redirect header of the second version of WCCP', () => {
    expect(over(concat(bytes('0000 883e'), inner)).path).toBe('ip:gre:ip:tcp')
    expect(over(concat(bytes('0000 883e 0001 0203'), inner)).path).toBe('ip:gre:ip:tcp')
  })

  describe('version 1', () => {
    it('leads to PPP of the length that the key holds', () => {
      const padded = concat(PPTP, filled(9, 0xee))
      expect(over(padded)).toMatchObject({
        path: 'ip:gre:ppp:lcp',
        rows: [{ carried: 'gre', payloadLength: 8 }],
        issues: [],
      })
    })

    it('leads to IP inside PPP', () => {
      const ppp = concat(
        bytes('3001 880b'),
        Uint8Array.of(0, inner.length + 1, 0, 7),
        bytes('0000 0001 21'),
        inner,
      )
      expect(over(ppp)).toMatchObject({
        path: 'ip:gre:ppp:ip:tcp',
        rows: [{}, { tunnel: 'gre', dstPort: 22 }],
      })
    })

    it('ends at an acknowledgment, which carries nothing', () => {
      expect(over(bytes('2081 880b 0000 0007 0000 0001'))).toMatchObject({ path: 'ip:gre', issues: [] })
    })

    it('counts a length that the packet does not have', () => {
      expect(over(patched(PPTP, 4, [1, 0])).issues).toEqual(['bad-gre-header'])
    })

    it('counts a header without a key', () => {
      expect(over(bytes('0001 880b 0000 0000'))).toMatchObject({ path: 'ip:gre', issues: ['bad-gre-header'] })
    })
  })

  it('knows no other version', () => {
    expect(over(patched(PLAIN, 1, [2]))).toMatchObject({ path: 'ip:gre', issues: ['bad-gre-header'] })
  })

  it('tells a header that lies from one that a snaplen cut', () => {
    expect(decodeOne('gre', FULL.subarray(0, 10), { row }).issues).toEqual(['bad-gre-header'])
    expect(decodeOne('gre', FULL.subarray(0, 10), { row, missing: 100 }).issues).toEqual([
      'truncated-tunnel-header',
    ])
  })

  it('in a first fragment carries a packet that goes on in the next, which is no lie', () => {
    const large = ip(
      { source: '10.0.0.1', destination: '10.0.0.2' },
      udp({ sourcePort: 1, destinationPort: 2 }, filled(2000)),
    )
    const first = concat(bytes('0000 0800'), large.bytes.subarray(0, 1000))
    expect(decode(ipv4({ ...outer, moreFragments: true }, first).bytes, 228)).toMatchObject({
      path: 'ip:gre:ip:udp',
      rows: [{ payloadWireLength: 1000 }, { payloadLength: 972, payloadWireLength: 2000 }],
      issues: [],
    })
  })
})
