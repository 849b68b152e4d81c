import { describe, expect, it } from 'vitest'
import { cuts, decode, decodeOne, itKeepsItsPromises, newPacket } from '../../../../test/decoding.ts'
import { bytes, concat, filled, ipv6, ipv6Extension, patched, tcp } from '../../../../test/traffic/index.ts'
import { FlowRole } from '../flow-batch.ts'

const HEADER = bytes(`
  6000 0000            version 6
  0014 06 40           twenty bytes of TCP, hop limit 64
  2001 0db8 0000 0000 0000 0000 0000 0001  source
  2001 0db8 0000 0000 0000 0000 0000 0002  destination
`)
const SYN = bytes('9c40 0016 0000 0001 0000 0000 5002 0400 0000 0000')
const PACKET = concat(HEADER, SYN)

describe('decodeIpv6', () => {
  itKeepsItsPromises('ipv6', PACKET)

  it('begins a row', () => {
    const { next, offset, end, rows } = decodeOne('ipv6', PACKET)
    expect({ next, offset, end }).toEqual({ next: 'tcp', offset: 40, end: 60 })
    expect(rows).toMatchObject([
      {
        role: FlowRole.packet,
        ipVersion: 6,
        src: '2001:db8::1',
        dst: '2001:db8::2',
        ipProtocol: 6,
        timeToLive: 64,
        path: 'ipv6',
      },
    ])
  })

  it.each(cuts(HEADER).map((cut) => [cut.length, cut]))('gives no row for %i bytes', (_, cut) => {
    expect(decodeOne('ipv6', cut)).toMatchObject({
      next: 'none',
      rows: [],
      issues: ['truncated-network-header'],
    })
  })

  it('takes padding for none of its bytes', () => {
    expect(decodeOne('ipv6', concat(PACKET, filled(6, 0xee)))).toMatchObject({ end: 60, issues: [] })
  })

  it('goes on with what is there when the payload length is more', () => {
    expect(decodeOne('ipv6', patched(PACKET, 4, [0, 21]))).toMatchObject({
      next: 'tcp',
      end: 60,
      issues: ['bad-ipv6-payload-length'],
    })
  })

  it('takes a payload length of zero for segmentation offload', () => {
    expect(decodeOne('ipv6', patched(PACKET, 4, [0, 0]))).toMatchObject({
      next: 'tcp',
      end: 60,
      issues: ['ip-total-length-zero'],
    })
  })

  it('believes it where nothing is to follow', () => {
    expect(decodeOne('ipv6', patched(PACKET, 4, [0, 0, 59]))).toMatchObject({
      next: 'none',
      end: 40,
      issues: [],
    })
  })

  it('ends at another version', () => {
    expect(decodeOne('ipv6', patched(PACKET, 0, [0x45]))).toMatchObject({
      next: 'none',
      issues: ['bad-ip-version'],
    })
  })

  it('ends when the address table is full, and says so', () => {
    const packet = newPacket(1)
    expect(decodeOne('ipv6', PACKET, { packet })).toMatchObject({
      path: 'ipv6',
      next: 'none',
      rows: [],
      issues: ['address-table-full'],
    })
  })

  describe('jumbograms', () => {
    const jumbo = (length: number) => {
      const option = Uint8Array.of(
        0xc2,
        4,
        length >>> 24,
        (length >> 16) & 255,
        (length >> 8) & 255,
        length & 255,
      )
      const segment = tcp({ sourcePort: 1, destinationPort: 2 }, filled(100))
      return ipv6(
        { source: '2001:db8::1', destination: '2001:db8::2', payloadLength: 0 },
        ipv6Extension(0, option, segment),
      ).bytes
    }

    it('have the length of their option', () => {
      expect(decode(concat(jumbo(128), filled(9)), 229)).toMatchObject({
        path: 'ipv6:ipv6.hopopts:tcp',
        rows: [{ payloadLength: 100, payloadWireLength: 100 }],
        issues: [],
      })
    })

    it('may be longer than what was captured', () => {
      expect(decode(jumbo(70_000), 229, { missing: 70_000 - 128 }).rows).toMatchObject([
        { payloadLength: 100, payloadWireLength: 70_000 - 28 },
      ])
    })

    it('count a length that the frame does not have', () => {
      expect(decode(jumbo(70_000), 229).issues).toEqual(['bad-ipv6-payload-length'])
    })
  })
})
