/**
 * Chosen keys cannot make the seeded tables slow: the probes that linear probing makes for 65,536 of them are counted, not timed
 * (bench/complexity.ts times whole analyses).
 */

import { describe, expect, it } from 'vitest'
import { KeyHash, type HashSecret } from '../../src/engine/net/key-hash.ts'
import { CRAFTED_KEY_COUNT, CRAFTED_WORDS, v8IntegerHash } from './crafted-keys.ts'

const SECRETS: readonly HashSecret[] = [
  [1, 2, 3, 4],
  [0x5eed, -7, 0x7fffffff, 12_345],
  [-1, -1, -1, -1],
]
/**
 * Probes of one look-up on average, while half of the slots are taken: 1.5 is the mean for truly random hashes (Knuth, The Art of
 * Computer Programming 6.4), and 3 doubles it.
 */
const MEAN_PROBES_MAX = 3

/** Probes to insert every hash into a table twice as large as their number. */
function meanProbes(hashes: Int32Array): number {
  const mask = CRAFTED_KEY_COUNT * 2 - 1
  const taken = new Uint8Array(mask + 1)
  let probes = 0
  for (const hash of hashes) {
    let slot = hash & mask
    probes += 1
    while (taken[slot] === 1) {
      slot = (slot + 1) & mask
      probes += 1
    }
    taken[slot] = 1
  }
  return probes / hashes.length
}

describe('65,536 keys', () => {
  const families = Object.entries(CRAFTED_WORDS)

  it.each(families)('%s are as many different words', (_, words) => {
    expect(new Set(words).size).toBe(CRAFTED_KEY_COUNT)
  })

  it.each(families)(
    '%s are spread by every kind of key: address, pair, ports, two words, name',
    (_, words) => {
      for (const secret of SECRETS) {
        const hash = new KeyHash(secret)
        const bytes = new Uint8Array(12)
        const view = new DataView(bytes.buffer)
        const kinds: Readonly<Record<string, (word: number) => number>> = {
          'as an IPv6 address': (word) => hash.words4(0x20010db8, 0, 0, word),
          'as a source of one conversation each': (word) => hash.words4(word, 0x0a000001, 0x9c400050, 6),
          'as both ends': (word) => hash.words4(word, word, 0x9c400050, 6),
          'as ports': (word) => hash.words4(0x0a000001, 0x0a000002, word, 6),
          'as a counter’s key': (word) => hash.words4(4, word, 0, 0),
          'as a bucket': (word) => hash.words2(word, 0),
          'as a name': (word) => {
            view.setInt32(4, word)
            return hash.bytes(bytes, 0, 12)
          },
        }
        for (const [kind, hashOf] of Object.entries(kinds)) {
          expect(meanProbes(words.map(hashOf)), kind).toBeLessThan(MEAN_PROBES_MAX)
        }
      }
    },
  )

  it('would be one chain under a hash without a secret: what the count notices', () => {
    const words = CRAFTED_WORDS['colliding in V8']!
    // A part of them is enough, for the probes grow with the square of their number.
    expect(meanProbes(words.slice(0, 16_000).map(v8IntegerHash))).toBeGreaterThan(10 * MEAN_PROBES_MAX)
  })
})
