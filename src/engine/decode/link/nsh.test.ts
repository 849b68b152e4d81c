import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, ipv4, patched, udp } from '../../../../test/traffic/index.ts'

const HEADER = bytes(`
  0fc2 02 01  time to live 63, two words, variable metadata, IPv4
  0000 01 ff  path 1, index 255
`)
const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
)

describe('decodeNsh', () => {
  itKeepsItsPromises('nsh', concat(HEADER, packet.bytes))

  it('leads to the packet', () => {
    expect(decode(ethernet({ etherType: 0x894f }, concat(HEADER, packet.bytes))).path).toBe('eth:nsh:ip:udp')
  })

  it.each([
    [2, 'ipv6'],
    [3, 'eth'],
    [4, 'nsh'],
    [5, 'mpls'],
    [9, 'data'],
  ])('knows next protocol %i as %s', (number, next) => {
    expect(decodeOne('nsh', concat(patched(HEADER, 3, [number]), packet.bytes)).next).toBe(next)
  })

  it('counts a length that is too short or too long', () => {
    expect(decodeOne('nsh', concat(patched(HEADER, 1, [0xc1]), packet.bytes)).issues).toEqual([
      'truncated-link-header',
    ])
    expect(decodeOne('nsh', patched(HEADER, 1, [0xff])).issues).toEqual(['truncated-link-header'])
  })
})
