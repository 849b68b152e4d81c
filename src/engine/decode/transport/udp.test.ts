import { describe, expect, it } from 'vitest'
import { cuts, decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, ipv4, patched } from '../../../../test/traffic/index.ts'
import { FragmentPart, NO_PORT } from '../flow-batch.ts'

const DATAGRAM = bytes(`
  9c40 0035  source port 40000, destination port 53
  000d 0000  thirteen bytes, no checksum
  6865 6c6c 6f  hello
`)
const row = { ipVersion: 4, ipProtocol: 17 }
const read = (datagram: Uint8Array, missing = 0) => decodeOne('udp', datagram, { row, missing })

describe('decodeUdp', () => {
  itKeepsItsPromises('udp', DATAGRAM, { row })

  it('reads ports and payload', () => {
    expect(read(DATAGRAM)).toMatchObject({
      next: 'none',
      offset: 8,
      rows: [
        {
          srcPort: 40000,
          dstPort: 53,
          payloadOffset: 8,
          payloadLength: 5,
          payloadWireLength: 5,
          path: 'udp',
        },
      ],
      issues: [],
    })
  })

  it.each(cuts(DATAGRAM.subarray(0, 8)).map((cut) => [cut.length, cut]))(
    'reads ports of %i bytes from four on',
    (length, cut) => {
      expect(read(cut, DATAGRAM.length - length)).toMatchObject({
        rows: [{ dstPort: length >= 4 ? 53 : NO_PORT, payloadLength: 0 }],
        issues: ['truncated-transport-header'],
      })
    },
  )

  it('keeps count of what a snaplen cut off', () => {
    expect(read(DATAGRAM.subarray(0, 10), 3)).toMatchObject({
      rows: [{ payloadLength: 2, payloadWireLength: 5 }],
      issues: [],
    })
  })

  describe('lengths that lie', () => {
    it('end before the packet does: the rest is not payload', () => {
      expect(read(concat(DATAGRAM, filled(7, 0xee)))).toMatchObject({
        end: 13,
        rows: [{ payloadLength: 5, payloadWireLength: 5 }],
        issues: [],
      })
    })

    it.each([
      ['below the header', [0, 7]],
      ['zero', [0, 0]],
      ['beyond the packet', [0, 14]],
      ['far beyond', [0xff, 0xff]],
    ])('%s are counted, and the packet believed', (_, length) => {
      expect(read(patched(DATAGRAM, 4, length))).toMatchObject({
        rows: [{ payloadLength: 5, payloadWireLength: 5 }],
        issues: ['bad-udp-length'],
      })
    })

    it('are none when they are zero in a jumbogram', () => {
      const jumbo = decodeOne('udp', patched(DATAGRAM, 4, [0, 0]), { row: { ipVersion: 6, ipProtocol: 17 } })
      expect(jumbo).toMatchObject({ rows: [{ payloadWireLength: 5 }], issues: [] })
    })

    it('are none in a first fragment, which holds a part of what they count', () => {
      const first = decodeOne('udp', patched(DATAGRAM, 4, [0x20, 0]), {
        row: { ...row, fragment: FragmentPart.first },
      })
      expect(first).toMatchObject({ rows: [{ payloadLength: 5, payloadWireLength: 5 }], issues: [] })
    })
  })

  it('stands on the path where an application can be hung below it', () => {
    expect(
      decode(ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17 }, DATAGRAM).bytes, 228),
    ).toMatchObject({
      path: 'ip:udp',
      rows: [{ path: 'ip:udp', carried: 'none' }],
    })
  })
})
