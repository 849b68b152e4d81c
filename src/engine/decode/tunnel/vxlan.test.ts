import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, filled, ipv4, patched, tcp, udp } from '../../../../test/traffic/index.ts'

const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
)
const HEADER = bytes(`
  0800 0000  the identifier is valid
  0000 2a00  network 42
`)
const over = (payload: Uint8Array, destinationPort = 4789, sourcePort = 50000) =>
  decode(
    ipv4({ source: '192.0.2.1', destination: '192.0.2.2' }, udp({ sourcePort, destinationPort }, payload))
      .bytes,
    228,
  )

describe('decodeVxlan', () => {
  itKeepsItsPromises('vxlan', concat(HEADER, ethernet({}, packet)))

  it.each([4789, 8472])('is followed on port %i', (port) => {
    expect(over(concat(HEADER, ethernet({}, packet)), port)).toMatchObject({
      path: 'ip:udp:vxlan:eth:ip:tcp',
      rows: [
        { carried: 'vxlan', path: 'ip:udp', dstPort: port },
        { tunnel: 'vxlan', src: '10.0.0.1', dstPort: 22 },
      ],
      issues: [],
    })
  })

  it('is not followed from a source port, which is made from the packet inside', () => {
    expect(over(concat(HEADER, ethernet({}, packet)), 50000, 4789)).toMatchObject({
      path: 'ip:udp',
      issues: [],
    })
  })

  it.each([
    ['IPv4', 1, 'ip'],
    ['IPv6', 2, 'ipv6'],
    ['Ethernet', 3, 'eth'],
    ['a service header', 4, 'nsh'],
    ['anything else', 9, 'data'],
  ])('carries %s where its extension says so', (_, number, next) => {
    const header = patched(patched(HEADER, 0, [0x0c]), 3, [number])
    expect(decodeOne('vxlan', concat(header, packet.bytes)).next).toBe(next)
  })

  it.each([
    ['without its flag', patched(HEADER, 0, [0])],
    ['of another version', patched(HEADER, 0, [0x18])],
    ['with reserved bits', patched(HEADER, 7, [1])],
    ['of seven bytes', HEADER.subarray(0, 7)],
  ])('is no header %s, and what is on its port is counted', (_, header) => {
    expect(over(header.length === 8 ? concat(header, filled(60)) : header)).toMatchObject({
      path: 'ip:udp',
      rows: [{ carried: 'none' }],
      issues: ['bad-vxlan-header'],
    })
  })

  it('counts nothing for an empty datagram, such as a probe', () => {
    expect(over(new Uint8Array(0)).issues).toEqual([])
  })
})
