/** Sorting numbered things by a 32-bit key: least significant digit first, no comparisons, no hash to attack. */

const DIGIT_BITS = 11
const DIGIT_COUNT = 1 << DIGIT_BITS
const DIGIT_MASK = DIGIT_COUNT - 1

/**
 * Order of `keys` ascending as unsigned numbers: `order[i]` is the index of the i-th smallest. Equal keys keep their
 * order. Three passes over the data, fewer when keys share a digit. Twelve bytes a key of working memory.
 */
export function radixOrder(keys: Uint32Array): Uint32Array {
  const count = keys.length
  let order = new Uint32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  let next = new Uint32Array(count)
  const starts = new Uint32Array(DIGIT_COUNT)
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    starts.fill(0)
    for (let i = 0; i < count; i++) {
      const digit = (keys[i]! >>> shift) & DIGIT_MASK
      starts[digit] = starts[digit]! + 1
    }
    if (count > 0 && starts[(keys[0]! >>> shift) & DIGIT_MASK] === count) continue
    let sum = 0
    for (let digit = 0; digit < DIGIT_COUNT; digit++) {
      const size = starts[digit]!
      starts[digit] = sum
      sum += size
    }
    for (let i = 0; i < count; i++) {
      const from = order[i]!
      const digit = (keys[from]! >>> shift) & DIGIT_MASK
      const to = starts[digit]!
      starts[digit] = to + 1
      next[to] = from
    }
    const swap = order
    order = next
    next = swap
  }
  return order
}
