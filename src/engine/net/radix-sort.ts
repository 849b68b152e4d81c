/** Sorting numbered things by 32-bit keys: least significant digit first, no comparisons, no hash to attack. */

const DIGIT_BITS = 11
const DIGIT_COUNT = 1 << DIGIT_BITS
const DIGIT_MASK = DIGIT_COUNT - 1

/**
 * Order of `keys` ascending as unsigned numbers: `order[i]` is the index of the i-th smallest. Equal keys keep their
 * order, or the one they have in `before`, so a key of several words is sorted by its last word first. Three passes
 * over the data, fewer where all keys share a digit; keys move along with their indices, for to look each up again
 * would be a cache miss. Twenty bytes a key of working memory. `before` is overwritten.
 */
export function radixOrder(keys: Uint32Array, before: Uint32Array = ascending(keys.length)): Uint32Array {
  const count = keys.length
  const starts = new Uint32Array(DIGIT_COUNT)
  let order = before
  let sorted: Uint32Array | null = null
  let orderNext: Uint32Array | null = null
  let sortedNext: Uint32Array | null = null
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    if (!countDigits(keys, shift, starts)) continue
    sorted ??= gather(keys, order)
    orderNext ??= new Uint32Array(count)
    sortedNext ??= new Uint32Array(count)
    scatter(sorted, order, shift, starts, sortedNext, orderNext)
    const [wasSorted, wasOrder]: [Uint32Array, Uint32Array] = [sorted, order]
    sorted = sortedNext
    order = orderNext
    sortedNext = wasSorted
    orderNext = wasOrder
  }
  return order
}

/** Where each digit's keys begin, into `starts`. False when all keys have the same. */
function countDigits(keys: Uint32Array, shift: number, starts: Uint32Array): boolean {
  const count = keys.length
  starts.fill(0)
  for (let i = 0; i < count; i++) {
    const digit = (keys[i]! >>> shift) & DIGIT_MASK
    starts[digit] = starts[digit]! + 1
  }
  if (count === 0 || starts[(keys[0]! >>> shift) & DIGIT_MASK] === count) return false
  let sum = 0
  for (let digit = 0; digit < DIGIT_COUNT; digit++) {
    const size = starts[digit]!
    starts[digit] = sum
    sum += size
  }
  return true
}

function scatter(
  keys: Uint32Array,
  order: Uint32Array,
  shift: number,
  starts: Uint32Array,
  keysInto: Uint32Array,
  orderInto: Uint32Array,
): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const digit = (key >>> shift) & DIGIT_MASK
    const place = starts[digit]!
    starts[digit] = place + 1
    keysInto[place] = key
    orderInto[place] = order[i]!
  }
}

function gather(keys: Uint32Array, order: Uint32Array): Uint32Array {
  const gathered = new Uint32Array(keys.length)
  for (let i = 0; i < keys.length; i++) gathered[i] = keys[order[i]!]!
  return gathered
}

function ascending(count: number): Uint32Array {
  const order = new Uint32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  return order
}
