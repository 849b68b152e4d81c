import { describe, expect, it } from 'vitest'
import { cuts, decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, ipv4, patched } from '../../../../test/traffic/index.ts'
import { NO_PORT } from '../flow-batch.ts'

const INIT = bytes(`
  9c40 0b59  source port 40000, destination port 2905
  0000 0000  verification tag: none yet
  1234 5678  checksum
  01 00 0014  INIT of twenty bytes
  1a2b 3c4d  initiate tag
  0000 ffff  window
  0001 0001  streams
  0000 0001  first number
`)
const row = { ipVersion: 4, ipProtocol: 132 }

describe('decodeSctp', () => {
  itKeepsItsPromises('sctp', INIT, { row })

  it('reads ports and the type of the first chunk', () => {
    expect(
      decode(ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 132 }, INIT).bytes, 228),
    ).toMatchObject({
      path: 'ip:sctp',
      rows: [{ srcPort: 40000, dstPort: 2905, icmpType: 1, sequence: 0, payloadLength: 20, path: 'ip:sctp' }],
      issues: [],
    })
  })

  it('reads the verification tag', () => {
    expect(decodeOne('sctp', patched(INIT, 4, [0xff, 0, 0, 1]), { row }).rows[0]!.sequence).toBe(
      0xff000001 | 0,
    )
  })

  it.each(cuts(INIT.subarray(0, 12)).map((cut) => [cut.length]))(
    'reads ports of %i bytes from four on',
    (length) => {
      expect(decodeOne('sctp', patched(INIT, 4, [1, 2, 3, 4]).subarray(0, length), { row })).toMatchObject({
        next: 'none',
        rows: [{ dstPort: length >= 4 ? 2905 : NO_PORT, sequence: length >= 8 ? 0x01020304 : 0 }],
        issues: ['truncated-transport-header'],
      })
    },
  )

  it.each([
    ['no length', patched(INIT, 14, [0, 0])],
    ['a length below its header', patched(INIT, 14, [0, 3])],
    ['a length beyond the packet', patched(INIT, 14, [0, 21])],
    ['no room for its header', INIT.subarray(0, 15)],
    ['nothing at all', INIT.subarray(0, 12)],
  ])('counts a chunk with %s', (_, packet) => {
    expect(decodeOne('sctp', packet, { row })).toMatchObject({ next: 'none', issues: ['bad-sctp-chunk'] })
  })

  it('takes a chunk that a snaplen cut for a good one', () => {
    expect(decodeOne('sctp', INIT.subarray(0, 13), { row, missing: 19 })).toMatchObject({
      rows: [{ icmpType: 1 }],
      issues: [],
    })
  })
})
