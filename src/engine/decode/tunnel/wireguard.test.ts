import { describe, expect, it } from 'vitest'
import { decode } from '../../../../test/decoding.ts'
import { bytes, concat, filled, ipv4, udp } from '../../../../test/traffic/index.ts'

const over = (payload: Uint8Array, sourcePort = 50000, destinationPort = 51_820) =>
  decode(
    ipv4({ source: '192.0.2.1', destination: '192.0.2.2' }, udp({ sourcePort, destinationPort }, payload))
      .bytes,
    228,
  )

describe('isWireGuard', () => {
  it.each([
    ['an initiation', '0100 0000', 148],
    ['a response', '0200 0000', 92],
    ['a cookie', '0300 0000', 64],
    ['a keep-alive', '0400 0000', 32],
    ['data', '0400 0000', 1456],
  ])('knows %s', (_, type, length) => {
    const message = concat(bytes(type), filled(length - 4, 0xee))
    expect(over(message)).toMatchObject({
      path: 'ip:udp:wg',
      rows: [{ carried: 'wg', path: 'ip:udp' }],
      issues: [],
    })
    expect(over(message, 51_820, 50000).path).toBe('ip:udp:wg')
  })

  it.each([
    ['an initiation of another length', '0100 0000', 149],
    ['data of a length that is no multiple of sixteen', '0400 0000', 100],
    ['reserved bytes that are not zero', '0400 0001', 1456],
    ['another type', '0500 0000', 148],
  ])('does not know %s, and counts nothing', (_, type, length) => {
    expect(over(concat(bytes(type), filled(length - 4)))).toMatchObject({ path: 'ip:udp', issues: [] })
  })

  it('stays away from other ports', () => {
    expect(over(concat(bytes('0100 0000'), filled(144)), 50000, 50001).path).toBe('ip:udp')
  })
})
