/** Peer-to-peer clients look for many dead peers: one high port a peer, spread over all ports, where a scan repeats its ports. */

import { Row } from '../../aggregate/conversation-row.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import { countDistinct, countPairs } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'

/** Hosts below which a spread of ports means nothing. */
const HOSTS_MIN = 10
/** Pairs a host: a peer listens on one port, by TCP and UDP, at times on a second. A scan of two ports has two. */
const PAIRS_PER_HOST_MAX = 1.5
/** Distinct ports for each host: peers choose theirs at random, though many keep their program's default. */
const PORTS_PER_HOST_MIN = 1 / 3
/** Share of ports from 1024 up: peers run without privilege. */
const HIGH_PORT_SHARE_MIN = 0.8

const PEER_PROTOCOLS: readonly number[] = [
  Protocol.bittorrent,
  Protocol['bt-dht'],
  Protocol['bt-utp'],
  Protocol.gnutella,
  Protocol.edonkey,
  Protocol.bitcoin,
  Protocol.libp2p,
]

/** `attempts`: TCP SYN and UDP attempts of one source, used or not. */
export function isPeerToPeer(table: AttemptTable, attempts: Int32Array): boolean {
  // The cheapest question first: most sources contact well-known ports, and need no sorting.
  if (attempts.length < HOSTS_MIN) return false
  let highCount = 0
  for (const attempt of attempts) if (table.port(attempt) >= 1024) highCount++
  if (highCount / attempts.length < HIGH_PORT_SHARE_MIN) return false
  const hostCount = countDistinct(attempts, (attempt) => table.target(attempt))
  if (hostCount < HOSTS_MIN || countPairs(table, attempts) / hostCount > PAIRS_PER_HOST_MAX) return false
  // Payload says so: then fewer distinct ports will do, as most peers may keep the default.
  if (attempts.some((attempt) => speaksPeerProtocol(table, attempt))) return true
  return countDistinct(attempts, (attempt) => table.port(attempt)) >= hostCount * PORTS_PER_HOST_MIN
}

/** The attempt led to a conversation in a peer-to-peer protocol. */
export function speaksPeerProtocol(table: AttemptTable, attempt: number): boolean {
  const row = table.servedRow(attempt)
  if (row === -1) return false
  const records = table.evidence.conversations
  return PEER_PROTOCOLS.includes(records.slab(row)[records.at(row) + Row.applicationAndPath]! & 0xff)
}
