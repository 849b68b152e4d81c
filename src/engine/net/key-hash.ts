/** Keyed hashing: simple tabulation for fixed-size keys, HalfSipHash for byte strings. */

/**
 * Why keyed: packets are chosen by others. With a fixed hash 65,536 crafted addresses can share one chain of a
 * table and slow it a thousandfold; with a secret per run they cannot be computed.
 *
 * Why tabulation: four random tables a key word, XORed. It is 3-independent, and linear probing over it takes
 * expected constant time for any set of keys (Patrascu and Thorup, The Power of Simple Tabulation Hashing, 2012),
 * which multiplicative mixing does not give. It costs sixteen loads from a 16 KiB table for a four-word key.
 */

/** 128 bits of secret. Any four words will do; the results of an analysis never depend on them. */
export type HashSecret = readonly [number, number, number, number]

const KEY_WORD_COUNT = 4
const TABLE_LENGTH = 256

export class KeyHash {
  readonly #table: Int32Array
  readonly #key0: number
  readonly #key1: number

  constructor(secret: HashSecret) {
    const next = xoshiro128(secret)
    this.#table = new Int32Array(KEY_WORD_COUNT * 4 * TABLE_LENGTH)
    for (let i = 0; i < this.#table.length; i++) this.#table[i] = next()
    this.#key0 = next()
    this.#key1 = next()
  }

  /** Hash of a four-word key, as a signed 32-bit integer. */
  words4(a: number, b: number, c: number, d: number): number {
    const t = this.#table
    return (
      this.words3(a, b, c) ^
      t[3072 + (d & 255)]! ^
      t[3328 + ((d >>> 8) & 255)]! ^
      t[3584 + ((d >>> 16) & 255)]! ^
      t[3840 + (d >>> 24)]!
    )
  }

  /** Hash of a three-word key. */
  words3(a: number, b: number, c: number): number {
    const t = this.#table
    return (
      this.words2(a, b) ^
      t[2048 + (c & 255)]! ^
      t[2304 + ((c >>> 8) & 255)]! ^
      t[2560 + ((c >>> 16) & 255)]! ^
      t[2816 + (c >>> 24)]!
    )
  }

  /** Hash of a two-word key. */
  words2(a: number, b: number): number {
    const t = this.#table
    return (
      t[a & 255]! ^
      t[256 + ((a >>> 8) & 255)]! ^
      t[512 + ((a >>> 16) & 255)]! ^
      t[768 + (a >>> 24)]! ^
      t[1024 + (b & 255)]! ^
      t[1280 + ((b >>> 8) & 255)]! ^
      t[1536 + ((b >>> 16) & 255)]! ^
      t[1792 + (b >>> 24)]!
    )
  }

  /** HalfSipHash-2-4 (Aumasson and Bernstein) of `bytes[offset .. offset + length)`, as a signed 32-bit integer. */
  bytes(bytes: Uint8Array, offset: number, length: number): number {
    let v0 = this.#key0
    let v1 = this.#key1
    let v2 = this.#key0 ^ 0x6c796765
    let v3 = this.#key1 ^ 0x74656462
    const wholeEnd = offset + (length & ~3)
    for (let at = offset; at <= wholeEnd; at += 4) {
      let word: number
      if (at < wholeEnd) {
        word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
      } else {
        word = length << 24
        const left = length & 3
        if (left > 2) word |= bytes[at + 2]! << 16
        if (left > 1) word |= bytes[at + 1]! << 8
        if (left > 0) word |= bytes[at]!
      }
      v3 ^= word
      for (let round = 0; round < 2; round++) {
        v0 = (v0 + v1) | 0
        v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
        v0 = (v0 << 16) | (v0 >>> 16)
        v2 = (v2 + v3) | 0
        v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
        v0 = (v0 + v3) | 0
        v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
        v2 = (v2 + v1) | 0
        v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
        v2 = (v2 << 16) | (v2 >>> 16)
      }
      v0 ^= word
    }
    v2 ^= 0xff
    for (let round = 0; round < 4; round++) {
      v0 = (v0 + v1) | 0
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
      v0 = (v0 << 16) | (v0 >>> 16)
      v2 = (v2 + v3) | 0
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
      v0 = (v0 + v3) | 0
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
      v2 = (v2 + v1) | 0
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
      v2 = (v2 << 16) | (v2 >>> 16)
    }
    return v1 ^ v3
  }
}

/** xoshiro128** (Blackman and Vigna): fills the tables from the secret. All-zero secrets are nudged off zero. */
function xoshiro128(secret: HashSecret): () => number {
  let a = secret[0] | 0
  let b = secret[1] | 0
  let c = secret[2] | 0
  let d = secret[3] | 0
  if ((a | b | c | d) === 0) d = 1
  return () => {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result | 0
  }
}
