import { describe, expect, it } from 'vitest'
import { decode } from '../../../../test/decoding.ts'
import { bytes, ethernet } from '../../../../test/traffic/index.ts'
import { PROTOCOL_NAMES } from '../protocol-table.ts'
import { etherTypeProtocol } from './ether-type.ts'

/** What tshark names behind these EtherTypes (and behind no others that have a name here). */
const named: readonly (readonly [number, string])[] = [
  [0x0800, 'ip'],
  [0x0806, 'arp'],
  [0x0842, 'wol'],
  [0x22f3, 'trill'],
  [0x22f4, 'isis'],
  [0x4305, 'batadv'],
  [0x6558, 'eth'],
  [0x8035, 'arp'],
  [0x8100, 'vlan'],
  [0x8103, 'lacp'],
  [0x8137, 'ipx'],
  [0x8181, 'stp'],
  [0x86dd, 'ipv6'],
  [0x8808, 'macc'],
  [0x8809, 'slow'],
  [0x8847, 'mpls'],
  [0x8848, 'mpls'],
  [0x8863, 'pppoed'],
  [0x8864, 'pppoes'],
  [0x8870, 'llc'],
  [0x887b, 'homeplug'],
  [0x888e, 'eapol'],
  [0x8892, 'pn_rt'],
  [0x88a2, 'aoe'],
  [0x88a4, 'ecatf'],
  [0x88a8, 'ieee8021ad'],
  [0x88c7, 'eapol'],
  [0x88cc, 'lldp'],
  [0x88e5, 'macsec'],
  [0x88f7, 'ptp'],
  [0x8902, 'cfm'],
  [0x8903, 'cfp'],
  [0x8906, 'fcoe'],
  [0x8915, 'infiniband'],
  [0x8926, 'vntag'],
  [0x892f, 'hsr'],
  [0x8942, 'lldp'],
  [0x894f, 'nsh'],
  [0x9000, 'loop'],
  [0x9100, 'vlan'],
  [0xd28b, 'avsp'],
]

/** VLAN tags that tshark does not know by default. */
const oldOuterTags = [0x9200, 0x9300]

describe('etherTypeProtocol', () => {
  it('names what tshark names, and nothing else but two old tags', () => {
    const known = Array.from({ length: 0x10000 }, (_, etherType) => etherType)
      .filter((etherType) => etherTypeProtocol(etherType) !== 0)
      .map((etherType) => [etherType, PROTOCOL_NAMES[etherTypeProtocol(etherType)]!] as const)
    const expected = [...named, ...oldOuterTags.map((etherType) => [etherType, 'vlan'] as const)]
    expect(known).toEqual(expected.toSorted(([a], [b]) => a - b))
  })
})

describe('followTypeOrLength', () => {
  it.each([
    ['of 1500', '05dc', 'eth:llc'],
    ['of one', '0001', 'eth:llc'],
  ])('takes a length %s for one', (_, length, path) => {
    expect(decode(bytes(`0200 0000 0002 0200 0000 0001 ${length}`)).path).toBe(path)
  })

  it('needs both bytes of ones for raw IPX', () => {
    const frame = (hex: string) => decode(ethernet({ etherType: 4 }, bytes(hex))).path
    expect(frame('ffff 0000')).toBe('eth:ipx')
    expect(frame('fffe 0300')).toBe('eth:llc:ipx')
    expect(frame('ff')).toBe('eth:llc')
  })
})
