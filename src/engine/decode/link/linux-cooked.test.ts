import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ipv4, patched, tcp } from '../../../../test/traffic/index.ts'

const SLL = bytes(`
  0000                 sent to us
  0001                 Ethernet
  0006                 address of six bytes
  0200 0000 0001 0000  the address
  0800                 IPv4
`)
const SLL2 = bytes(`
  0800                 IPv4
  0000                 reserved
  0000 0002            interface 2
  0001                 Ethernet
  04                   sent by us
  06                   address of six bytes
  0200 0000 0001 0000  the address
`)
const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
).bytes

describe('decodeLinuxCooked', () => {
  itKeepsItsPromises('sll', concat(SLL, packet))
  itKeepsItsPromises('sll', concat(SLL2, packet), { linkType: 276 })

  it.each([
    ['the first version', SLL, 113],
    ['the second version', SLL2, 276],
  ])('reads %s', (_, header, linkType) => {
    expect(decode(concat(header, packet), linkType)).toMatchObject({
      path: 'sll:ip:tcp',
      rows: [{ src: '10.0.0.1', dstPort: 22 }],
      issues: [],
    })
  })

  it.each([
    ['LLC', [0x00, 0x04], 'llc'],
    ['raw 802.3', [0x00, 0x01], 'ipx'],
    ['ARP', [0x08, 0x06], 'arp'],
    ['a number without a name', [0x00, 0x0c], 'data'],
  ])('knows %s', (_, protocol, next) => {
    expect(decodeOne('sll', patched(concat(SLL, packet), 14, protocol)).next).toBe(next)
    expect(decodeOne('sll', patched(concat(SLL2, packet), 0, protocol), { linkType: 276 }).next).toBe(next)
  })

  it.each([
    ['802.11 with radiotap', [0x03, 0x23], 'radiotap'],
    ['Frame Relay', [0x03, 0x02], 'fr'],
    ['netlink, whose protocol is a family of its own', [0x03, 0x38], 'data'],
  ])('goes by the hardware type of %s', (_, hardwareType, next) => {
    expect(decodeOne('sll', patched(concat(SLL, packet), 2, hardwareType)).next).toBe(next)
    expect(decodeOne('sll', patched(concat(SLL2, packet), 8, hardwareType), { linkType: 276 }).next).toBe(
      next,
    )
  })
})
