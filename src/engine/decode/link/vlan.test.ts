import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, filled, ipv4, udp, vlan } from '../../../../test/traffic/index.ts'

const TAG = bytes(`
  6007  priority 3, VLAN 7
  0800  IPv4
`)
const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  udp({ sourcePort: 1, destinationPort: 2 }, bytes('00')),
)

describe('decodeVlan', () => {
  itKeepsItsPromises('vlan', TAG)
  itKeepsItsPromises('ieee8021ad', TAG)

  it('hands on what the tag names', () => {
    expect(decodeOne('vlan', TAG)).toMatchObject({ next: 'ip', offset: 4, issues: [] })
  })

  it.each([
    [0x8100, 'eth:vlan:ip:udp'],
    [0x88a8, 'eth:ieee8021ad:ip:udp'],
    [0x9100, 'eth:vlan:ip:udp'],
    [0x9200, 'eth:vlan:ip:udp'],
    [0x9300, 'eth:vlan:ip:udp'],
  ])('is announced by %i', (announcedAs, path) => {
    expect(decode(ethernet({}, vlan({ id: 7, announcedAs }, packet))).path).toBe(path)
  })

  it('reads a customer tag inside a service tag', () => {
    const frame = ethernet({}, vlan({ id: 1, announcedAs: 0x88a8 }, vlan({ id: 2 }, packet)))
    expect(decode(frame)).toMatchObject({ path: 'eth:ieee8021ad:vlan:ip:udp', rows: [{ tunnel: 'none' }] })
  })

  it('takes a length behind the tag for one', () => {
    const frame = ethernet({ etherType: 0x8100 }, bytes('0007 0004 4242 0300 0000 0000'))
    expect(decode(frame).path).toBe('eth:vlan:llc:stp')
  })

  it('stops at 64 layers in a frame of 16,000 tags', () => {
    const tags = concat(...Array.from({ length: 16_000 }, () => bytes('0007 8100')))
    const decoded = decode(ethernet({ etherType: 0x8100 }, concat(tags, filled(60))))
    expect(decoded.issues).toEqual(['too-many-layers'])
    expect(decoded.offset).toBeLessThan(14 + 64 * 4)
  })
})
