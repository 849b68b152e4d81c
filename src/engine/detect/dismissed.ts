/** Considered and let go: sources that cross a naive threshold, each with the reason why it is not called a scanner. */

import { filterAttempts, type HostIndex } from './attempt-groups.ts'
import type { AttemptTable } from './attempt-table.ts'
import type { ExplainedHosts, ExplainedReason } from './explained-hosts.ts'
import type { DismissedRow } from './finding.ts'
import { hasPort, ProbeKind } from './probe-kind.ts'
import { AttemptBits } from './record-probe.ts'
import { isPeerToPeer } from './scan/peer-to-peer.ts'
import { isReplyStream } from './scan/reply-stream.ts'
import { isTraceroute } from './scan/traceroute.ts'
import { isPersistentRetry } from './scan/persistent-retry.ts'
import { rounded } from './scan-finding.ts'

/** What a counter of ports and hosts would flag, whatever the outcome. */
const NAIVE_PORTS = 15
const NAIVE_HOSTS = 25
/** Rows kept, most contacts first: on a busy network every server crosses a naive threshold. */
export const DISMISSED_MAX = 200

interface Considered {
  readonly host: number
  readonly contacts: number
  /** Finds the reason: only asked of those that are kept. */
  readonly row: () => DismissedRow
}

/** `isFlagged[host]` is 1 for scanners; `explained` holds hosts of which another rule (a flood, backscatter) tells already. */
export function dismissedSources(
  table: AttemptTable,
  bySource: HostIndex,
  byTarget: HostIndex,
  isFlagged: Uint8Array,
  explained: ExplainedHosts,
): DismissedRow[] {
  const recordsTo = countRecordsTo(table)
  const tally = new Uint32Array(table.hosts.count)
  let considered: Considered[] = []
  /** Contacts of the last that is kept, once there are enough. */
  let least = 0
  for (const [host, contactsMax] of byContacts(bySource, recordsTo, isFlagged)) {
    // Those that follow have fewer contacts than all that are kept.
    if (contactsMax < least) break
    const asked = asOriginator(table, host, bySource, explained, tally)
    const isContacted = recordsTo[host]! >= NAIVE_PORTS
    const found = asked ?? (isContacted ? asResponder(table, host, byTarget, explained, tally) : null)
    if (found !== null) considered.push(found)
    if (considered.length >= 2 * DISMISSED_MAX) {
      considered = mostContacts(considered)
      least = considered.at(-1)!.contacts
    }
  }
  return mostContacts(considered).map(({ row }) => row())
}

function mostContacts(considered: readonly Considered[]): Considered[] {
  return considered.toSorted((x, y) => y.contacts - x.contacts || x.host - y.host).slice(0, DISMISSED_MAX)
}

/** Hosts that may cross a naive threshold, with the contacts each can have at most, most first. */
function byContacts(
  bySource: HostIndex,
  recordsTo: Uint32Array,
  isFlagged: Uint8Array,
): (readonly [host: number, contactsMax: number])[] {
  const hosts: (readonly [number, number])[] = []
  for (let host = 0; host < recordsTo.length; host++) {
    const contactsMax = Math.max(bySource.count(host), recordsTo[host]!)
    if (isFlagged[host] === 0 && contactsMax >= NAIVE_PORTS) hosts.push([host, contactsMax])
  }
  return hosts.sort((x, y) => y[1] - x[1])
}

/** Conversations with each host as the target. */
function countRecordsTo(table: AttemptTable): Uint32Array {
  const records = new Uint32Array(table.hosts.count)
  for (let attempt = 0; attempt < table.count; attempt++) {
    const target = table.target(attempt)
    records[target] = records[target]! + table.recordCount(attempt)
  }
  return records
}

/** `tally`: a number for each host, 0 before and after. */
function asOriginator(
  table: AttemptTable,
  host: number,
  bySource: HostIndex,
  explained: ExplainedHosts,
  tally: Uint32Array,
): Considered | null {
  if (bySource.count(host) < NAIVE_PORTS) return null
  const attempts = bySource.of(host)
  let hosts = 0
  let portsMax = 0
  let widestHost = -1
  for (const attempt of attempts) {
    const target = table.target(attempt)
    if (tally[target] === 0) hosts++
    // Twice the ports, and one more for having been contacted at all.
    tally[target] = (tally[target]! | 1) + (hasPort(table.kind(attempt)) ? 2 : 0)
    const ports = tally[target] >>> 1
    if (ports < NAIVE_PORTS || ports < portsMax || (ports === portsMax && target > widestHost)) continue
    portsMax = ports
    widestHost = target
  }
  for (const attempt of attempts) tally[table.target(attempt)] = 0
  if (portsMax < NAIVE_PORTS && hosts < NAIVE_HOSTS) return null
  const row = (): DismissedRow => {
    const widest =
      widestHost === -1
        ? attempts
        : filterAttempts(attempts, (a) => table.target(a) === widestHost && hasPort(table.kind(a)))
    const share = (test: (attempt: number) => boolean): number => {
      let count = 0
      for (const attempt of attempts) if (test(attempt)) count++
      return count / attempts.length
    }
    const served = share((a) => table.isServed(a))
    const measures = {
      attempts: attempts.length,
      hosts,
      portsOfOneHost: portsMax,
      usedShare: rounded(served),
      failedShare: rounded(share((a) => table.isFailed(a))),
    }
    const [reason, why] = reasonOf(table, attempts, widest, portsMax, served, share, explained.get(host))
    const what = portsMax >= NAIVE_PORTS ? `${portsMax} ports of one host` : `${hosts} hosts`
    return {
      address: table.hosts.text(host),
      reason,
      explanation: `Contacted ${what}, but ${why}.`,
      measures,
    }
  }
  return { host, contacts: attempts.length, row }
}

