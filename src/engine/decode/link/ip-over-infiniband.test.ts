import { describe, expect, it } from 'vitest'
import { decode, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, ipv4, udp } from '../../../../test/traffic/index.ts'

const IP = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  udp({ sourcePort: 9, destinationPort: 9 }),
).bytes

describe('decodeIpOverInfiniband', () => {
  itKeepsItsPromises('ipoib', concat(filled(40), bytes('0800 0000  IPv4, reserved'), IP))

  it('leads to what the EtherType behind the routing header says', () => {
    expect(decode(concat(filled(40), bytes('0800 0000'), IP), 242).path).toBe('ipoib:ip:udp')
  })
})
