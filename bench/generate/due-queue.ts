/** Which of many conversations is due next: a binary heap of typed arrays (J. W. J. Williams, Algorithm 232). */

export class DueQueue {
  size = 0
  readonly #item: Int32Array
  readonly #due: Float64Array

  constructor(itemCountMax: number) {
    this.#item = new Int32Array(itemCountMax)
    this.#due = new Float64Array(itemCountMax)
  }

  /** The item due first; only while `size` is above 0. */
  get first(): number {
    return this.#item[0] as number
  }

  get firstDue(): number {
    return this.#due[0] as number
  }

  add(item: number, due: number): void {
    let at = this.size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((this.#due[parent] as number) <= due) break
      this.#move(parent, at)
      at = parent
    }
    this.#item[at] = item
    this.#due[at] = due
  }

  removeFirst(): void {
    const last = --this.size
    this.#sink(this.#item[last] as number, this.#due[last] as number)
  }

  /** Give the first item a later time. */
  delayFirst(due: number): void {
    this.#sink(this.first, due)
  }

  #sink(item: number, due: number): void {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.size) break
      if (child + 1 < this.size && (this.#due[child + 1] as number) < (this.#due[child] as number)) child++
      if ((this.#due[child] as number) >= due) break
      this.#move(child, at)
      at = child
    }
    this.#item[at] = item
    this.#due[at] = due
  }

  #move(from: number, to: number): void {
    this.#item[to] = this.#item[from] as number
    this.#due[to] = this.#due[from] as number
  }
}