function partIn(known: ExplainedReason): string {
  return known === 'address-translation'
    ? 'its probes are those of a scanner behind it, whose address it translates'
    : `it takes part in what is reported as ${known}`
}

function reasonOf(
  table: AttemptTable,
  attempts: Int32Array,
  widest: Int32Array,
  portsMax: number,
  served: number,
  share: (test: (attempt: number) => boolean) => number,
  known: ExplainedReason | null,
): [string, string] {
  if (known !== null) return [known, partIn(known)]
  if (isTraceroute(table, widest)) {
    return ['traceroute', 'the time to live of its probes climbs hop by hop: it traces a route']
  }
  const udp = filterAttempts(widest, (a) => table.kind(a) === ProbeKind.udp)
  if (portsMax >= NAIVE_PORTS && udp.length >= 0.9 * widest.length && isReplyStream(table, udp)) {
    const isDns = table.sourcePort(udp[0]!) === 53
    return [
      isDns ? 'resolver' : 'mid-stream',
      'these are answers whose questions are not in the capture, all from one service port',
    ]
  }
  if (share((a) => table.port(a) === 53) >= 0.5 && served >= 0.5)
    return ['resolver', 'it asks name servers, which answer']
  const talk = filterAttempts(
    attempts,
    (a) => table.kind(a) === ProbeKind.tcpSyn || table.kind(a) === ProbeKind.udp,
  )
  if (talk.length > 0 && isPeerToPeer(table, talk)) {
    return [
      'peer-to-peer',
      'each peer has a port of its own, chosen at random: it looks for peers, not for ports',
    ]
  }
  if (served >= 0.5) {
    const percent = `${Math.round(served * 100)} % of what it contacted answered and was used`
    if (portsMax >= NAIVE_PORTS && widest.some((a) => table.port(a) === 21 && table.isServed(a))) {
      return ['passive-ftp', `${percent}, on ports that an FTP server hands out for its data`]
    }
    if (share((a) => table.recordCount(a) >= 3) >= 0.8)
      return ['monitoring', `${percent}, again and again the same`]
    return ['answered', percent]
  }
  if (share((a) => isPersistentRetry(table, a)) >= 0.5)
    return ['retry', 'it tries the same services again and again, which do not answer']
  if (share((a) => (table.bits(a) & AttemptBits.answered) !== 0) === 0) {
    return ['one-way-capture', 'no answer to it is in the capture, so that success and failure look alike']
  }
  return ['below-thresholds', 'no rule finds enough failures within its window']
}

function asResponder(
  table: AttemptTable,
  host: number,
  byTarget: HostIndex,
  explained: ExplainedHosts,
  tally: Uint32Array,
): Considered | null {
  let clients = 0
  let portsMax = 0
  let onDns = 0
  let conversations = 0
  for (const attempt of byTarget.of(host)) {
    if (!isAnswered(table, attempt)) continue
    const source = table.source(attempt)
    if (tally[source] === 0) clients++
    const records = table.recordCount(attempt)
    tally[source] = tally[source]! + records
    portsMax = Math.max(portsMax, tally[source])
    conversations += records
    if (table.port(attempt) === 53) onDns += records
  }
  for (const attempt of byTarget.of(host)) tally[table.source(attempt)] = 0
  if (portsMax < NAIVE_PORTS && clients < NAIVE_HOSTS) return null
  const known = explained.get(host)
  const isResolver = onDns >= 0.5 * conversations
  const reason = known ?? (isResolver ? 'resolver' : 'answered')
  const what = portsMax >= NAIVE_PORTS ? `about ${portsMax} ports of one host` : `${clients} hosts`
  const why = known === null ? 'only in answer to those who asked' : partIn(known)
  const measures = { clients, conversations, conversationsOfOneClient: portsMax }
  const row = (): DismissedRow => ({
    address: table.hosts.text(host),
    reason,
    explanation: `Sent to ${what}, but ${why}.`,
    measures,
  })
  return { host, contacts: conversations, row }
}

/** What a counter of ports sees: segments and datagrams, not the ICMP errors that refuse them. */
function isAnswered(table: AttemptTable, attempt: number): boolean {
  if ((table.bits(attempt) & AttemptBits.answered) === 0 || !hasPort(table.kind(attempt))) return false
  return table.kind(attempt) !== ProbeKind.udp || table.isServed(attempt)
}
