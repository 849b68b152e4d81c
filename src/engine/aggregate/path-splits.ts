/** Payload frames of a conversation on another protocol path than its first packet's, such as with and without a VLAN tag. */

import type { KeyHash } from '../net/key-hash.ts'
import { CounterTable } from './counter-table.ts'

/** (conversation, path) pairs kept: few conversations have two paths, a crafted capture can give all of them many. */
export const PATH_SPLIT_COUNT_MAX = 1 << 18

export class PathSplits {
  /** Key: record number, path, 0. Counters: packets, bytes. Past the ceiling the frames stay without an application. */
  readonly table: CounterTable

  constructor(hash: KeyHash) {
    this.table = new CounterTable(hash, PATH_SPLIT_COUNT_MAX)
  }

  add(row: number, path: number, originalLength: number): void {
    this.table.add(row, path, 0, 1, originalLength, 0, 0)
  }
}
