import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, ipv4, udp } from '../../../../test/traffic/index.ts'

const HEADER = bytes(`
  0045       version 0, one word of options, hop count 5
  0001 0002  egress and ingress nickname
  0000 0000  the option
`)

describe('decodeTrill', () => {
  itKeepsItsPromises('trill', concat(HEADER, bytes('0200 0000')))

  itKeepsItsPromises('trill', bytes('0005 0001 0002 0200  no options'))

  it('leads to the inner frame behind its options', () => {
    const inner = ethernet(
      {},
      ipv4(
        { source: '10.0.0.1', destination: '10.0.0.2' },
        udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
      ),
    )
    expect(decode(ethernet({ etherType: 0x22f3 }, concat(HEADER, inner)))).toMatchObject({
      path: 'eth:trill:eth:ip:udp',
      rows: [{ tunnel: 'none' }],
    })
  })

  it('counts options that are not there', () => {
    expect(decodeOne('trill', HEADER.subarray(0, 9)).issues).toEqual(['truncated-link-header'])
  })
})
