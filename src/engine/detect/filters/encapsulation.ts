/** What libpcap must be told to step over before IP: VLAN tags and PPPoE (pcap-filter(7)). */

import { Row } from '../../aggregate/conversation-row.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import type { Evidence } from '../evidence.ts'

const WORDS: Readonly<Record<number, string>> = {
  [Protocol.vlan]: 'vlan',
  [Protocol.ieee8021ad]: 'vlan',
  [Protocol.pppoes]: 'pppoes',
}

/** What libpcap cannot step over, or, as for labels of one stack, which are one node, only when told how many there are. */
const OPAQUE: readonly number[] = [
  Protocol.mpls,
  Protocol.vntag,
  Protocol.hsr,
  Protocol.macsec,
  Protocol.trill,
  Protocol.nsh,
  Protocol.cfp,
  Protocol.avsp,
]

/**
 * Words such as `vlan and ` that lead to the IP header of all these records; null when they differ, as each word
 * shifts all that follows it, so that no one filter selects both.
 */
export function encapsulationOf(evidence: Evidence, rows: Iterable<number>): string | null {
  const { conversations, paths } = evidence
  if (!hasTags(paths)) return ''
  let known: string | null = null
  let knownPath = -1
  for (const row of rows) {
    const path = conversations.slab(row)[conversations.at(row) + Row.applicationAndPath]! >>> 16
    if (path === knownPath) continue
    knownPath = path
    const words: string[] = []
    for (let node = path; node !== 0; node = paths.parent[node]!) {
      if (OPAQUE.includes(paths.protocol[node]!)) return null
      const word = WORDS[paths.protocol[node]!]
      if (word !== undefined) words.push(`${word} and `)
    }
    const prefix = words.reverse().join('')
    if (known !== null && known !== prefix) return null
    known = prefix
  }
  return known ?? ''
}

/** Some frame of the capture bears one of them: most captures need not be asked record by record. */
function hasTags({ pathCount, protocol }: Evidence['paths']): boolean {
  for (let path = 0; path < pathCount; path++)
    if (WORDS[protocol[path]!] !== undefined || OPAQUE.includes(protocol[path]!)) return true
  return false
}
