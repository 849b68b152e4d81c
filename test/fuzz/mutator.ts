/** Inputs for the fuzz targets: seeds, changed in a few places in ways that length fields and name tables have broken on. */

import type { Random } from '../traffic/index.ts'
import { EDGE_NUMBERS, TOKENS } from './dictionary.data.ts'
import type { FrameSeed, Seeds } from './seeds.ts'

/** The longest input; the invariants speak of inputs up to 64 KiB. */
export const INPUT_LENGTH_MAX = 65_536

const RECORD_HEADER_LENGTH = 16
/** Kept inputs beyond this push out older ones, so that a long run does not grow. */
const KEPT_COUNT_MAX = 4_000

export class Mutator {
  readonly #random: Random
  readonly #captures: Uint8Array[]
  readonly #frames: readonly FrameSeed[]
  readonly #ownCount: number
  readonly #work = new Uint8Array(INPUT_LENGTH_MAX)
  readonly #view = new DataView(this.#work.buffer)
  #length = 0

  constructor(random: Random, seeds: Seeds) {
    this.#random = random
    this.#captures = [...seeds.captures]
    this.#ownCount = seeds.captures.length
    this.#frames = seeds.frames
  }

  /** Inputs kept because they reached something new. */
  get keptCount(): number {
    return this.#captures.length - this.#ownCount
  }

  /** The next input, valid until the one after it. `frameShare`: how many of the inputs have a sound container. */
  next(frameShare: number): Uint8Array {
    if (this.#random.chance(frameShare)) this.#composeFrames()
    else {
      this.#begin(this.#random.pick(this.#captures))
      this.#mutateSome(0)
    }
    return this.#work.subarray(0, this.#length)
  }

  /** Mutate this one too from now on. */
  keep(input: Uint8Array): void {
    if (this.keptCount < KEPT_COUNT_MAX) this.#captures.push(input)
    else this.#captures[this.#ownCount + this.#random.between(0, KEPT_COUNT_MAX - 1)] = input
  }

  #begin(seed: Uint8Array): void {
    this.#length = Math.min(seed.length, INPUT_LENGTH_MAX)
    this.#work.set(seed.subarray(0, this.#length))
  }

  /** A sound pcap of one to eight frames of one seed, most of them changed. */
  #composeFrames(): void {
    const random = this.#random
    const seed = random.pick(this.#frames)
    const view = this.#view
    this.#work.fill(0, 0, 24)
    view.setUint32(0, 0xa1b2c3d4, true)
    view.setUint16(4, 2, true)
    view.setUint16(6, 4, true)
    view.setUint32(16, 262_144, true)
    view.setUint32(20, seed.linkType, true)
    this.#length = 24
    const first = random.between(0, seed.frames.length - 1)
    const count = random.between(1, 8)
    let second = random.chance(0.95) ? 1_700_000_000 : random.uint32()
    for (let i = 0; i < count; i++) {
      const at = this.#length
      const frame = seed.frames[(first + i) % seed.frames.length]!
      if (at + RECORD_HEADER_LENGTH + frame.length > INPUT_LENGTH_MAX / 2) break
      const start = at + RECORD_HEADER_LENGTH
      this.#work.set(frame, start)
      this.#length = start + frame.length
      if (random.chance(0.7)) this.#mutateSome(start)
      const captured = this.#length - start
      view.setUint32(at, second, true)
      view.setUint32(at + 4, random.between(0, 999_999), true)
      view.setUint32(at + 8, captured, true)
      view.setUint32(at + 12, random.chance(0.9) ? captured : captured + random.between(1, 2_000), true)
      second += random.between(0, 1)
    }
  }

  /** One to six changes, few mostly, at or behind `from`. */
  #mutateSome(from: number): void {
    let count = 1
    while (count < 6 && this.#random.chance(0.5)) count++
    for (let i = 0; i < count; i++) this.#mutate(from)
  }

  #mutate(from: number): void {
    const random = this.#random
    const room = this.#length - from
    if (room <= 0) {
      this.#insert(from, random.pick(TOKENS))
      return
    }
    const at = from + random.between(0, room - 1)
    switch (random.between(0, 13)) {
      case 0:
        this.#work[at] = this.#work[at]! ^ (1 << random.between(0, 7))
        return
      case 1:
        this.#work[at] = random.uint32()
        return
      case 2:
        this.#work[at] = random.pick(EDGE_NUMBERS)
        return
      case 3:
        if (at + 2 <= this.#length) this.#view.setUint16(at, random.pick(EDGE_NUMBERS), random.chance(0.5))
        return
      case 4:
        if (at + 4 <= this.#length) this.#view.setUint32(at, random.pick(EDGE_NUMBERS), random.chance(0.5))
        return
      case 5:
        // One off a length that was right is what bounds checks get wrong.
        if (at + 4 <= this.#length) {
          const little = random.chance(0.5)
          this.#view.setUint32(at, this.#view.getUint32(at, little) + random.between(-8, 8), little)
        }
        return
      case 6:
        this.#work[at] = this.#work[at]! + random.between(-4, 4)
        return
      case 7:
      case 8: {
        const token = random.pick(TOKENS)
        this.#work.set(token.subarray(0, this.#length - at), at)
        return
      }
      case 9:
        this.#insert(at, random.pick(TOKENS))
        return
      case 10:
        this.#remove(at, Math.min(this.#length - at, random.between(1, random.chance(0.8) ? 8 : 200)))
        return
      case 11: {
        const length = Math.min(this.#length - at, random.between(1, 64))
        this.#insert(at, this.#work.slice(at, at + length))
        return
      }
      case 12:
        this.#resizeBlock(at)
        return
      default:
        if (random.chance(0.4)) this.#length = at
        else this.#splice(at)
    }
  }

  #insert(at: number, piece: Uint8Array): void {
    const size = Math.min(piece.length, INPUT_LENGTH_MAX - this.#length)
    this.#work.copyWithin(at + size, at, this.#length)
    this.#work.set(piece.subarray(0, size), at)
    this.#length += size
  }

  #remove(at: number, count: number): void {
    this.#work.copyWithin(at, at + count, this.#length)
    this.#length -= count
  }

  /** Insert or remove some bytes at `at` of a pcapng file and set both lengths of the block they are in, as a writer would. */
  #resizeBlock(at: number): void {
    const little = this.#view.getUint32(8, true) === 0x1a2b3c4d
    let start = 0
    let length = 0
    for (let i = 0; i < 1_000 && start + 12 <= this.#length; i++) {
      length = this.#view.getUint32(start + 4, little)
      if (length < 12 || start + length > this.#length) return
      if (at < start + length) break
      start += length
    }
    if (at < start + 8 || at >= start + length - 4) return
    const before = this.#length
    if (this.#random.chance(0.5)) this.#insert(at, this.#random.bytes(this.#random.between(1, 9)))
    else this.#remove(at, Math.min(start + length - 4 - at, this.#random.between(1, 9)))
    const resized = length + this.#length - before
    this.#view.setUint32(start + 4, resized, little)
    this.#view.setUint32(start + resized - 4, resized, little)
  }

  /** The rest of another seed instead of the rest of this one. */
  #splice(at: number): void {
    const other = this.#random.pick(this.#captures)
    if (other.length === 0) return
    const from = this.#random.between(0, other.length - 1)
    const size = Math.min(other.length - from, INPUT_LENGTH_MAX - at)
    this.#work.set(other.subarray(from, from + size), at)
    this.#length = at + size
  }
}
