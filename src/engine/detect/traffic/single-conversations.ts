/** What one conversation tells by itself: long, one-sided, a ping that carries data, a protocol where another belongs. */

import { IcmpSeen, Row, TcpSeen } from '../../aggregate/conversation-row.ts'
import { ApplicationBasis } from '../../aggregate/application-basis.ts'
import { FlowRole } from '../../decode/flow-batch.ts'
import { Protocol, PROTOCOL_NAMES } from '../../decode/protocol-table.ts'
import { radixOrder } from '../../net/radix-sort.ts'
import { distinct, groupsBy } from '../groups-by-sorting.ts'
import { logSeverity } from '../severity.ts'
import { conversationFilters } from './service-filters.ts'
import { recordSpan } from './record-span.ts'
import { spanFields } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import { ipField, type TrafficDraft } from './traffic-draft.ts'

const ICMP = 1
const ICMPV6 = 58
const TCP = 6
const UDP = 17

/** Findings of each kind; further ones repeat what these say. Of uploads those of most bytes, of others the first. */
const EACH_MAX = 200
/** Packets below which hours between them are more likely a damaged clock than a connection. */
const LONG_PACKETS_MIN = 20
/** Longer is a clock that was set while the capture ran. */
const YEAR_SECONDS = 31_556_952
/** Header bytes of an echo request in an Ethernet frame. */
const ECHO_HEADERS_IPV4 = 42
const ECHO_HEADERS_IPV6 = 62
/** Uploads below this are not added up. */
const UPLOAD_PART_BYTES = 100_000

export function singleConversations(context: TrafficContext): TrafficDraft[] {
  const { table, view } = context
  const drafts: TrafficDraft[] = []
  const uploads: number[] = []
  const odd: number[] = []
  const counts = { long: 0, tunnel: 0 }
  // No conversation outlasts its capture.
  const mayBeLong = table.durationSeconds >= context.limits['long-connection'].seconds
  for (let row = 0; row < table.attemptOfRow.length; row++) {
    if (table.hostA[row] === -1 || table.hostB[row] === -1) continue
    view.go(row)
    if (view.role !== FlowRole.packet || view.packetCount === 0) continue
    const protocol = view.ipProtocol
    if (protocol === ICMP || protocol === ICMPV6) {
      const draft = counts.tunnel < EACH_MAX ? tunnelDraft(context, row) : null
      if (draft !== null) {
        counts.tunnel++
        drafts.push(draft)
      }
      continue
    }
    if (view.byteCount >= UPLOAD_PART_BYTES) uploads.push(row)
    if (mayBeLong && protocol === TCP && counts.long < EACH_MAX) {
      const draft = longDraft(context, row)
      if (draft !== null) {
        counts.long++
        drafts.push(draft)
      }
    }
    if ((protocol === TCP || protocol === UDP) && isOddPort(context)) odd.push(row)
  }
  return [...drafts, ...uploadDrafts(context, uploads), ...oddDrafts(context, odd)]
}

/** The rows of each pair of hosts, in their order; the pair with the first row first. */
function byPair({ hostA, hostB }: TrafficContext['table'], rows: readonly number[]): readonly number[][] {
  const order = radixOrder(
    Uint32Array.from(rows, (row) => hostA[row]!),
    radixOrder(Uint32Array.from(rows, (row) => hostB[row]!)),
  )
  const pairs: number[][] = []
  let previous = -1
  for (const place of order) {
    const row = rows[place]!
    const isSame = previous !== -1 && hostA[row] === hostA[previous] && hostB[row] === hostB[previous]
    if (isSame) pairs.at(-1)!.push(row)
    else pairs.push([row])
    previous = row
  }
  return pairs.sort((x, y) => x[0]! - y[0]!)
}

/** Those who sent most. */
function uploadDrafts(context: TrafficContext, rows: readonly number[]): TrafficDraft[] {
  const uploads = byPair(context.table, rows).flatMap((pair) => uploadOf(context, pair) ?? [])
  uploads.sort((x, y) => y.sent - x.sent || x.rows[0]! - y.rows[0]!)
  return uploads.slice(0, EACH_MAX).map((upload) => uploadDraft(context, upload))
}

/** One for each pair of hosts, service and protocol that does not belong there. */
function oddDrafts(context: TrafficContext, rows: readonly number[]): TrafficDraft[] {
  const { view } = context
  const kindOf = (row: number): number => {
    const { originator, responderPort, ipProtocol } = view.go(row)
    const application = view.word(Row.applicationAndPath) & 0xff
    return ((application * 2 + originator) * 256 + ipProtocol) * 65_536 + responderPort
  }
  return byPair(context.table, rows)
    .flatMap((pair) => groupsBy(pair, kindOf))
    .sort((x, y) => x[0]! - y[0]!)
    .slice(0, EACH_MAX)
    .map((alike) => oddDraft(context, alike))
}

