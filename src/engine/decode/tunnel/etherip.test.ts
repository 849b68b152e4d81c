import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, ipv4, tcp } from '../../../../test/traffic/index.ts'

const frame = ethernet(
  {},
  ipv4(
    { source: '10.0.0.1', destination: '10.0.0.2' },
    tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
  ),
)
const row = { ipVersion: 4, ipProtocol: 97 }

describe('decodeEtherIp', () => {
  itKeepsItsPromises('etherip', concat(bytes('3000  version 3'), frame), { row })

  it.each(['3000', '0300'])('leads to the frame behind %s', (hex) => {
    const packet = ipv4(
      { source: '192.0.2.1', destination: '192.0.2.2', protocol: 97 },
      concat(bytes(hex), frame),
    )
    expect(decode(packet.bytes, 228)).toMatchObject({
      path: 'ip:etherip:eth:ip:tcp',
      rows: [
        { carried: 'etherip', path: 'ip:etherip' },
        { tunnel: 'etherip', dstPort: 22 },
      ],
      issues: [],
    })
  })

  it('ends at another version', () => {
    expect(decodeOne('etherip', concat(bytes('4000'), frame), { row })).toMatchObject({
      next: 'none',
      rows: [{ carried: 'none' }],
    })
  })
})
