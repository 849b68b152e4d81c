/** Runs of bits in words of 32, a word at a time: which bytes of a stream have come. */

/** Bits `from` to `to` (not included, within one word's 32) as a mask. */
function maskOf(from: number, to: number): number {
  return ((to === 32 ? 0 : 1 << to) - (1 << from)) | 0
}

/** Set the bits `start` to `end` of the words from `base` on. */
export function setRun(words: Int32Array, base: number, start: number, end: number): void {
  for (let at = start; at < end;) {
    const until = Math.min((at | 31) + 1, end)
    const word = base + (at >> 5)
    words[word] = words[word]! | maskOf(at & 31, until - (at & ~31))
    at = until
  }
}

/** Where the run of equal bits that `start` lies in ends, `end` at most. */
export function endOfRun(words: Int32Array, base: number, start: number, end: number): number {
  const isSet = (words[base + (start >> 5)]! & (1 << (start & 31))) !== 0
  const whole = isSet ? -1 : 0
  let at = start
  while (at < end) {
    const word = words[base + (at >> 5)]!
    if ((at & 31) === 0 && word === whole) at += 32
    else if (((word & (1 << (at & 31))) !== 0) === isSet) at++
    else return at
  }
  return end
}

/** Move every bit `distance` down, up when it is negative; what leaves the `count` words is lost. */
export function shiftBits(words: Int32Array, base: number, count: number, distance: number): void {
  const shift = Math.abs(distance) & 31
  const step = Math.abs(distance) >> 5
  const at = (word: number): number => (word < 0 || word >= count ? 0 : words[base + word]!)
  if (distance > 0) {
    for (let word = 0; word < count; word++) {
      const low = at(word + step) >>> shift
      words[base + word] = shift === 0 ? low : low | (at(word + step + 1) << (32 - shift))
    }
  } else {
    for (let word = count - 1; word >= 0; word--) {
      const high = at(word - step) << shift
      words[base + word] = shift === 0 ? high : high | (at(word - step - 1) >>> (32 - shift))
    }
  }
}
