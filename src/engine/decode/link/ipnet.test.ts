import { describe, expect, it } from 'vitest'
import { decode, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, ipv4, udp } from '../../../../test/traffic/index.ts'

const IP = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  udp({ sourcePort: 9, destinationPort: 9 }),
).bytes

describe('decodeIpnet', () => {
  itKeepsItsPromises('ipnet', concat(bytes('01 02  version, AF_INET'), filled(22), IP))

  it.each([
    ['02', 'ipnet:ip:udp'],
    ['63', 'ipnet:data'],
  ])('follows address family %s to %s', (family, path) => {
    expect(decode(concat(bytes(`01 ${family}`), filled(22), IP), 226).path).toBe(path)
  })
})
