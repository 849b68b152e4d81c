/** SHA-256 against the vectors of FIPS 180-4 and against Node's own. */

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashSource, sha256Hex } from './sha256.ts'

describe('SHA-256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('of %j is the published one', (text, digits) => {
    expect(sha256Hex(text)).toBe(digits)
  })

  it('is a hash source of CSP, for text of any length and script', () => {
    for (const text of ['', 'a', 'é😀', 'x'.repeat(1_000)]) {
      const expected = createHash('sha256').update(text, 'utf8').digest('base64')
      expect(hashSource(text)).toBe(`'sha256-${expected}'`)
    }
  })
})
