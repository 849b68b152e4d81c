import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, filled, patched } from '../../../../test/traffic/index.ts'

const BEACON = concat(bytes('8000 0000'), filled(20))
const HEADER = concat(
  bytes(`
    4400 0000                 message code
    9000 0000                 144 bytes
    776c 616e 3000 0000       wlan0
    0000 0000 0000 0000
  `),
  filled(120),
)
const AVS = concat(bytes('8021 1001 0000 0040'), filled(56))

describe('decodePrism', () => {
  itKeepsItsPromises('prism', concat(HEADER, BEACON))

  it('leads to 802.11 in either byte order', () => {
    expect(decode(concat(HEADER, BEACON), 119)).toMatchObject({ path: 'prism:wlan', issues: [] })
    const network = patched(HEADER, 0, bytes('0000 0044 0000 0090'))
    expect(decodeOne('prism', concat(network, BEACON))).toMatchObject({ next: 'wlan', offset: 144 })
  })

  it('reads the AVS header that shares the link type', () => {
    expect(decodeOne('prism', concat(AVS, BEACON))).toMatchObject({ next: 'wlan', offset: 64, issues: [] })
  })

  it('counts a length that the frame does not have', () => {
    expect(decodeOne('prism', concat(patched(HEADER, 4, [0, 4]), BEACON)).issues).toEqual([
      'truncated-link-header',
    ])
    expect(decodeOne('prism', concat(patched(HEADER, 4, [8]), BEACON)).issues).toEqual([
      'truncated-link-header',
    ])
  })
})