function endpoints({ table, view }: TrafficContext, row: number): [string, string] {
  view.go(row)
  const [a, b] = [table.hosts.text(table.hostA[row]!), table.hosts.text(table.hostB[row]!)]
  return view.originator === 0 ? [a, b] : [b, a]
}

function longDraft(context: TrafficContext, row: number): TrafficDraft | null {
  const { table, view } = context
  const { seconds } = context.limits['long-connection']
  const lasted = table.lastSeconds(row) - table.firstSeconds(row)
  if (lasted < seconds || lasted > YEAR_SECONDS || view.packetCount < LONG_PACKETS_MIN) return null
  if ((view.originatorSeen & view.responderSeen & TcpSeen.data) === 0) return null
  const port = view.responderPort
  const [source, target] = endpoints(context, row)
  const hours = lasted / 3600
  return {
    rule: 'long-connection',
    severity: hours >= 24 ? 'medium' : 'low',
    confidence: 0.6,
    title: `Connection from ${source} to ${target} port ${port} lasts ${Math.round(hours * 10) / 10} h`,
    explanation: `One connection from ${source} to ${target} port ${port} carried data both ways over ${Math.round(hours * 10) / 10} h.`,
    actors: [source],
    targets: [target],
    ports: [port],
    ...spanFields(recordSpan(table, [row])),
    firedFrame: table.firstFrame(row),
    measures: { seconds: Math.round(lasted), secondsThreshold: seconds, bytes: view.byteCount },
    ...conversationFilters(source, target, 'tcp', port, [view.originatorPort]),
  }
}

function tunnelDraft(context: TrafficContext, row: number): TrafficDraft | null {
  const { table, view } = context
  const limits = context.limits['icmp-tunnel']
  const packets = view.packetCount
  if (packets < limits.packets || context.explained.get(table.hostB[row]!) !== null) return null
  // Errors and path MTU messages carry what they quote, and pings without answers nothing that could differ from them.
  const { originatorSeen, responderSeen } = view
  if ((originatorSeen & IcmpSeen.echoRequest) === 0 || (responderSeen & IcmpSeen.echoReply) === 0) return null
  if (((originatorSeen | responderSeen) & ~(IcmpSeen.echoRequest | IcmpSeen.echoReply)) !== 0) return null
  const mean = view.byteCount / packets - (view.version === 4 ? ECHO_HEADERS_IPV4 : ECHO_HEADERS_IPV6)
  const asked = view.originatorPacketCount
  const answered = view.responderPacketCount
  const ratio = answered / asked
  // Pings are answered by their own bytes: what comes back in other sizes was not sent there.
  const isUneven = Math.abs(view.originatorByteCount / asked - view.responderByteCount / answered) > 8
  if (mean < limits.meanBytes && ratio < limits.repliesPerRequest) return null
  if (!isUneven && ratio < limits.repliesPerRequest) return null
  const [source, target] = endpoints(context, row)
  const field = ipField(source)
  return {
    rule: 'icmp-tunnel',
    severity: logSeverity(view.byteCount / 1000),
    confidence: 0.75,
    title: `${source} and ${target} exchange data in pings`,
    explanation: `${packets} echo packets between ${source} and ${target} carry ${Math.round(mean)} bytes each, and the answers differ from what was sent: a ping would return it unchanged.`,
    actors: [source],
    targets: [target],
    ports: [],
    ...spanFields(recordSpan(table, [row])),
    firedFrame: table.firstFrame(row),
    measures: {
      packets,
      packetsThreshold: limits.packets,
      meanBytes: Math.round(mean),
      meanBytesThreshold: limits.meanBytes,
      repliesPerRequest: Math.round(ratio * 100) / 100,
      repliesThreshold: limits.repliesPerRequest,
    },
    wireshark: `${field}.addr == ${source} && ${field}.addr == ${target} && ${field === 'ip' ? 'icmp.type in {0, 8}' : 'icmpv6.type in {128, 129}'}`,
    bpf: `${field === 'ip' ? 'icmp' : 'icmp6'} and host ${source} and host ${target}`,
  }
}

interface Upload {
  readonly rows: readonly number[]
  /** Those that the sender opened. */
  readonly opened: readonly number[]
  readonly source: number
  readonly target: number
  readonly sent: number
  readonly got: number
}

