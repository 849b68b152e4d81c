/** How many distinct pairs talk: of addresses, and of address and port, in outermost headers. */

import type { ConversationHosts } from '../aggregate/conversation-hosts.ts'
import { Row, StateBits } from '../aggregate/conversation-row.ts'
import type { ConversationView } from '../aggregate/conversation-view.ts'
import type { CaptureSummary } from './capture-summary.ts'
import { isListed } from './conversation-rows.ts'

const TCP = 6
const UDP = 17

/** Unordered pairs, by conversations listed; what the conversation table's ceiling left out is not in them. */
export function pairCounts(view: ConversationView, hosts: ConversationHosts): CaptureSummary['pairCounts'] {
  const counts = { ipv4: 0, ipv6: 0, tcp: 0, udp: 0 }
  const { table } = view
  // Hosts count from 1 here: 0 is an IPv6 address that the address table refused.
  const startOf = new Int32Array(hosts.count + 2)
  const isOutermost = new Uint8Array(table.count)
  for (let row = 0; row < table.count; row++) {
    if (!isListed(view.go(row)) || view.tunnel !== 0) continue
    isOutermost[row] = 1
    const a = hosts.a[row]! + 1
    startOf[a + 1] = startOf[a + 1]! + 1
    if (!view.hasPorts || (view.word(Row.state) & StateBits.continuesPair) !== 0) continue
    if (view.ipProtocol === TCP) counts.tcp++
    else if (view.ipProtocol === UDP) counts.udp++
  }
  for (let a = 0; a <= hosts.count; a++) startOf[a + 1] = startOf[a + 1]! + startOf[a]!
  const partners = partnersOf(hosts, isOutermost, startOf)
  // A record's lower address is its A, so a pair is in one group only: that of its A.
  const lastMet = new Int32Array(hosts.count + 1).fill(-1)
  for (let a = 0; a <= hosts.count; a++) {
    let distinct = 0
    for (let i = startOf[a]!; i < startOf[a + 1]!; i++) {
      if (lastMet[partners[i]!] !== a) distinct++
      lastMet[partners[i]!] = a
    }
    if (a > 0 && hosts.isIpv6[a - 1] === 0) counts.ipv4 += distinct
    else counts.ipv6 += distinct
  }
  return counts
}

/** B of each marked record, grouped by its A as `startOf` says. */
function partnersOf(hosts: ConversationHosts, isMarked: Uint8Array, startOf: Int32Array): Int32Array {
  const next = startOf.slice()
  const partners = new Int32Array(startOf[hosts.count + 1]!)
  for (let row = 0; row < isMarked.length; row++) {
    if (isMarked[row] === 0) continue
    const a = hosts.a[row]! + 1
    partners[next[a]!] = hosts.b[row]! + 1
    next[a] = next[a]! + 1
  }
  return partners
}
