/** Keys that slow down tables whose hash is known: what packets can bring as addresses, ports, tags, names and interfaces. */

/** As many as CVE reports on hash flooding use; V8's own tables of numbers take ten seconds for them. */
export const CRAFTED_KEY_COUNT = 65_536

/** V8's hash of a small integer, which has no secret (ComputeUnseededHash, Thomas Wang's 32-bit mix). */
export function v8IntegerHash(key: number): number {
  let hash = key
  hash = (~hash + (hash << 15)) | 0
  hash ^= hash >>> 12
  hash = (hash + (hash << 2)) | 0
  hash ^= hash >>> 4
  hash = Math.imul(hash, 2057)
  hash ^= hash >>> 16
  return hash & 0x3fffffff
}

const HASH_BITS_ALIKE = 10

/** Numbers whose V8 hashes end alike, so that in a table of up to 2^10 buckets they are one chain, and in larger ones few. */
function collidingInV8(): Int32Array {
  const keys = new Int32Array(CRAFTED_KEY_COUNT)
  let count = 0
  for (let key = 1; count < CRAFTED_KEY_COUNT; key++) {
    if ((v8IntegerHash(key) & ((1 << HASH_BITS_ALIKE) - 1)) === 0) keys[count++] = key
  }
  return keys
}

const made = (word: (i: number) => number): Int32Array =>
  Int32Array.from({ length: CRAFTED_KEY_COUNT }, (_, i) => word(i))

/** Families of 32-bit words. Each would be one long chain under some hash that other programs have used. */
export const CRAFTED_WORDS: Readonly<Record<string, Int32Array>> = {
  'in sequence': made((i) => 0x0a000000 + i),
  'alike in their low half': made((i) => (i << 16) | 0x0101),
  'alike but for two bytes apart': made((i) => ((i & 0xff) << 24) | (i >>> 8)),
  'multiples of a power of two': made((i) => i << 15),
  'inverse to the golden ratio': made((i) => Math.imul(i << 16, 0x144cbc89)),
  'each a bit pattern and its mirror': made((i) => (i << 16) | (~i & 0xffff)),
  'colliding in V8': collidingInV8(),
}
