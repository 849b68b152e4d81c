import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, ip, ipv4, patched, tcp, udp } from '../../../../test/traffic/index.ts'

const segment = tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' })
const four = ip({ source: '10.0.0.1', destination: '10.0.0.2' }, segment).bytes
const six = ip({ source: '2001:db8::1', destination: '2001:db8::2' }, segment).bytes

const USER_DATA = concat(
  bytes(`
  30 ff 0028  version 1, user data of forty bytes
  0000 002a   tunnel 42
`),
  four,
)
const WITH_EXTENSIONS = concat(
  bytes(`
  36 ff 0038  extension and sequence number; 56 bytes
  0000 002a   tunnel 42
  0001 00 85  sequence number 1; a PDU session container follows
  01 1009 c0  one word; service data unit, flow 9; a RAN container follows
  02 0000 00 0000 00 00  two words, nothing more
`),
  four,
)
const VERSION_0 = concat(
  bytes(`
  1e ff 0028  version 0, user data of forty bytes
  0001 0001   sequence number, flow
  ff ff ffff  no numbers
  1234 5678 9abc def0  tunnel
`),
  four,
)

const over = (payload: Uint8Array, port = 2152) =>
  decode(
    ipv4(
      { source: '192.0.2.1', destination: '192.0.2.2' },
      udp({ sourcePort: port, destinationPort: port }, payload),
    ).bytes,
    228,
  )

describe('decodeGtp', () => {
  itKeepsItsPromises('gtp', USER_DATA)
  itKeepsItsPromises('gtp', WITH_EXTENSIONS)
  itKeepsItsPromises('gtp', VERSION_0)

  it.each([
    ['version 1', USER_DATA, 2152],
    ['version 1 with extension headers', WITH_EXTENSIONS, 2152],
    ['version 0', VERSION_0, 3386],
  ])('leads to the packet in user data of %s', (_, message, port) => {
    expect(over(message, port)).toMatchObject({
      path: 'ip:udp:gtp:ip:tcp',
      rows: [
        { carried: 'gtp', path: 'ip:udp' },
        { tunnel: 'gtp', src: '10.0.0.1', dstPort: 22 },
      ],
      issues: [],
    })
  })

  it('leads to IPv6', () => {
    expect(over(concat(bytes('30ff 003c 0000 002a'), six)).path).toBe('ip:udp:gtp:ipv6:tcp')
  })

  it('leaves user data that is not IP closed', () => {
    expect(over(concat(bytes('30ff 0008 0000 002a'), filled(8, 0x11))).path).toBe('ip:udp:gtp:data')
  })

  it.each([
    ['an echo request', '3201 0004 0000 0000 0001 0000', 2152, 'ip:udp:gtp'],
    ['a control message of version 1', '3210 0004 0000 0000 0001 0000', 2123, 'ip:udp:gtp'],
    ['a control message of version 2', '4020 0004 0001 0000', 2123, 'ip:udp:gtp:gtpv2'],
    ['a charging message', '2f01 0000 0001 0000', 3386, 'ip:udp:gtpprime'],
  ])('takes %s for a leaf', (_, hex, port, path) => {
    expect(over(bytes(hex), port)).toMatchObject({ path, issues: [] })
  })

  it('answers from its port, too', () => {
    const packet = udp({ sourcePort: 2152, destinationPort: 50000 }, USER_DATA)
    expect(decode(ipv4({ source: '192.0.2.1', destination: '192.0.2.2' }, packet).bytes, 228).path).toBe(
      'ip:udp:gtp:ip:tcp',
    )
  })

  it.each([
    ['no length', [0]],
    ['a length beyond the message', [0xff]],
  ])('counts an extension header of %s', (_, length) => {
    expect(over(patched(WITH_EXTENSIONS, 12, length))).toMatchObject({ path: 'ip:udp:gtp' })
    const issue = length[0] === 0 ? 'bad-gtp-header' : 'truncated-tunnel-header'
    expect(over(patched(WITH_EXTENSIONS, 12, length)).issues).toEqual([issue])
  })

  it('does not go round with extension headers', () => {
    const endless = concat(...Array.from({ length: 100 }, () => bytes('0100 0085')))
    const message = concat(bytes('34ff 0194 0000 002a 0000 0085'), endless)
    expect(over(message)).toMatchObject({ path: 'ip:udp:gtp', issues: ['bad-gtp-header'] })
  })

  it.each([
    ['a length beyond the datagram', patched(USER_DATA, 2, [0, 41])],
    ['another version', patched(USER_DATA, 0, [0x70])],
    ['seven bytes', USER_DATA.subarray(0, 7)],
  ])('is not %s, and what is on its port is counted', (_, payload) => {
    expect(over(payload)).toMatchObject({
      path: 'ip:udp',
      rows: [{ carried: 'none' }],
      issues: ['bad-gtp-header'],
    })
  })

  it('counts a length that a first fragment does not have for no lie', () => {
    const large = ip(
      { source: '10.0.0.1', destination: '10.0.0.2' },
      udp({ sourcePort: 1, destinationPort: 2 }, filled(1472)),
    )
    const message = concat(bytes('30ff 05dc 0000 002a'), large.bytes)
    const datagram = udp({ sourcePort: 2152, destinationPort: 2152 }, message).bytes
    const first = ipv4(
      { source: '192.0.2.1', destination: '192.0.2.2', protocol: 17, moreFragments: true },
      datagram.subarray(0, 1480),
    )
    expect(decode(first.bytes, 228)).toMatchObject({
      path: 'ip:udp:gtp:ip:udp',
      rows: [{ payloadWireLength: 1472 }, { payloadLength: 1436, payloadWireLength: 1472 }],
      issues: [],
    })
  })

  it('trims what is behind its length', () => {
    expect(decodeOne('gtp', concat(USER_DATA, filled(5)))).toMatchObject({ next: 'ip', end: 48 })
  })
})
