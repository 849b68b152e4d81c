import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ipv4, tcp } from '../../../../test/traffic/index.ts'

const RFC2427 = bytes(`
  1841       connection 100, end of address
  03         unnumbered information
  cc         IPv4
  4500 0028  first bytes of its header
`)
const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
).bytes

describe('decodeFrameRelay', () => {
  itKeepsItsPromises('fr', RFC2427)

  it.each([
    ['by its network layer identifier', '1841 03 cc'],
    ["under Cisco's encapsulation", '1841 0800'],
    ['behind SNAP', '1841 03 00 80 000000 0800'],
    ['behind an address of four bytes', '1840 0041 03 cc'],
  ])('finds IP %s', (_, hex) => {
    expect(decode(concat(bytes(hex), packet), 107)).toMatchObject({
      path: 'fr:ip:tcp',
      rows: [{ dstPort: 22 }],
      issues: [],
    })
  })

  it.each([
    ['8e', 'ipv6', 4],
    ['cf', 'ppp', 4],
    ['83', 'isis', 3],
    ['81', 'clnp', 3],
    ['08', 'data', 4],
  ])('knows identifier %s as %s', (hex, next, offset) => {
    expect(decodeOne('fr', bytes(`1841 03 ${hex} 45`))).toMatchObject({ next, offset })
  })

  it('counts an address that does not end', () => {
    expect(decodeOne('fr', bytes('1840 4040')).issues).toEqual(['truncated-link-header'])
  })

  it('does not take a byte for an address', () => {
    expect(decodeOne('fr', bytes('03 cc 4500')).issues).toEqual(['truncated-link-header'])
  })
})
