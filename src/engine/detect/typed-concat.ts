/** Lists of attempts joined without boxing a number. */

export function concatAttempts(lists: readonly Int32Array[]): Int32Array {
  let length = 0
  for (const list of lists) length += list.length
  const joined = new Int32Array(length)
  let at = 0
  for (const list of lists) {
    joined.set(list, at)
    at += list.length
  }
  return joined
}

/** The distinct attempts of all lists, ascending. */
export function unionAttempts(lists: readonly Int32Array[]): Int32Array {
  const sorted = concatAttempts(lists).sort()
  let count = 0
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!
  }
  return sorted.subarray(0, count)
}
