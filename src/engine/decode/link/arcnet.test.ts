import { describe, expect, it } from 'vitest'
import { decode, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ipv4, udp } from '../../../../test/traffic/index.ts'

const IP = ipv4(
  { source: '10.80.131.1', destination: '10.80.131.254' },
  udp({ sourcePort: 9, destinationPort: 9 }),
).bytes

describe('decodeArcnet', () => {
  itKeepsItsPromises(
    'arcnet',
    concat(bytes('be ea d4 00 0165  source, destination, IP, not split, sequence'), IP),
  )

  it.each([
    ['RFC 1051', 'be ed f0'],
    ['RFC 1201', 'be ea d4 00 0165'],
    ['RFC 1201, an exception frame', 'be ea d4 ff ffff ff 00 0165'],
    ['the first of two parts', 'be ea d4 01 0165'],
  ])('reads IP behind a header of %s', (_, header) => {
    expect(decode(concat(bytes(header), IP), 7).path).toBe('arcnet:ip:udp')
  })

  it.each([
    ['RFC 1051', 'be 00 ed08 f0'],
    ['RFC 1201', 'be 00 ea08 d4 00 0165'],
  ])('reads IP behind a header of %s that Linux wrote', (_, header) => {
    expect(decode(concat(bytes(header), IP), 129).path).toBe('arcnet:ip:udp')
  })

  it('takes a later part for data', () => {
    expect(decode(concat(bytes('be ea d4 02 0165'), IP), 7).path).toBe('arcnet:data')
  })
})
