import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, filled, ipv4, patched, tcp, udp } from '../../../../test/traffic/index.ts'

const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
)
const HEADER = bytes(`
  00         version 0, in the clear
  10 4200    two words, radio 1, 802.11; an 802.3 frame
  0000 0000  no fragment
`)
const NATIVE = patched(HEADER, 2, [0x43])
const WLAN = concat(
  bytes('0802 0000 0200 0000 0002 0200 0000 0001 0200 0000 0003 1000  data'),
  bytes('aaaa 0300 0000 0800'),
  packet.bytes,
)
const row = { ipVersion: 4, ipProtocol: 17, srcPort: 50000, dstPort: 5247 }
const over = (payload: Uint8Array, destinationPort = 5247) =>
  decode(
    ipv4(
      { source: '192.0.2.1', destination: '192.0.2.2' },
      udp({ sourcePort: 50000, destinationPort }, payload),
    ).bytes,
    228,
  )

describe('decodeCapwap', () => {
  itKeepsItsPromises('capwap', concat(HEADER, ethernet({}, packet)), { row })

  it.each([
    ['802.3', concat(HEADER, ethernet({}, packet)), 'ip:udp:capwap:eth:ip:tcp'],
    ['802.11', concat(NATIVE, WLAN), 'ip:udp:capwap:wlan:llc:ip:tcp'],
  ])('leads to an %s frame', (_, payload, path) => {
    expect(over(payload)).toMatchObject({
      path,
      rows: [{ carried: 'capwap' }, { tunnel: 'capwap', dstPort: 22 }],
      issues: [],
    })
  })

  it.each([
    ['a control message', HEADER, 5246],
    ['an encrypted message', bytes('0100 0000 16fe fd00'), 5247],
    ['a keep-alive', patched(HEADER, 3, [0x08]), 5247],
    ['a fragment', patched(HEADER, 3, [0x80]), 5247],
  ])('takes %s for a leaf', (_, header, port) => {
    expect(over(concat(header, filled(40)), port)).toMatchObject({ path: 'ip:udp:capwap', issues: [] })
  })

  it.each([
    ['another version', patched(HEADER, 0, [0x10])],
    ['an encrypted message with reserved bits', bytes('0100 0001 16fe fd00')],
    ['a header of one word', patched(HEADER, 1, [0x08])],
    ['another binding', patched(HEADER, 2, [0x44])],
    ['reserved flags', patched(HEADER, 3, [0x01])],
  ])('is not %s, and what is on its port is counted', (_, header) => {
    expect(over(concat(header, filled(40)))).toMatchObject({ path: 'ip:udp', issues: ['bad-capwap-header'] })
  })

  it('counts a header that is longer than the message', () => {
    expect(decodeOne('capwap', patched(HEADER, 1, [0xf8]), { row }).issues).toEqual(['bad-capwap-header'])
    expect(decodeOne('capwap', patched(HEADER, 1, [0xf8]), { row, missing: 200 }).issues).toEqual([
      'truncated-tunnel-header',
    ])
  })
})
