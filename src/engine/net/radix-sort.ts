/** Sorting numbered things by 32-bit keys: least significant digit first, no comparisons, no hash to attack. */

const DIGIT_BITS = 11
const DIGIT_COUNT = 1 << DIGIT_BITS
const DIGIT_MASK = DIGIT_COUNT - 1

/**
 * Order of `keys` ascending as unsigned numbers: `order[i]` is the index of the i-th smallest. Equal keys keep their
 * order, or the one they have in `before`, so a key of several words is sorted by its last word first. Three passes
 * over the data, fewer where all keys share a digit. Twelve bytes a key of working memory. `before` is overwritten.
 */
export function radixOrder(keys: Uint32Array, before: Uint32Array = ascending(keys.length)): Uint32Array {
  const count = keys.length
  let order = before
  let next: Uint32Array | null = null
  const starts = new Uint32Array(DIGIT_COUNT)
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    starts.fill(0)
    for (let i = 0; i < count; i++) {
      const digit = (keys[i]! >>> shift) & DIGIT_MASK
      starts[digit] = starts[digit]! + 1
    }
    if (count === 0 || starts[(keys[0]! >>> shift) & DIGIT_MASK] === count) continue
    let sum = 0
    for (let digit = 0; digit < DIGIT_COUNT; digit++) {
      const size = starts[digit]!
      starts[digit] = sum
      sum += size
    }
    const to: Uint32Array = next ?? new Uint32Array(count)
    for (let i = 0; i < count; i++) {
      const from = order[i]!
      const digit = (keys[from]! >>> shift) & DIGIT_MASK
      const place = starts[digit]!
      starts[digit] = place + 1
      to[place] = from
    }
    next = order
    order = to
  }
  return order
}

function ascending(count: number): Uint32Array {
  const order = new Uint32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  return order
}
