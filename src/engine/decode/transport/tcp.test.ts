import { describe, expect, it } from 'vitest'
import { cuts, decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, patched } from '../../../../test/traffic/index.ts'
import { NO_PORT, NO_TCP_FLAGS } from '../flow-batch.ts'

const SYN = bytes(`
  9c40 0016  source port 40000, destination port 22
  0102 0304  sequence number
  0000 0000  acknowledgment number
  a002 faf0  ten words, SYN, window 64240
  b1e6 0000  checksum, urgent pointer
  0204 05b4  maximum segment size 1460
  0402       selective acknowledgment permitted
  080a 0000 0001 0000 0000  timestamps
  01         no operation
  0303 07    window scale
`)
const DATA = bytes(`
  0016 9c40  source port 22, destination port 40000
  8000 0001  sequence number
  ffff ffff  acknowledgment number
  80d8 0100  eight words; CWR, ECE, ACK and PSH; window 256
  0000 0000  checksum, urgent pointer
  0101 080a 0000 0002 0000 0001  no operation twice, timestamps
  6865 6c6c 6f  hello
`)
const row = { ipVersion: 4, ipProtocol: 6 }
const read = (segment: Uint8Array, missing = 0) => decodeOne('tcp', segment, { row, missing })

describe('decodeTcp', () => {
  itKeepsItsPromises('tcp', SYN, { row })
  itKeepsItsPromises('tcp', DATA, { row })

  it('reads a connection attempt', () => {
    expect(read(SYN)).toMatchObject({
      next: 'none',
      offset: 40,
      rows: [
        {
          srcPort: 40000,
          dstPort: 22,
          sequence: 0x01020304,
          acknowledgment: 0,
          tcpFlags: 0x02,
          window: 64240,
          payloadLength: 0,
          payloadWireLength: 0,
          path: 'tcp',
        },
      ],
    })
  })

  it('reads all eight flags and both numbers to their highest bit', () => {
    expect(read(DATA).rows).toMatchObject([
      {
        sequence: 0x80000001 | 0,
        acknowledgment: -1,
        tcpFlags: 0xd8,
        payloadOffset: 32,
        payloadLength: 5,
        payloadWireLength: 5,
      },
    ])
  })

  describe('options', () => {
    const options = (hex: string) => {
      const area = bytes(hex)
      return read(concat(patched(SYN.subarray(0, 20), 12, [((20 + area.length) / 4) << 4]), area))
    }

    it('are packed in their order, four bits each', () => {
      expect(read(SYN).rows[0]!.tcpOptions).toBe(0x31842)
    })

    it('have a short way for timestamps alone, with the same outcome', () => {
      expect(read(DATA).rows[0]!.tcpOptions).toBe(0x811)
      expect(options('0101 080a 0000 0000 0000 0000 0101 0101').rows[0]!.tcpOptions).toBe(0x1111811)
    })

    it('beyond the eighth are not packed', () => {
      expect(options('0101 0101 0101 0101 0303 0700').rows[0]!.tcpOptions).toBe(0x11111111)
    })

    it('of kinds above fourteen are fifteen', () => {
      expect(options('2212 0000 0000 0000 0000 0000 0000 0000 0000 0000').rows[0]!.tcpOptions).toBe(0xf)
    })

    it('end at the end', () => {
      expect(options('0103 0307 0002 0402')).toMatchObject({ rows: [{ tcpOptions: 0x31 }], issues: [] })
    })

    it.each([
      ['a length of zero', '0200 0000'],
      ['a length of one', '0201 0000'],
      ['a length beyond the header', '0205 05b4'],
      ['a kind whose length is behind the header', '0101 0103'],
    ])('with %s are counted, and the payload is found all the same', (_, hex) => {
      expect(options(hex)).toMatchObject({ offset: 24, issues: ['bad-tcp-option'] })
    })
  })

  describe('cut short', () => {
    it.each(cuts(SYN.subarray(0, 20)).map((cut) => [cut.length, cut]))(
      'at %i bytes gives what is whole',
      (length, cut) => {
        const { rows, issues } = read(cut, SYN.length - length)
        expect(issues).toEqual(['truncated-transport-header'])
        expect(rows).toMatchObject([
          {
            srcPort: length >= 4 ? 40000 : NO_PORT,
            dstPort: length >= 4 ? 22 : NO_PORT,
            sequence: length >= 8 ? 0x01020304 : 0,
            tcpFlags: length >= 14 ? 2 : NO_TCP_FLAGS,
            window: length >= 16 ? 64240 : 0,
          },
        ])
      },
    )

    it('in its options counts no option as bad, and knows the length of the payload on the wire', () => {
      for (let length = 20; length < 32; length++) {
        expect(read(DATA.subarray(0, length), DATA.length - length)).toMatchObject({
          rows: [{ payloadLength: 0, payloadWireLength: 5, payloadOffset: length }],
          issues: ['truncated-transport-header'],
        })
      }
    })

    it('in its first words knows the length of the payload on the wire, too', () => {
      expect(read(DATA.subarray(0, 14), DATA.length - 14).rows).toMatchObject([
        { payloadLength: 0, payloadWireLength: 5 },
      ])
    })

    it('in its payload has what is there', () => {
      expect(read(DATA.subarray(0, 34), 3)).toMatchObject({
        rows: [{ payloadLength: 2, payloadWireLength: 5 }],
        issues: [],
      })
    })
  })

  describe('header lengths that lie', () => {
    it.each([0, 4])('of %i words leave no payload', (words) => {
      expect(read(patched(DATA, 12, [words << 4]))).toMatchObject({
        rows: [{ dstPort: 40000, tcpFlags: 0xd8, payloadLength: 0 }],
        issues: ['bad-tcp-header-length'],
      })
    })

    it('of fifteen words reach beyond the segment', () => {
      expect(read(patched(DATA, 12, [0xf0]))).toMatchObject({
        offset: DATA.length,
        rows: [{ payloadLength: 0, payloadWireLength: 0 }],
        issues: ['bad-tcp-header-length', 'bad-tcp-option'],
      })
    })
  })

  it('stands on the path where an application can be hung below it', () => {
    const packet = concat(
      bytes('4500 0000 0000 0000 4006 0000 0a00 0001 0a00 0002'),
      concat(SYN.subarray(0, 20), filled(20, 1)),
    )
    expect(decode(patched(packet, 2, [0, packet.length]), 228)).toMatchObject({
      path: 'ip:tcp',
      rows: [{ path: 'ip:tcp', carried: 'none' }],
    })
  })
})
