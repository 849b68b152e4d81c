import { describe, expect, it } from 'vitest'
import { decode, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, ipv4, udp } from '../../../../test/traffic/index.ts'

const IP = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  udp({ sourcePort: 9, destinationPort: 9 }),
).bytes
const TIME_64 = bytes('0001 0010 5ceeed57384f59c8 0800  a time of 64 bits, then IPv4')

describe('decodeArista', () => {
  itKeepsItsPromises('avsp', concat(TIME_64, IP))

  it.each([
    ['64', TIME_64],
    ['48', bytes('0001 0020 5ceeed57384f 0800')],
  ])('reads the EtherType behind a time of %s bits', (_, header) => {
    expect(decode(ethernet({ etherType: 0xd28b }, concat(header, IP))).path).toBe('eth:avsp:ip:udp')
  })

  it('does not guess the form of another subtype', () => {
    expect(decode(ethernet({ etherType: 0xd28b }, bytes('0002 0010 0000'))).path).toBe('eth:avsp:data')
  })
})
