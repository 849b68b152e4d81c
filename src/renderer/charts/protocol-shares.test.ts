import { describe, expect, it } from 'vitest'
import type { ProtocolRow } from '../../engine/summarize/capture-summary.ts'
import { groupOf, protocolShares } from './protocol-shares.ts'

const row = (path: string, packetCount: number, byteCount: number): ProtocolRow => ({
  path: path.split(':'),
  packetCount,
  byteCount,
  basis: 'header',
})
const rows = [
  row('eth', 10, 1000),
  row('eth:ip', 9, 940),
  row('eth:arp', 1, 60),
  row('eth:ip:tcp', 9, 940),
  row('eth:ip:tcp:tls', 4, 700),
]

describe('protocol shares', () => {
  it('add up to the whole capture', () => {
    const shares = protocolShares(rows, 10)
    expect(shares.map(({ name, byteCount }) => [name, byteCount])).toEqual([
      ['tls', 700],
      ['tcp', 240],
      ['arp', 60],
    ])
  })

  it('put what is too small to draw together', () => {
    const shares = protocolShares(rows, 2)
    expect(shares.map(({ name, byteCount }) => [name, byteCount])).toEqual([
      ['tls', 700],
      ['2 others', 300],
    ])
  })
})

it('a path belongs to its transport', () => {
  expect(groupOf(['eth', 'ip', 'udp', 'dns'])).toBe('udp')
  expect(groupOf(['eth', 'lldp'])).toBe('lldp')
  expect(groupOf([])).toBe('other')
})
