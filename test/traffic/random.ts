/** Seeded random numbers: the same seed gives the same capture on every machine (sfc32 of PractRand, Chris Doty-Humphrey). */

export interface Random {
  /** A whole number from 0 to 2^32 - 1. */
  readonly uint32: () => number
  /** From 0 up to, and never, 1. */
  readonly fraction: () => number
  /** A whole number from `min` to `max`, both included. */
  readonly between: (min: number, max: number) => number
  /** One of a list that is not empty. */
  readonly pick: <T>(list: readonly T[]) => T
  /** True in about `share` (0 to 1) of the calls. */
  readonly chance: (share: number) => boolean
  readonly bytes: (length: number) => Uint8Array
}

export function seededRandom(seed: number): Random {
  let a = seed | 0
  let b = 0x9e3779b9 | 0
  let c = 0x243f6a88 | 0
  let counter = 1

  const uint32 = (): number => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    c |= 0
    return result >>> 0
  }
  // Neighbouring seeds give neighbouring states; twelve rounds part them.
  for (let round = 0; round < 12; round++) uint32()

  const fraction = (): number => uint32() / 0x1_0000_0000
  const between = (min: number, max: number): number => min + Math.floor(fraction() * (max - min + 1))
  return {
    uint32,
    fraction,
    between,
    pick: (list) => {
      if (list.length === 0) throw new Error('cannot pick from an empty list')
      return list[between(0, list.length - 1)]!
    },
    chance: (share) => fraction() < share,
    bytes: (length) => {
      const result = new Uint8Array(length)
      for (let i = 0; i < length; i++) result[i] = uint32()
      return result
    },
  }
}
