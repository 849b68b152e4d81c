import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ipv4, tcp } from '../../../../test/traffic/index.ts'

const KEEPALIVE = bytes(`
  8f00            multicast, control
  8035            keep-alive
  0000 0002       its type
  0000 0001 0000  sequence numbers
`)

describe('decodeCiscoHdlc', () => {
  itKeepsItsPromises('chdlc', KEEPALIVE)

  it('leads to IP', () => {
    const packet = ipv4(
      { source: '10.0.0.1', destination: '10.0.0.2' },
      tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
    ).bytes
    expect(decode(concat(bytes('0f00 0800'), packet), 104)).toMatchObject({
      path: 'chdlc:ip:tcp',
      rows: [{ dstPort: 22 }],
      issues: [],
    })
  })

  it.each([
    ['8035', 'slarp'],
    ['2000', 'cdp'],
    ['0111', 'udld'],
    ['4242', 'stp'],
    ['8847', 'mpls'],
    ['7777', 'data'],
  ])('knows %s as %s', (hex, next) => {
    expect(decodeOne('chdlc', bytes(`0f00 ${hex} 00`)).next).toBe(next)
  })

  it('skips the padding before OSI', () => {
    expect(decode(bytes('0f00 fefe 03 831b 0100'), 104).path).toBe('chdlc:osi:isis')
    expect(decodeOne('chdlc', bytes('0f00 fefe'))).toMatchObject({ next: 'osi', offset: 4 })
  })
})
