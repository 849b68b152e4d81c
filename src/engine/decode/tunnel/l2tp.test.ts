import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, filled, ipv4, patched, tcp, udp } from '../../../../test/traffic/index.ts'

const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
)
const frame = ethernet({}, packet)
const outer = { source: '192.0.2.1', destination: '192.0.2.2' }
const row = { ipVersion: 4, ipProtocol: 17, srcPort: 1701, dstPort: 1701 }
const overUdp = (payload: Uint8Array) =>
  decode(ipv4(outer, udp({ sourcePort: 1701, destinationPort: 1701 }, payload)).bytes, 228)
const overIp = (payload: Uint8Array) => decode(ipv4({ ...outer, protocol: 115 }, payload).bytes, 228)

const DATA = concat(
  bytes(`
  0002       data, version 2
  0001 0002  tunnel 1, session 2
  ff03 0021  PPP, IPv4
`),
  packet.bytes,
)
const FULL = concat(
  bytes(`
  4a02       length, sequence numbers, offset
  003c       sixty bytes
  0001 0002  tunnel 1, session 2
  0003 0004  numbers
  0002 0000  an offset of two bytes
  ff03 0021
`),
  packet.bytes,
)
const CONTROL = bytes(`
  c802 0014  control, with length and numbers
  0000 0000 0000 0000  a new tunnel
  8008 0000 0000 0001  message type: start
`)

describe('decodeL2tp', () => {
  itKeepsItsPromises('l2tp', DATA, { row })
  itKeepsItsPromises('l2tp', FULL, { row })
  itKeepsItsPromises('l2tp', concat(bytes('0000 0007'), frame), { row: { ipVersion: 4, ipProtocol: 115 } })

  it.each([
    ['a short header', DATA],
    ['every field', FULL],
  ])('leads to PPP behind %s', (_, message) => {
    expect(overUdp(message)).toMatchObject({
      path: 'ip:udp:l2tp:ppp:ip:tcp',
      rows: [
        { carried: 'l2tp', path: 'ip:udp' },
        { tunnel: 'l2tp', dstPort: 22 },
      ],
      issues: [],
    })
  })

  it('takes a control message for a leaf', () => {
    expect(overUdp(CONTROL)).toMatchObject({ path: 'ip:udp:l2tp', issues: [] })
  })

  it.each([
    ['another version', patched(DATA, 1, [1])],
    ['reserved bits', patched(DATA, 1, [0x12])],
    ['a control message without its length', patched(CONTROL, 0, [0x88])],
    ['a length beyond the datagram', patched(FULL, 2, [1, 0])],
    ['five bytes', DATA.subarray(0, 5)],
  ])('is not %s, and what is on its port is counted', (_, payload) => {
    expect(overUdp(payload)).toMatchObject({ path: 'ip:udp', issues: ['bad-l2tp-header'] })
  })

  it('counts an offset beyond the message', () => {
    expect(overUdp(patched(FULL, 12, [0xff, 0]))).toMatchObject({
      path: 'ip:udp:l2tp',
      issues: ['bad-l2tp-header'],
    })
  })

  it('counts a length below its own header', () => {
    expect(overUdp(patched(FULL, 2, [0, 5])).issues).toContain('bad-l2tp-header')
  })

  describe('version 3', () => {
    it.each([0, 4, 8, 12])('finds Ethernet behind %i bytes of cookie and sublayer', (gap) => {
      const session = concat(bytes('0000 0007'), filled(gap, 0x0a), frame)
      expect(overIp(session)).toMatchObject({
        path: 'ip:l2tp:eth:ip:tcp',
        rows: [
          { carried: 'l2tp', path: 'ip:l2tp', ipProtocol: 115 },
          { tunnel: 'l2tp', dstPort: 22 },
        ],
        issues: [],
      })
    })

    it('finds it behind UDP', () => {
      expect(overUdp(concat(bytes('0003 0000 0000 0007'), frame)).path).toBe('ip:udp:l2tp:eth:ip:tcp')
    })

    it('leaves closed what does not look like Ethernet', () => {
      expect(overIp(concat(bytes('0000 0007'), filled(60, 0x11)))).toMatchObject({
        path: 'ip:l2tp:data',
        rows: [{ carried: 'none', payloadLength: 60 }],
      })
    })

    it('ends where only a session is', () => {
      expect(overIp(bytes('0000 0007'))).toMatchObject({ path: 'ip:l2tp', rows: [{ carried: 'none' }] })
    })

    it('takes a control message for a leaf', () => {
      expect(overIp(concat(bytes('0000 0000 c803'), frame))).toMatchObject({
        path: 'ip:l2tp',
        rows: [{ carried: 'none' }],
      })
    })
  })

  it('leaves a session without a packet at its name', () => {
    expect(decodeOne('l2tp', bytes('0002 0001 0002'), { row })).toMatchObject({ next: 'none', issues: [] })
  })
})
