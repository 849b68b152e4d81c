/** The first rows of a long list in order, without sorting all of it. */

/**
 * The first `limit` of 0 .. count - 1 by `compare`, in order; all of them when `limit` is null. `compare` must be a
 * total order: ties would make the answer depend on the order of the input.
 */
export function topRows(
  count: number,
  limit: number | null,
  isListed: (row: number) => boolean,
  compare: (x: number, y: number) => number,
): Int32Array {
  const wanted = limit ?? Infinity
  if (wanted === 0) return new Int32Array(0)
  const kept = new Int32Array(Math.min(count, wanted === Infinity ? count : wanted))
  let size = 0
  for (let row = 0; row < count; row++) {
    if (!isListed(row)) continue
    if (size < kept.length) {
      kept[size++] = row
      if (size === kept.length && wanted !== Infinity) makeHeap(kept, compare)
    } else if (compare(row, kept[0]!) < 0) {
      kept[0] = row
      sink(kept, 0, size, compare)
    }
  }
  return kept.subarray(0, size).sort(compare)
}

/** Worst row on top. */
function makeHeap(rows: Int32Array, compare: (x: number, y: number) => number): void {
  for (let at = (rows.length >> 1) - 1; at >= 0; at--) sink(rows, at, rows.length, compare)
}

function sink(
  rows: Int32Array,
  start: number,
  size: number,
  compare: (x: number, y: number) => number,
): void {
  let at = start
  for (;;) {
    let worst = at
    const left = 2 * at + 1
    if (left < size && compare(rows[left]!, rows[worst]!) > 0) worst = left
    if (left + 1 < size && compare(rows[left + 1]!, rows[worst]!) > 0) worst = left + 1
    if (worst === at) return
    const moved = rows[at]!
    rows[at] = rows[worst]!
    rows[worst] = moved
    at = worst
  }
}
