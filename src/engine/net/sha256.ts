/** SHA-256 of short messages, for fingerprints that are defined by it. FIPS 180-4 sections 4.1.2, 5.1.1 and 6.2. */

const BLOCK_LENGTH = 64

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
// prettier-ignore
const ROUND_CONSTANTS = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
)
// prettier-ignore
const INITIAL_STATE = Int32Array.of(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
)

const schedule = new Int32Array(64)
const state = new Int32Array(8)
const lastBlocks = new Uint8Array(2 * BLOCK_LENGTH)

/** Write the 32 bytes of the digest of `bytes[offset .. offset + length)` into `digest`. */
export function sha256(bytes: Uint8Array, offset: number, length: number, digest: Uint8Array): void {
  state.set(INITIAL_STATE)
  const wholeLength = length - (length % BLOCK_LENGTH)
  for (let at = 0; at < wholeLength; at += BLOCK_LENGTH) compress(bytes, offset + at)

  const left = length - wholeLength
  lastBlocks.fill(0)
  for (let i = 0; i < left; i++) lastBlocks[i] = bytes[offset + wholeLength + i]!
  lastBlocks[left] = 0x80
  const paddedLength = left < BLOCK_LENGTH - 8 ? BLOCK_LENGTH : 2 * BLOCK_LENGTH
  // The length is in bits: its upper word holds what multiplying by eight pushes out of 32 bits.
  writeWord(lastBlocks, paddedLength - 8, Math.floor(length / 0x2000_0000))
  writeWord(lastBlocks, paddedLength - 4, length << 3)
  for (let at = 0; at < paddedLength; at += BLOCK_LENGTH) compress(lastBlocks, at)
  for (let i = 0; i < 8; i++) writeWord(digest, i * 4, state[i]!)
}

function compress(bytes: Uint8Array, offset: number): void {
  const w = schedule
  for (let t = 0; t < 16; t++) {
    const at = offset + t * 4
    w[t] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  }
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!
    const y = w[t - 2]!
    const sigma0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
    const sigma1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
    w[t] = sigma1 + w[t - 7]! + sigma0 + w[t - 16]!
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let t = 0; t < 64; t++) {
    const bigSigma1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const choice = (e & f) ^ (~e & g)
    const temporary1 = (h + bigSigma1 + choice + ROUND_CONSTANTS[t]! + w[t]!) | 0
    const bigSigma0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + temporary1) | 0
    d = c
    c = b
    b = a
    a = (temporary1 + bigSigma0 + majority) | 0
  }
  state[0] = state[0]! + a
  state[1] = state[1]! + b
  state[2] = state[2]! + c
  state[3] = state[3]! + d
  state[4] = state[4]! + e
  state[5] = state[5]! + f
  state[6] = state[6]! + g
  state[7] = state[7]! + h
}

function rotate(word: number, count: number): number {
  return (word >>> count) | (word << (32 - count))
}

function writeWord(bytes: Uint8Array, offset: number, word: number): void {
  bytes[offset] = word >>> 24
  bytes[offset + 1] = word >>> 16
  bytes[offset + 2] = word >>> 8
  bytes[offset + 3] = word
}
