/** XXH32, the checksum of LZ4 frames (xxHash specification 0.1.1, section XXH32). */

const PRIME_1 = 0x9e3779b1
const PRIME_2 = 0x85ebca77
const PRIME_3 = 0xc2b2ae3d
const PRIME_4 = 0x27d4eb2f
const PRIME_5 = 0x165667b1
const STRIPE_LENGTH = 16

/** Hashes bytes that come piece by piece, with seed 0. */
export class XxHash32 {
  readonly #lanes = new Int32Array([(PRIME_1 + PRIME_2) | 0, PRIME_2 | 0, 0, -PRIME_1 | 0])
  readonly #rest = new Uint8Array(STRIPE_LENGTH)
  #restLength = 0
  #length = 0

  update(bytes: Uint8Array, start: number, end: number): void {
    this.#length += end - start
    let at = start
    if (this.#restLength > 0) {
      const taken = Math.min(STRIPE_LENGTH - this.#restLength, end - at)
      this.#rest.set(bytes.subarray(at, at + taken), this.#restLength)
      this.#restLength += taken
      at += taken
      if (this.#restLength < STRIPE_LENGTH) return
      this.#mixStripes(this.#rest, 0, STRIPE_LENGTH)
      this.#restLength = 0
    }
    const stripesEnd = at + Math.floor((end - at) / STRIPE_LENGTH) * STRIPE_LENGTH
    this.#mixStripes(bytes, at, stripesEnd)
    this.#rest.set(bytes.subarray(stripesEnd, end), 0)
    this.#restLength = end - stripesEnd
  }

  /** The hash of everything so far, as an unsigned number. */
  digest(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#lanes
    let hash =
      this.#length >= STRIPE_LENGTH
        ? rotated(a, 1) + rotated(b, 7) + rotated(c, 12) + rotated(d, 18)
        : PRIME_5
    hash = (hash + this.#length) | 0
    const view = new DataView(this.#rest.buffer)
    let at = 0
    for (; at + 4 <= this.#restLength; at += 4) {
      hash = Math.imul(rotated(hash + Math.imul(view.getInt32(at, true), PRIME_3), 17), PRIME_4)
    }
    for (; at < this.#restLength; at++) {
      hash = Math.imul(rotated(hash + Math.imul(this.#rest[at] ?? 0, PRIME_5), 11), PRIME_1)
    }
    hash = Math.imul(hash ^ (hash >>> 15), PRIME_2)
    hash = Math.imul(hash ^ (hash >>> 13), PRIME_3)
    return (hash ^ (hash >>> 16)) >>> 0
  }

  #mixStripes(bytes: Uint8Array, start: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let [a = 0, b = 0, c = 0, d = 0] = this.#lanes
    for (let at = start; at < end; at += STRIPE_LENGTH) {
      a = Math.imul(rotated(a + Math.imul(view.getInt32(at, true), PRIME_2), 13), PRIME_1)
      b = Math.imul(rotated(b + Math.imul(view.getInt32(at + 4, true), PRIME_2), 13), PRIME_1)
      c = Math.imul(rotated(c + Math.imul(view.getInt32(at + 8, true), PRIME_2), 13), PRIME_1)
      d = Math.imul(rotated(d + Math.imul(view.getInt32(at + 12, true), PRIME_2), 13), PRIME_1)
    }
    this.#lanes[0] = a
    this.#lanes[1] = b
    this.#lanes[2] = c
    this.#lanes[3] = d
  }
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}
