import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, ipv4, patched, udp } from '../../../../test/traffic/index.ts'

const ADDRESSES = '0200 0000 0002 0200 0000 0001 0200 0000 0003'
const DATA = bytes(`
  0801 2c00     data, to the distribution system, duration
  ${ADDRESSES}
  1000          sequence 1, fragment 0
  aaaa 0300 0000 0800 4500  LLC, SNAP, IPv4
`)
const QOS = bytes(`
  8802 2c00     data with quality of service, from the distribution system
  ${ADDRESSES}
  1000 0000     sequence; priority 0, no aggregate
  aaaa 0300 0000 0800 4500
`)

describe('decodeWlan', () => {
  itKeepsItsPromises('wlan', DATA)
  itKeepsItsPromises('wlan', QOS)

  it('finds LLC behind the header', () => {
    expect(decodeOne('wlan', DATA)).toMatchObject({ next: 'llc', offset: 24, issues: [] })
    expect(decodeOne('wlan', QOS)).toMatchObject({ next: 'llc', offset: 26, issues: [] })
  })

  it('leads to IP on link type 105', () => {
    const packet = ipv4(
      { source: '10.0.0.1', destination: '10.0.0.2' },
      udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
    ).bytes
    expect(decode(concat(DATA.subarray(0, 32), packet), 105)).toMatchObject({
      path: 'wlan:llc:ip:udp',
      rows: [{ src: '10.0.0.1' }],
    })
  })

  it.each([
    ['a fourth address', [0x08, 0x03], 30],
    ['a fourth address and quality of service', [0x88, 0x03], 32],
    ['quality of service and high throughput control', [0x88, 0x81], 30],
  ])('counts %s as header', (_, control, offset) => {
    const frame = concat(patched(DATA.subarray(0, 24), 0, control), filled(30))
    expect(decodeOne('wlan', frame)).toMatchObject({
      next: 'llc',
      offset,
    })
  })

  it('names a protected frame and leaves it closed', () => {
    expect(decodeOne('wlan', patched(DATA, 1, [0x41]))).toMatchObject({
      next: 'data',
      issues: ['encrypted-wlan-frame'],
    })
  })

  it('does not read a part of a frame as a whole one', () => {
    expect(decodeOne('wlan', patched(DATA, 1, [0x05])).next).toBe('data')
    expect(decodeOne('wlan', patched(DATA, 22, [0x11])).next).toBe('data')
  })

  it('follows the first frame of an aggregate', () => {
    const aggregate = concat(
      patched(QOS.subarray(0, 26), 24, [0x80]),
      bytes('0200 0000 0002 0200 0000 0001 0009  addresses, nine bytes'),
      bytes('aaaa 0300 0000 0800 45'),
      bytes('0000 00  padding, then the next frame'),
      filled(20),
    )
    expect(decodeOne('wlan', aggregate)).toMatchObject({ next: 'llc', offset: 40, end: 49, issues: [] })
  })

  it('counts an aggregate whose first frame is longer than it', () => {
    const lying = concat(patched(QOS.subarray(0, 26), 24, [0x80]), filled(12), bytes('ffff 00'))
    expect(decodeOne('wlan', lying).issues).toEqual(['bad-wlan-header'])
  })

  it.each([
    ['a beacon', '8000'],
    ['an acknowledgment', 'd400'],
    ['a null function frame', '4801'],
  ])('takes %s for a leaf', (_, control) => {
    expect(decodeOne('wlan', patched(DATA, 0, bytes(control)))).toMatchObject({ next: 'none', issues: [] })
  })

  it('counts another protocol version', () => {
    expect(decodeOne('wlan', patched(DATA, 0, [0x0a]))).toMatchObject({
      next: 'none',
      issues: ['bad-wlan-header'],
    })
  })
})
