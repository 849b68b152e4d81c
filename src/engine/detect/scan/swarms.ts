/**
 * Peers on the default port of their program: where a source speaks a peer-to-peer protocol on a port with several hosts, those
 * of that port that do not answer are peers that have left (BEP 5; most addresses that Bitcoin nodes pass on are dead), over
 * whichever transport: peers are called on the same number by TCP and by UDP.
 */

import { countDistinct, filterAttempts, forEachGroup } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { NumberSet } from '../number-set.ts'
import { speaksPeerProtocol } from './peer-to-peer.ts'

/** Hosts spoken to: fewer might have been found by chance, more take small swarms for scans. */
const PEERS_MIN = 3
/** Peers run without privilege. */
const PEER_PORT_MIN = 1024

/** The attempts without those on ports of swarms that the source takes part in. */
export function withoutSwarms(table: AttemptTable, attempts: Int32Array): Int32Array {
  const peers = filterAttempts(
    attempts,
    (attempt) => table.port(attempt) >= PEER_PORT_MIN && speaksPeerProtocol(table, attempt),
  )
  const portOf = (attempt: number): number => table.port(attempt)
  const swarms: number[] = []
  forEachGroup(peers, portOf, PEERS_MIN, (members, port) => {
    if (countDistinct(members, (attempt) => table.target(attempt)) >= PEERS_MIN) swarms.push(port)
  })
  if (swarms.length === 0) return attempts
  const isOfSwarm = new NumberSet(Int32Array.from(swarms))
  return filterAttempts(attempts, (attempt) => !isOfSwarm.has(portOf(attempt)))
}
