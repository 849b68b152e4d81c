import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, filled, ipv4, patched, tcp } from '../../../../test/traffic/index.ts'

const TAG = bytes(`
  2000 0000 0001       authenticated only, with a channel identifier; packet number 1
  0200 0000 0001 0001  the channel
  0800                 IPv4
`)
const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
)
const CHECK_VALUE = filled(16, 0xee)
const FRAME = concat(TAG, packet.bytes, CHECK_VALUE)

describe('decodeMacsec', () => {
  itKeepsItsPromises('macsec', FRAME)

  it('follows a frame that is only authenticated, and keeps its check value out of it', () => {
    expect(decodeOne('macsec', FRAME)).toMatchObject({ next: 'ip', offset: 16, end: FRAME.length - 16 })
    expect(decode(ethernet({ etherType: 0x88e5 }, FRAME))).toMatchObject({
      path: 'eth:macsec:ip:tcp',
      rows: [{ dstPort: 22 }],
      issues: [],
    })
  })

  it('leaves an encrypted frame closed', () => {
    const encrypted = patched(FRAME, 0, [0x2c])
    expect(decodeOne('macsec', encrypted)).toMatchObject({ next: 'data', offset: 14, issues: [] })
  })

  it('names no data where there is none', () => {
    expect(decodeOne('macsec', patched(TAG.subarray(0, 14), 0, [0x2c])).next).toBe('none')
  })

  it('reads the short tag, without a channel', () => {
    const short = concat(bytes('0000 0000 0001 0800'), packet.bytes, CHECK_VALUE)
    expect(decodeOne('macsec', short)).toMatchObject({ next: 'ip', offset: 8 })
  })

  it('knows no other version', () => {
    expect(decodeOne('macsec', patched(FRAME, 0, [0xa0])).next).toBe('none')
  })
})
