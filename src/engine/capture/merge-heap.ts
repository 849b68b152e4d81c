/** Which of several captures has the earliest next frame: a binary heap by time, then by the captures' order. */

export class MergeHeap {
  count = 0
  readonly #sources: Int32Array
  readonly #seconds: Float64Array
  readonly #nanoseconds: Int32Array

  /** `sourceCount` captures, numbered from 0. */
  constructor(sourceCount: number) {
    this.#sources = new Int32Array(sourceCount)
    this.#seconds = new Float64Array(sourceCount)
    this.#nanoseconds = new Int32Array(sourceCount)
  }

  /** The capture with the earliest frame; -1 when there is none. */
  get first(): number {
    return this.count > 0 ? (this.#sources[0] ?? -1) : -1
  }

  /** The capture that would be first without the first one; -1 when there is none. */
  get second(): number {
    if (this.count < 2) return -1
    return this.#sources[this.#secondPosition()] ?? -1
  }

  get secondSeconds(): number {
    return this.#seconds[this.#secondPosition()] ?? 0
  }

  get secondNanoseconds(): number {
    return this.#nanoseconds[this.#secondPosition()] ?? 0
  }

  /** Enter a capture, which must not be in yet, with the time of its next frame. */
  add(source: number, seconds: number, nanoseconds: number): void {
    let position = this.count++
    this.#put(position, source, seconds, nanoseconds)
    while (position > 0) {
      const parent = (position - 1) >> 1
      if (!this.#isBefore(position, parent)) return
      this.#swap(position, parent)
      position = parent
    }
  }

  removeFirst(): void {
    this.count -= 1
    if (this.count > 0) this.#swap(0, this.count)
    this.#sink()
  }

  /** The first capture has a new next frame. */
  replaceFirst(seconds: number, nanoseconds: number): void {
    this.#put(0, this.first, seconds, nanoseconds)
    this.#sink()
  }

  #sink(): void {
    for (let position = 0; ;) {
      const left = 2 * position + 1
      if (left >= this.count) return
      const earlier = left + 1 < this.count && this.#isBefore(left + 1, left) ? left + 1 : left
      if (!this.#isBefore(earlier, position)) return
      this.#swap(earlier, position)
      position = earlier
    }
  }

  #secondPosition(): number {
    return this.count > 2 && this.#isBefore(2, 1) ? 2 : 1
  }

  #isBefore(a: number, b: number): boolean {
    const seconds = (this.#seconds[a] ?? 0) - (this.#seconds[b] ?? 0)
    if (seconds !== 0) return seconds < 0
    const nanoseconds = (this.#nanoseconds[a] ?? 0) - (this.#nanoseconds[b] ?? 0)
    if (nanoseconds !== 0) return nanoseconds < 0
    return (this.#sources[a] ?? 0) < (this.#sources[b] ?? 0)
  }

  #put(position: number, source: number, seconds: number, nanoseconds: number): void {
    this.#sources[position] = source
    this.#seconds[position] = seconds
    this.#nanoseconds[position] = nanoseconds
  }

  #swap(a: number, b: number): void {
    const source = this.#sources[a] ?? 0
    const seconds = this.#seconds[a] ?? 0
    const nanoseconds = this.#nanoseconds[a] ?? 0
    this.#put(a, this.#sources[b] ?? 0, this.#seconds[b] ?? 0, this.#nanoseconds[b] ?? 0)
    this.#put(b, source, seconds, nanoseconds)
  }
}
