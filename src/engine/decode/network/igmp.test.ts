import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, ipv4 } from '../../../../test/traffic/index.ts'

const REPORT = bytes(`
  16 00 0904  membership report of version 2, checksum
  e000 00fb   group 224.0.0.251
`)
const row = { ipVersion: 4, ipProtocol: 2 }

describe('decodeIgmp', () => {
  itKeepsItsPromises('igmp', REPORT, { row })

  it('reads the type', () => {
    expect(
      decode(ipv4({ source: '10.0.0.1', destination: '224.0.0.251', protocol: 2 }, REPORT).bytes, 228),
    ).toMatchObject({
      path: 'ip:igmp',
      rows: [{ icmpType: 0x16, path: 'ip:igmp' }],
      issues: [],
    })
  })

  it('has no payload in its shortest message', () => {
    expect(decodeOne('igmp', REPORT, { row })).toMatchObject({
      offset: 8,
      rows: [{ payloadOffset: 8, payloadLength: 0 }],
    })
  })

  it('counts a message that is too short, and still reads its type', () => {
    expect(decodeOne('igmp', bytes('16 00'), { row })).toMatchObject({
      rows: [{ icmpType: 0x16 }],
      issues: ['bad-igmp'],
    })
    expect(decodeOne('igmp', bytes('16 00'), { row, missing: 6 }).issues).toEqual([
      'truncated-transport-header',
    ])
  })
})
