/** Sorting numbered things by 32-bit keys: least significant digit first, no comparisons, no hash to attack. */

const DIGIT_BITS = 11
const DIGIT_COUNT = 1 << DIGIT_BITS
const DIGIT_MASK = DIGIT_COUNT - 1

/** Keys in order, and what came along with each. */
export interface Sorted {
  readonly keys: Uint32Array
  readonly values: Uint32Array
}

/** Working memory of sorts that follow each other: two arrays of their length, made by the first. */
export class SortScratch {
  keys: Uint32Array = new Uint32Array(0)
  values: Uint32Array = new Uint32Array(0)

  reserve(count: number): void {
    if (this.keys.length === count) return
    this.keys = new Uint32Array(count)
    this.values = new Uint32Array(count)
  }
}

/**
 * Sort `keys` ascending as unsigned numbers, and `values` along with them; equal keys keep their order, so a key of several
 * words is sorted by its last word first. Three passes over the data, fewer where all keys share a digit. Both arrays are
 * overwritten, and what is returned lies in them or in those of `scratch`, which has taken the others: eight bytes a key of
 * working memory.
 */
export function radixSort(keys: Uint32Array, values: Uint32Array, scratch = new SortScratch()): Sorted {
  const starts = new Uint32Array(DIGIT_COUNT)
  let [sorted, along] = [keys, values]
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    if (!countDigits(sorted, shift, starts)) continue
    scratch.reserve(keys.length)
    scatter(sorted, along, shift, starts, scratch.keys, scratch.values)
    const [wereKeys, wereValues] = [sorted, along]
    sorted = scratch.keys
    along = scratch.values
    scratch.keys = wereKeys
    scratch.values = wereValues
  }
  return { keys: sorted, values: along }
}

/**
 * Order of `keys` ascending as unsigned numbers: `order[i]` is the index of the i-th smallest. Equal keys keep their
 * order, or the one they have in `before`. Keys move along with their indices, for to look each up again would be a cache
 * miss. `before` is overwritten.
 */
export function radixOrder(keys: Uint32Array, before?: Uint32Array): Uint32Array {
  if (before === undefined) return radixSort(keys.slice(), ascending(keys.length)).values
  return radixSort(gather(keys, before), before).values
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

/** 0 to count - 1. */
export function ascending(count: number): Uint32Array {
  const order = new Uint32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  return order
}
