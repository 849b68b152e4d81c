/** How many distinct pairs talk: of addresses, and of address and port, in outermost headers. */

import type { ConversationView } from '../aggregate/conversation-view.ts'
import { KeyBits, Row, StateBits } from '../aggregate/conversation-row.ts'
import type { ConversationTable } from '../aggregate/conversation-table.ts'
import type { KeyHash } from '../net/key-hash.ts'
import type { CaptureSummary } from './capture-summary.ts'
import { isListed } from './conversation-rows.ts'

const TCP = 6
const UDP = 17

/** Unordered pairs, by conversations listed; what the conversation table's ceiling left out is not in them. */
export function pairCounts(view: ConversationView, hash: KeyHash): CaptureSummary['pairCounts'] {
  const { table } = view
  const counts = { ipv4: 0, ipv6: 0, tcp: 0, udp: 0 }
  const seen = new SeenPairs(table, hash)
  for (let row = 0; row < table.count; row++) {
    if (!isListed(view.go(row)) || view.tunnel !== 0) continue
    if (seen.add(view.version, view.word(Row.addressA), view.word(Row.addressB), row)) {
      if (view.version === 4) counts.ipv4++
      else counts.ipv6++
    }
    if (!view.hasPorts || (view.word(Row.state) & StateBits.continuesPair) !== 0) continue
    if (view.ipProtocol === TCP) counts.tcp++
    else if (view.ipProtocol === UDP) counts.udp++
  }
  return counts
}

/** A set of address pairs that keeps record numbers and reads the addresses from the records. */
class SeenPairs {
  readonly #table: ConversationTable
  readonly #hash: KeyHash
  readonly #slots: Int32Array

  constructor(table: ConversationTable, hash: KeyHash) {
    this.#table = table
    this.#hash = hash
    this.#slots = new Int32Array(2 << (32 - Math.clz32(table.count)))
  }

  /** True when the pair is new. */
  add(version: number, a: number, b: number, row: number): boolean {
    const mask = this.#slots.length - 1
    let slot = this.#hash.words2(a, b) & mask
    for (;;) {
      const known = this.#slots[slot]! - 1
      if (known === -1) break
      const words = this.#table.slab(known)
      const at = this.#table.at(known)
      const knownVersion = (words[at + Row.key]! & KeyBits.ipv6) === 0 ? 4 : 6
      if (words[at] === a && words[at + 1] === b && knownVersion === version) return false
      slot = (slot + 1) & mask
    }
    this.#slots[slot] = row + 1
    return true
  }
}
