/** Fragments that came before their datagram's first one: moved to the conversation once its ports are known. */

import { addCount, countAt } from './conversation-counts.ts'
import { Row, KeyBits } from './conversation-row.ts'
import { joinTimes } from './conversation-span.ts'
import type { ConversationTable } from './conversation-table.ts'
import { ORPHAN_FRAGMENT_ROLE } from './conversation-keys.ts'
import type { ConversationTracker } from './conversation-tracker.ts'
import { PORTS_PENDING } from './fragment-table.ts'

/**
 * Look at every record of orphan fragments, if there are any, and move those whose datagram is known by now. What stays belongs to
 * datagrams whose first fragment is not in the capture. Call before summarizing or merging; calling twice is harmless.
 */
export function settleFragments(tracker: ConversationTracker): void {
  const { table, fragments } = tracker
  let left = table.orphanFragmentCount
  for (let row = 0; left > 0; row++) {
    const words = table.slab(row)
    const at = table.at(row)
    const key = words[at + Row.key]!
    if (((key >>> KeyBits.roleShift) & KeyBits.roleMask) !== ORPHAN_FRAGMENT_ROLE) continue
    left--
    for (const direction of [0, 1] as const) {
      if (words[at + Row.packetsFromA + direction] === 0) continue
      const src = words[at + Row.addressA + direction]!
      const dst = words[at + Row.addressB - direction]!
      const plainKey = key & ~(KeyBits.roleMask << KeyBits.roleShift)
      const datagram = fragments.find(src, dst, plainKey, words[at + Row.ports]!)
      if (datagram === -1 || fragments.srcPort(datagram) === PORTS_PENDING) continue
      const home = findHome(
        tracker,
        src,
        dst,
        fragments.srcPort(datagram),
        fragments.dstPort(datagram),
        plainKey,
      )
      if (home !== null) moveDirection(table, row, direction, home.row, home.direction)
    }
  }
}

function findHome(
  { table }: ConversationTracker,
  src: number,
  dst: number,
  srcPort: number,
  dstPort: number,
  plainKey: number,
): { readonly row: number; readonly direction: 0 | 1 } | null {
  const fromA = src >>> 0 < dst >>> 0 || (src === dst && srcPort <= dstPort)
  const [a, b] = fromA ? [src, dst] : [dst, src]
  const ports = fromA ? (srcPort << 16) | dstPort : (dstPort << 16) | srcPort
  const key = plainKey | KeyBits.hasPorts
  const row = table.find(table.hash(a, b, ports, key), a, b, ports, key)
  return row === -1 ? null : { row, direction: fromA ? 0 : 1 }
}

/** Move one direction's packets of `row` to a direction of `home`, times and evidence with it. */
function moveDirection(
  table: ConversationTable,
  row: number,
  direction: 0 | 1,
  home: number,
  homeDirection: 0 | 1,
): void {
  const from = table.slab(row)
  const fromAt = table.at(row)
  const to = table.slab(home)
  const toAt = table.at(home)
  const fromDoubles = table.doublesOf(row)
  const toDoubles = table.doublesOf(home)
  const bytesFrom = (fromAt + Row.bytesFromA + 2 * direction) >> 1
  const bytesTo = (toAt + Row.bytesFromA + 2 * homeDirection) >> 1
  toDoubles[bytesTo] = toDoubles[bytesTo]! + fromDoubles[bytesFrom]!
  fromDoubles[bytesFrom] = 0
  addCount(to, toAt + Row.packetsFromA + homeDirection, countAt(from, fromAt + Row.packetsFromA + direction))
  from[fromAt + Row.packetsFromA + direction] = 0
  const seen = (from[fromAt + Row.evidence]! >>> (16 * direction)) & 0xffff
  to[toAt + Row.evidence] = to[toAt + Row.evidence]! | (seen << (16 * homeDirection))
  joinTimes(to, toAt, from, fromAt)
}
