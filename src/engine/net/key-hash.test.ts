import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyHash, type HashSecret } from './key-hash.ts'

const SECRET: HashSecret = [1, 2, 3, 4]
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

/** xoshiro128** in BigInt, straight from its definition. */
function* xoshiro(secret: HashSecret): Generator<number, never> {
  const mask = 0xffffffffn
  const rotated = (value: bigint, by: bigint) => ((value << by) | (value >> (32n - by))) & mask
  let [a, b, c, d] = secret.map((part) => BigInt(part) & mask) as [bigint, bigint, bigint, bigint]
  for (;;) {
    yield Number((rotated((b * 5n) & mask, 7n) * 9n) & mask)
    const shifted = (b << 9n) & mask
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 11n)
  }
}

/** HalfSipHash-2-4 with four bytes of output, in BigInt. */
function halfSipHash(key: readonly [number, number], message: readonly number[]): number {
  const mask = 0xffffffffn
  const rotated = (value: bigint, by: bigint) => ((value << by) | (value >> (32n - by))) & mask
  const [k0, k1] = key.map(BigInt) as [bigint, bigint]
  let [v0, v1, v2, v3] = [k0, k1, k0 ^ 0x6c796765n, k1 ^ 0x74656462n]
  const mix = (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      v0 = (v0 + v1) & mask
      v1 = rotated(v1, 5n) ^ v0
      v0 = rotated(v0, 16n)
      v2 = (v2 + v3) & mask
      v3 = rotated(v3, 8n) ^ v2
      v0 = (v0 + v3) & mask
      v3 = rotated(v3, 7n) ^ v0
      v2 = (v2 + v1) & mask
      v1 = rotated(v1, 13n) ^ v2
      v2 = rotated(v2, 16n)
    }
  }
  const padded = [...message, ...Array<number>(3 - (message.length % 4)).fill(0), message.length & 255]
  for (let at = 0; at < padded.length; at += 4) {
    const block = padded.slice(at, at + 4).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n)
    v3 ^= block
    mix(2)
    v0 ^= block
  }
  v2 ^= 0xffn
  mix(4)
  return Number(v1 ^ v3)
}

/** The tables and the key that a secret stands for. */
function expandedFrom(secret: HashSecret) {
  const numbers = xoshiro(secret)
  const next = () => numbers.next().value
  const tables = Array.from({ length: 16 }, () => Array.from({ length: 256 }, next))
  return { tables, key: [next(), next()] as const }
}

describe('the references of this test', () => {
  it('are the generator that its authors published', () => {
    const numbers = xoshiro([1, 2, 3, 4])
    expect(Array.from({ length: 4 }, () => numbers.next().value)).toEqual([11520, 0, 5927040, 70819200])
  })

  it('are the hash that its authors published, for key 00 to 07 and messages of 0 to 15 bytes', () => {
    const published = [
      0x5b9f35a9, 0xb85a4727, 0x03a662fa, 0x04e7fe8a, 0x89466e2a, 0x69b6fac5, 0x23fc6358, 0xc563cf8b,
      0x8f84b8d0, 0x79e706f8, 0x3479b094, 0x50300808, 0x2f87f057, 0xff63e677, 0x7cf8ffd6, 0x972bfe74,
    ]
    const message = published.map((_, byte) => byte)
    const hashes = message.map((length) => halfSipHash([0x03020100, 0x07060504], message.slice(0, length)))
    expect(hashes).toEqual(published)
  })
})

describe('KeyHash', () => {
  const { tables, key } = expandedFrom(SECRET)
  const hash = new KeyHash(SECRET)
  const tabulated = (words: readonly number[]) =>
    words.reduce(
      (sum, one, place) =>
        [0, 8, 16, 24].reduce(
          (part, shift, byte) => part ^ tables[place * 4 + byte]![(one >>> shift) & 255]!,
          sum,
        ),
      0,
    )

  it('tabulates keys of four words', () => {
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        expect(hash.words4(a, b, c, d)).toBe(tabulated([a, b, c, d]))
      }),
    )
  })

  it('tabulates keys of three words', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(hash.words3(a, b, c)).toBe(tabulated([a, b, c]))
      }),
    )
  })

  it('tabulates keys of two words', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(hash.words2(a, b)).toBe(tabulated([a, b]))
      }),
    )
  })

  it('hashes bytes of any length, wherever they lie, with HalfSipHash-2-4', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(255), { maxLength: 40 }),
        fc.nat(5),
        fc.nat(255),
        (message, offset, around) => {
          const memory = new Uint8Array(message.length + 10).fill(around)
          memory.set(message, offset)
          expect(hash.bytes(memory, offset, message.length) >>> 0).toBe(halfSipHash([...key], message))
        },
      ),
    )
  })

  it('depends on its secret', () => {
    const other = new KeyHash([1, 2, 3, 5])
    expect(other.words4(1, 2, 3, 4)).not.toBe(hash.words4(1, 2, 3, 4))
    expect(other.bytes(new Uint8Array(8), 0, 8)).not.toBe(hash.bytes(new Uint8Array(8), 0, 8))
    expect(new KeyHash(SECRET).words4(1, 2, 3, 4)).toBe(hash.words4(1, 2, 3, 4))
  })

  it('works with a secret of zeros, which would leave the generator at zero', () => {
    const zero = new KeyHash([0, 0, 0, 0])
    const hashes = Array.from({ length: 100 }, (_, i) => zero.words2(i, 0))
    // Its first numbers are zero, so that two may meet; a generator stuck at zero would give one.
    expect(new Set(hashes).size).toBeGreaterThan(95)
  })

  it('spreads what people choose: addresses and ports in a row, or those of one unkeyed hash value', () => {
    const slots = 1 << 12
    const crowdedest = (keys: readonly (readonly [number, number])[]) => {
      const counts = new Uint32Array(slots)
      for (const [a, b] of keys) {
        const slot = hash.words2(a, b) & (slots - 1)
        counts[slot] = counts[slot]! + 1
      }
      return Math.max(...counts)
    }
    const inRow = Array.from({ length: slots }, (_, i) => [0x0a000000 + i, 443] as const)
    const portsInRow = Array.from({ length: slots }, (_, i) => [0x0a000001, i << 16] as const)
    // Equal after a multiplication by 0x9e3779b1 and a shift by 20, as an unkeyed table would do.
    const inverse = 0x0144cbc89 % 2 ** 32
    const crafted = Array.from({ length: slots }, (_, i) => [Math.imul(i, inverse), 0] as const)
    // Random keys reach 8 or so; a chain of hundreds is what an attack looks like.
    for (const keys of [inRow, portsInRow, crafted]) expect(crowdedest(keys)).toBeLessThan(16)
  })
})
