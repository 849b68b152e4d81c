import { describe, expect, it } from 'vitest'
import { decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes } from '../../../../test/traffic/index.ts'

const HELLO = bytes(`
  83       IS-IS
  1b01 00  length, version, identifier length
`)

describe('decodeOsi', () => {
  it('knows no other identifier', () => {
    const known = Array.from({ length: 256 }, (_, nlpid) => nlpid).filter(
      (nlpid) => decodeOne('osi', Uint8Array.of(nlpid, 0)).next !== 'data',
    )
    expect(known).toEqual([0x00, 0x81, 0x82, 0x83, 0x8e, 0xcc])
  })

  itKeepsItsPromises('osi', HELLO)

  it.each([
    ['83', 'isis', 0],
    ['82', 'esis', 0],
    ['81', 'clnp', 0],
    ['00', 'clnp', 0],
    ['cc', 'ip', 1],
    ['8e', 'ipv6', 1],
    ['77', 'data', 0],
  ])('identifies %s as %s', (hex, next, offset) => {
    expect(decodeOne('osi', bytes(`${hex} 45`))).toMatchObject({ next, offset })
  })
})
