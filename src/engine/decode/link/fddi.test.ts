import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ipv4, tcp } from '../../../../test/traffic/index.ts'

const FRAME = bytes(`
  50                LLC frame, asynchronous
  0200 0000 0002    destination
  0200 0000 0001    source
  aaaa 0300 0000    SNAP
  0800              IPv4
`)

describe('decodeFddi', () => {
  itKeepsItsPromises('fddi', FRAME)

  it('leads to IP behind LLC', () => {
    const packet = ipv4(
      { source: '10.0.0.1', destination: '10.0.0.2' },
      tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
    ).bytes
    expect(decode(concat(FRAME, packet), 10)).toMatchObject({ path: 'fddi:llc:ip:tcp', issues: [] })
  })

  it("leaves the ring's own frames closed", () => {
    expect(decodeOne('fddi', concat(bytes('c2'), FRAME.subarray(1))).next).toBe('data')
  })
})
