import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { sha256 } from './sha256.ts'

const hex = (bytes: Uint8Array, offset = 0, length = bytes.length - offset) => {
  const digest = new Uint8Array(32)
  sha256(bytes, offset, length, digest)
  return Buffer.from(digest).toString('hex')
}

describe('sha256', () => {
  it('gives the digests that FIPS 180-4 publishes', () => {
    expect(hex(new Uint8Array(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hex(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hex(Buffer.from('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    )
  })

  it('agrees with the platform for every length around the block size', () => {
    for (let length = 0; length <= 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255)
      expect(hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
    }
  })

  it('agrees with the platform for any part of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(50), (bytes, skipped) => {
        const offset = Math.min(skipped, bytes.length)
        expect(hex(bytes, offset)).toBe(createHash('sha256').update(bytes.subarray(offset)).digest('hex'))
      }),
    )
  })
})
