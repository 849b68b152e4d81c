/** A few hosts to ask membership of: as small as they are few, where a mark for every host of the capture would cost each rule that asks. */

import { distinctOf } from './filters/probe-set.ts'

export class HostSet {
  readonly #hosts: Int32Array

  /** `hosts`: numbers in any order, repeated or not. */
  constructor(hosts: Int32Array) {
    this.#hosts = distinctOf(hosts)
  }

  get count(): number {
    return this.#hosts.length
  }

  has(host: number): boolean {
    let low = 0
    let high = this.#hosts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#hosts[middle]! < host) low = middle + 1
      else high = middle
    }
    return this.#hosts[low] === host
  }
}
