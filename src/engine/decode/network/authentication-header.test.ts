import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, ipv4, patched, tcp } from '../../../../test/traffic/index.ts'

const HEADER = bytes(`
  06 04 0000  TCP follows, six words
  0000 0100   security parameters
  0000 0001   sequence number
  0011 2233 4455 6677 8899 aabb  check value
`)
const segment = tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' })
const PACKET = concat(HEADER, segment.bytes)
const row = { ipVersion: 4, ipProtocol: 51 }

describe('decodeAuthenticationHeader', () => {
  itKeepsItsPromises('ah', PACKET, { row })

  it('leads to what it protects, and names it in the row', () => {
    const packet = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 51 }, PACKET).bytes
    expect(decode(packet, 228)).toMatchObject({
      path: 'ip:ah:tcp',
      rows: [{ ipProtocol: 6, dstPort: 22 }],
      issues: [],
    })
  })

  it('leads into a tunnel', () => {
    const inner = ipv4({ source: '192.168.1.1', destination: '192.168.1.2' }, segment).bytes
    const packet = concat(patched(HEADER, 0, [4]), inner)
    expect(
      decode(ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 51 }, packet).bytes, 228),
    ).toMatchObject({ path: 'ip:ah:ip:tcp', rows: [{ carried: 'ipip' }, { src: '192.168.1.1' }] })
  })

  it('may be as short as RFC 1826 had it, and no shorter', () => {
    expect(decodeOne('ah', bytes('0600 0000 0000 0100  45'), { row })).toMatchObject({
      next: 'tcp',
      offset: 8,
    })
    expect(decodeOne('ah', bytes('0600 0000 0000 01'), { row }).issues).toEqual(['bad-extension-header'])
  })

  it('tells a length that lies from one that a snaplen cut', () => {
    const lying = concat(patched(HEADER, 1, [0xff]), filled(4))
    expect(decodeOne('ah', lying, { row }).issues).toEqual(['bad-extension-header'])
    expect(decodeOne('ah', lying, { row, missing: 2000 }).issues).toEqual(['truncated-network-header'])
  })
})
