/** Shares of protocols for one picture: frames by the protocol their path ends at, so that shares add up to the whole. */

import type { ProtocolRow } from '../../engine/summarize/capture-summary.ts'

export interface ProtocolShare {
  /** Last protocol of the path; `other` for what is too small to draw. */
  readonly name: string
  readonly path: readonly string[]
  /** The protocol it is grouped under: the transport or, without one, the network protocol. */
  readonly group: string
  readonly packetCount: number
  readonly byteCount: number
}

const groups = ['tcp', 'udp', 'sctp', 'icmp', 'icmpv6', 'arp']

/** `name` of the first known protocol on the path, else the second of the path, else its first. */
export function groupOf(path: readonly string[]): string {
  return path.find((name) => groups.includes(name)) ?? path[1] ?? path[0] ?? 'other'
}

/** Each node's own frames: its counts without those of its children. At most `countMax` shares, by bytes. */
export function protocolShares(rows: readonly ProtocolRow[], countMax: number): ProtocolShare[] {
  const own = new Map<string, { row: ProtocolRow; packetCount: number; byteCount: number }>()
  for (const row of rows)
    own.set(row.path.join('\n'), { row, packetCount: row.packetCount, byteCount: row.byteCount })
  for (const row of rows) {
    const parent = own.get(row.path.slice(0, -1).join('\n'))
    if (parent === undefined) continue
    parent.packetCount -= row.packetCount
    parent.byteCount -= row.byteCount
  }
  const shares = [...own.values()]
    .filter(({ packetCount, byteCount }) => packetCount > 0 && byteCount > 0)
    .map(({ row, packetCount, byteCount }) => ({
      name: row.path.at(-1) ?? 'other',
      path: row.path,
      group: groupOf(row.path),
      packetCount,
      byteCount,
    }))
    .sort((a, b) => b.byteCount - a.byteCount)
  if (shares.length <= countMax) return shares
  const rest = shares.slice(countMax - 1)
  return [
    ...shares.slice(0, countMax - 1),
    {
      name: `${rest.length} others`,
      path: [],
      group: 'other',
      packetCount: rest.reduce((sum, share) => sum + share.packetCount, 0),
      byteCount: rest.reduce((sum, share) => sum + share.byteCount, 0),
    },
  ]
}
