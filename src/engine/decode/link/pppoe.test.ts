import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, ipv4, patched, udp } from '../../../../test/traffic/index.ts'

const SESSION = bytes(`
  1100 000a  version 1, type 1, session data, session 10
  0004       four bytes of PPP
  c021 0101  link control, configure request
`)

describe('decodePppoeSession', () => {
  itKeepsItsPromises('pppoes', SESSION)

  it('leads to PPP, and its length cuts padding off', () => {
    const packet = ipv4(
      { source: '10.0.0.1', destination: '10.0.0.2' },
      udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
    ).bytes
    const header = patched(SESSION.subarray(0, 6), 4, [0, packet.length + 2])
    const frame = ethernet({ etherType: 0x8864, paddedTo: 80 }, concat(header, bytes('0021'), packet))
    expect(decode(frame)).toMatchObject({
      path: 'eth:pppoes:ppp:ip:udp',
      rows: [{ tunnel: 'none', payloadWireLength: 1 }],
      issues: [],
    })
  })

  it('is link type 51 by itself', () => {
    expect(decode(SESSION, 51).path).toBe('pppoes:ppp:lcp')
  })

  it('leaves discovery packets as leaves', () => {
    const discovery = bytes('1109 0000 0000  an active discovery initiation without tags')
    expect(decode(ethernet({ etherType: 0x8863 }, discovery)).path).toBe('eth:pppoed')
    expect(decodeOne('pppoes', discovery).next).toBe('none')
  })

  it('counts a length that the frame cannot hold, and goes on', () => {
    expect(decodeOne('pppoes', patched(SESSION, 4, [0x40, 0]))).toMatchObject({
      next: 'ppp',
      end: SESSION.length,
      issues: ['bad-pppoe-length'],
    })
  })
})
