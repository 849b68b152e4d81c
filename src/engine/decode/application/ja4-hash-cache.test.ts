import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { ja4Digest } from './ja4-hash-cache.ts'

it('gives the SHA-256 of each text, whatever was asked for before', () => {
  const into = new Uint8Array(6)
  for (let round = 0; round < 3; round++) {
    for (let length = 0; length < 700; length += 7) {
      for (const byte of [0x30, 0x31]) {
        const text = new Uint8Array(800).fill(byte)
        ja4Digest(text, length, into)
        const expected = createHash('sha256').update(text.subarray(0, length)).digest().subarray(0, 6)
        expect(Buffer.from(into).toString('hex'), `${String(length)} bytes`).toBe(expected.toString('hex'))
      }
    }
  }
})
