/** The conversation records of each host, for the few rules that ask when it was heard of or what came to it. */

import type { AttemptTable } from './attempt-table.ts'

/**
 * Made when first asked, as few captures hold a scan: one counting sort over all records, in eight bytes a record and four a
 * host. Then each host costs what it has itself.
 */
export class RecordsOfHosts {
  readonly #table: AttemptTable
  #start = new Int32Array(0)
  #order = new Int32Array(0)

  constructor(table: AttemptTable) {
    this.#table = table
  }

  /** Rows that name the host as either end, in their order. */
  of(host: number): Int32Array {
    if (this.#start.length === 0) this.#sort()
    return this.#order.subarray(this.#start[host], this.#start[host + 1])
  }

  #sort(): void {
    const { hostA, hostB, hosts } = this.#table
    const start = new Int32Array(hosts.count + 1)
    for (let row = 0; row < hostA.length; row++) {
      const a = hostA[row]!
      const b = hostB[row]!
      if (a !== -1) start[a + 1] = start[a + 1]! + 1
      if (b !== -1 && b !== a) start[b + 1] = start[b + 1]! + 1
    }
    for (let host = 0; host < hosts.count; host++) start[host + 1] = start[host + 1]! + start[host]!
    const next = start.slice()
    const order = new Int32Array(start[hosts.count]!)
    const put = (host: number, row: number): void => {
      order[next[host]!] = row
      next[host] = next[host]! + 1
    }
    for (let row = 0; row < hostA.length; row++) {
      const a = hostA[row]!
      const b = hostB[row]!
      if (a !== -1) put(a, row)
      if (b !== -1 && b !== a) put(b, row)
    }
    this.#start = start
    this.#order = order
  }
}
