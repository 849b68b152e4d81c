/**
 * Stable sorting of row numbers by a key column, without moving rows: least-significant-digit radix sort over the
 * order-preserving bits of IEEE 754 doubles. A million rows take a few tens of milliseconds, whatever the order.
 */

const DIGIT_BITS = 16
const DIGIT_COUNT = 1 << DIGIT_BITS
const DIGIT_MASK = DIGIT_COUNT - 1

interface SortedKeys {
  readonly rows: Uint32Array
  readonly low: Uint32Array
  readonly high: Uint32Array
}

/** Least significant digit first. */
const passes = [
  ['low', 0],
  ['low', DIGIT_BITS],
  ['high', 0],
  ['high', DIGIT_BITS],
] as const

/** Row numbers 0 to `count`-1. */
export function rowNumbers(count: number): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row++) rows[row] = row
  return rows
}

/**
 * Rows in ascending or descending order of `keys[row]`. Equal keys keep the order they have in `rows`. NaN stands for
 * "no value" and comes last in both directions. `rows` is not changed.
 */
export function sortedRows(rows: Uint32Array, keys: Float64Array, isDescending: boolean): Uint32Array {
  const count = rows.length
  const low = new Uint32Array(count)
  const high = new Uint32Array(count)
  const bits = new Float64Array(1)
  const bitWords = new Uint32Array(bits.buffer)
  for (let place = 0; place < count; place++) {
    const key = keys[rows[place]!]!
    if (Number.isNaN(key)) {
      low[place] = high[place] = 0xffffffff
      continue
    }
    // Adding zero turns -0 into 0, which is equal to it but has other bits.
    bits[0] = key + 0
    // Negative numbers grow downwards in their bits, and lie above the positive ones: turn both round.
    const isNegative = bitWords[1]! >>> 31 === 1
    const lowWord = isNegative ? ~bitWords[0]! : bitWords[0]!
    const highWord = isNegative ? ~bitWords[1]! : bitWords[1]! ^ 0x80000000
    low[place] = isDescending ? ~lowWord : lowWord
    high[place] = isDescending ? ~highWord : highWord
  }
  return radixOrder(rows, low, high)
}

/**
 * The rows in order of the 64-bit keys `high[place]`, `low[place]`, which this overwrites. Keys travel with the rows:
 * reading them through the order made so far would miss the cache at every step.
 */
function radixOrder(rows: Uint32Array, low: Uint32Array, high: Uint32Array): Uint32Array {
  const count = rows.length
  let from: SortedKeys = { rows: Uint32Array.from(rows), low, high }
  let to: SortedKeys = {
    rows: new Uint32Array(count),
    low: new Uint32Array(count),
    high: new Uint32Array(count),
  }
  const starts = new Uint32Array(DIGIT_COUNT)
  for (const [word, shift] of passes) {
    const keys = from[word]
    starts.fill(0)
    for (let place = 0; place < count; place++) starts[(keys[place]! >>> shift) & DIGIT_MASK]!++
    // All keys share this digit, as the low bits of whole numbers do: the pass would change nothing.
    if (count === 0 || starts[(keys[0]! >>> shift) & DIGIT_MASK] === count) continue
    let start = 0
    for (let digit = 0; digit < DIGIT_COUNT; digit++) {
      const size = starts[digit]!
      starts[digit] = start
      start += size
    }
    for (let place = 0; place < count; place++) {
      const target = starts[(keys[place]! >>> shift) & DIGIT_MASK]!++
      to.rows[target] = from.rows[place]!
      to.low[target] = from.low[place]!
      to.high[target] = from.high[place]!
    }
    ;[from, to] = [to, from]
  }
  return from.rows
}