/** What one of a pair of hosts sent the other, null when it was not more than the limits allow. */
function uploadOf({ table, view, limits }: TrafficContext, rows: readonly number[]): Upload | null {
  const { bytes, ratio } = limits.exfiltration
  let fromA = 0
  let fromB = 0
  for (const row of rows) {
    view.go(row)
    fromA += view.double(Row.bytesFromA)
    fromB += view.double(Row.bytesFromB)
  }
  const [sent, got] = fromA >= fromB ? [fromA, fromB] : [fromB, fromA]
  if (sent < bytes || sent < ratio * got) return null
  const row = rows[0]!
  const [source, target] =
    fromA >= fromB ? [table.hostA[row]!, table.hostB[row]!] : [table.hostB[row]!, table.hostA[row]!]
  // Who asks for a download gets it: an upload goes from the one who opened the conversation.
  const opened = rows.filter(
    (each) => (view.go(each).originator === 0 ? table.hostA[each] : table.hostB[each]) === source,
  )
  return opened.length * 2 > rows.length ? { rows, opened, source, target, sent, got } : null
}

function uploadDraft(
  { table, view, limits }: TrafficContext,
  { rows, opened, source, target, sent, got }: Upload,
): TrafficDraft {
  const [from, to] = [table.hosts.text(source), table.hosts.text(target)]
  const field = ipField(from)
  return {
    rule: 'exfiltration',
    severity: logSeverity(sent / 1_000_000),
    confidence: 0.5,
    title: `${from} sent ${Math.round(sent / 1e6)} MB to ${to}`,
    explanation: `${from} opened ${opened.length} conversations with ${to} and sent ${Math.round(sent / 1e6)} MB, ${Math.round(sent / Math.max(1, got))} times what it got back.`,
    actors: [from],
    targets: [to],
    ports: distinct(opened.map((each) => view.go(each).responderPort)),
    ...spanFields(recordSpan(table, rows)),
    firedFrame: table.firstFrame(rows[0]!),
    measures: {
      bytes: sent,
      bytesThreshold: limits.exfiltration.bytes,
      ratio: Math.round((sent / Math.max(1, got)) * 10) / 10,
      ratioThreshold: limits.exfiltration.ratio,
    },
    wireshark: `${field}.src == ${from} && ${field}.dst == ${to}`,
    bpf: `src host ${from} and dst host ${to}`,
  }
}

/** Protocols that live on their own ports; elsewhere somebody moved them on purpose. */
const HOME_PORTS: Readonly<Record<number, readonly number[]>> = {
  [Protocol.ssh]: [22, 2222],
  [Protocol.rdp]: [3389],
  [Protocol.smb]: [139, 445],
  [Protocol.smb2]: [139, 445],
  [Protocol.telnet]: [23, 2323],
  [Protocol.irc]: [194, 6660, 6661, 6662, 6663, 6664, 6665, 6666, 6667, 6668, 6669, 6697, 7000],
  [Protocol.socks]: [1080, 9050, 9150],
  [Protocol.vnc]: [5900, 5901, 5902, 5903],
}
/** Ports that everybody lets through, with the protocols that belong there. */
const GUESTS: Readonly<Record<number, readonly number[]>> = {
  22: [Protocol.ssh],
  25: [Protocol.smtp],
  53: [Protocol.dns],
  80: [Protocol.http, Protocol.http2, Protocol.websocket, Protocol.rtmpt],
}

function isOddPort({ view }: TrafficContext): boolean {
  if (view.applicationBasis !== ApplicationBasis.payload) return false
  const application = view.word(Row.applicationAndPath) & 0xff
  const port = view.responderPort
  const home = HOME_PORTS[application]
  if (home !== undefined) return !home.includes(port) && !home.includes(view.originatorPort)
  const guests = GUESTS[port]
  if (guests === undefined || guests.includes(application)) return false
  return [Protocol.http, Protocol.tls, Protocol.smtp, Protocol.ftp, Protocol.dns].includes(application)
}

function oddDraft(context: TrafficContext, rows: readonly number[]): TrafficDraft {
  const { table, view } = context
  const [source, target] = endpoints(context, rows[0]!)
  const port = view.responderPort
  const transport = view.ipProtocol === TCP ? 'tcp' : 'udp'
  const name = PROTOCOL_NAMES[view.word(Row.applicationAndPath) & 0xff]!
  const clientPorts = rows.map((row) => view.go(row).originatorPort)
  return {
    rule: 'odd-port',
    severity: 'low',
    confidence: 0.6,
    title: `${name} on ${transport} port ${port} of ${target}`,
    explanation: `${rows.length} conversation${rows.length === 1 ? '' : 's'} between ${source} and ${target} on ${transport} port ${port} carr${rows.length === 1 ? 'ies' : 'y'} ${name}, which does not belong there.`,
    actors: [source],
    targets: [target],
    ports: [port],
    ...spanFields(recordSpan(table, rows)),
    firedFrame: table.firstFrame(rows[0]!),
    measures: { connections: rows.length, application: name, port },
    ...conversationFilters(source, target, transport, port, clientPorts),
  }
}
