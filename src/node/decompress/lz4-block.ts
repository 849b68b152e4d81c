/** Unpacks one LZ4 block: literals and copies of what came before (LZ4 Block Format Description). */

/** A length of 15 in a token's half goes on in further bytes. */
const LENGTH_CONTINUES = 15
const MATCH_LENGTH_MIN = 4

/**
 * Unpack `source[start .. end)` into `target` from `targetStart` on, where copies may reach back to `historyStart`.
 * Returns one past the last byte written; -1 when the block is damaged or does not fit before `targetEnd`.
 */
export function unpackLz4Block(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  targetStart: number,
  targetEnd: number,
  historyStart: number,
): number {
  let from = start
  let to = targetStart
  while (from < end) {
    const token = source[from++] ?? 0
    let literalCount = token >>> 4
    if (literalCount === LENGTH_CONTINUES) {
      for (let more = 255; more === 255; literalCount += more) {
        if (from >= end) return -1
        more = source[from++] ?? 0
      }
    }
    if (from + literalCount > end || to + literalCount > targetEnd) return -1
    if (literalCount > 0) {
      target.set(source.subarray(from, from + literalCount), to)
      from += literalCount
      to += literalCount
    }
    // The last sequence has literals only.
    if (from === end) return to
    if (from + 2 > end) return -1
    const distance = (source[from] ?? 0) | ((source[from + 1] ?? 0) << 8)
    from += 2
    let matchLength = (token & 15) + MATCH_LENGTH_MIN
    if ((token & 15) === LENGTH_CONTINUES) {
      for (let more = 255; more === 255; matchLength += more) {
        if (from >= end) return -1
        more = source[from++] ?? 0
      }
    }
    if (distance === 0 || to - distance < historyStart || to + matchLength > targetEnd) return -1
    copyMatch(target, to, distance, matchLength)
    to += matchLength
  }
  return to
}

/** A copy may overlap itself: then what it wrote is copied on. */
function copyMatch(target: Uint8Array, to: number, distance: number, length: number): void {
  if (distance >= length && length > 32) {
    target.copyWithin(to, to - distance, to - distance + length)
    return
  }
  for (let i = 0; i < length; i++) target[to + i] = target[to - distance + i] ?? 0
}
