/** A few hosts or ports to ask membership of: as small as they are few, where a mark for each that there can be would cost every rule that asks. */

import { distinctOf } from './filters/probe-set.ts'

export class NumberSet {
  readonly #numbers: Int32Array

  /** `numbers`: in any order, repeated or not. */
  constructor(numbers: Int32Array) {
    this.#numbers = distinctOf(numbers)
  }

  get count(): number {
    return this.#numbers.length
  }

  has(number: number): boolean {
    return this.placeOf(number) !== -1
  }

  /** Place among the numbers ascending, from 0; -1 for one that is not among them. */
  placeOf(number: number): number {
    let low = 0
    let high = this.#numbers.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#numbers[middle]! < number) low = middle + 1
      else high = middle
    }
    return this.#numbers[low] === number ? low : -1
  }
}
