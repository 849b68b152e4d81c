import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import {
  bytes,
  concat,
  filled,
  ipv6,
  ipv6Extension,
  ipv6Fragment,
  patched,
  tcp,
  type Payload,
} from '../../../../test/traffic/index.ts'
import { FragmentPart, NO_PORT } from '../flow-batch.ts'
import { EXTENSION_HEADER_COUNT_MAX } from './ipv6-extension.ts'

const segment = tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' })
const over = (payload: Payload) =>
  decode(ipv6({ source: '2001:db8::1', destination: '2001:db8::2' }, payload).bytes, 229)
const row = { ipVersion: 6, ipProtocol: 0 }

const OPTIONS = bytes(`
  06 00      TCP follows, eight bytes
  0104 0000 0000  padding
  9c40 0016 0000 0001 0000 0000 5002 0400 0000 0000
`)
const FRAGMENT = bytes(`
  06 00      TCP follows
  0001       offset 0, more fragments
  0000 1234  identification
  9c40 0016 0000 0001 0000 0000 5002 0400 0000 0000
`)

describe('decodeHopByHopOptions, decodeDestinationOptions, decodeRoutingHeader, decodeShim6', () => {
  for (const protocol of ['ipv6.hopopts', 'ipv6.dstopts', 'ipv6.routing', 'shim6'] as const) {
    describe(protocol, () => {
      itKeepsItsPromises(protocol, OPTIONS, { row })
    })
  }

  it('lead to what follows, and name it in the row', () => {
    const routing = ipv6Extension(43, bytes('0000 0000 0000'), segment)
    const options = ipv6Extension(60, filled(14), routing)
    expect(over(ipv6Extension(0, filled(6), options))).toMatchObject({
      path: 'ipv6:ipv6.hopopts:ipv6.dstopts:ipv6.routing:tcp',
      rows: [{ ipProtocol: 6, dstPort: 22, path: 'ipv6:ipv6.hopopts:ipv6.dstopts:ipv6.routing:tcp' }],
      issues: [],
    })
  })

  it('lead into a tunnel', () => {
    const inner = ipv6({ source: 'fd00::1', destination: 'fd00::2' }, segment)
    expect(over(ipv6Extension(60, filled(6), inner))).toMatchObject({
      path: 'ipv6:ipv6.dstopts:ipv6:tcp',
      rows: [{ carried: 'ipip', ipProtocol: 41 }, { tunnel: 'ipip' }],
    })
  })

  it('end where no header follows', () => {
    expect(over(ipv6Extension(60, filled(6), { bytes: new Uint8Array(0), ipProtocol: 59 })).path).toBe(
      'ipv6:ipv6.dstopts',
    )
  })

  it('tell a length that lies from one that a snaplen cut', () => {
    const lying = patched(OPTIONS, 1, [9])
    expect(decodeOne('ipv6.hopopts', lying, { row })).toMatchObject({
      next: 'none',
      issues: ['bad-extension-header'],
    })
    expect(decodeOne('ipv6.hopopts', lying, { row, missing: 100 }).issues).toEqual([
      'truncated-network-header',
    ])
  })

  it('are followed no further than their limit, in a packet of 8,000', () => {
    const headers = concat(...Array.from({ length: 8000 }, () => bytes('3c00 0104 0000 0000')))
    const decoded = over({ bytes: headers, ipProtocol: 60 })
    expect(decoded.issues).toEqual(['too-many-extension-headers'])
    expect(decoded.offset).toBe(40 + EXTENSION_HEADER_COUNT_MAX * 8)
  })
})

describe('decodeFragmentHeader', () => {
  itKeepsItsPromises('ipv6.fraghdr', FRAGMENT, { row })

  it('marks the first part, which has the ports', () => {
    expect(over(ipv6Fragment({ offset: 0, more: true, identification: 0x89abcdef }, segment))).toMatchObject({
      path: 'ipv6:ipv6.fraghdr:tcp',
      rows: [{ fragment: FragmentPart.first, ipId: 0x89abcdef | 0, dstPort: 22 }],
      issues: [],
    })
  })

  it('takes a later part for data', () => {
    expect(over(ipv6Fragment({ offset: 1448, more: false, identification: 7 }, segment))).toMatchObject({
      path: 'ipv6:ipv6.fraghdr:data',
      rows: [{ fragment: FragmentPart.later, ipId: 7, ipProtocol: 6, dstPort: NO_PORT, payloadLength: 20 }],
    })
  })

  it('takes a part that is the whole for no fragment', () => {
    expect(over(ipv6Fragment({ offset: 0, more: false, identification: 7 }, segment))).toMatchObject({
      path: 'ipv6:ipv6.fraghdr:tcp',
      rows: [{ fragment: FragmentPart.whole, ipId: 7 }],
    })
  })
})
