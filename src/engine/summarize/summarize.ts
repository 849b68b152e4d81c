/** Counters and findings to CaptureSummary: sorts, ranks, and turns numbers into text. Decides nothing. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { ConversationView } from '../aggregate/conversation-view.ts'
import { LENGTH_BIN_MINS } from '../aggregate/packet-lengths.ts'
import { settleFragments } from '../aggregate/fragment-settlement.ts'
import type { CaptureEnding } from '../capture/capture-ending.ts'
import type { CaptureInterface } from '../capture/capture-interface.ts'
import type { CaptureNotes } from '../capture/capture-reader.ts'
import { linkTypeName } from '../capture/link-type-table.ts'
import { DECODE_ISSUE_NAMES } from '../decode/decode-issue.ts'
import type { Detection } from '../detect/detection.ts'
import { secondsBetween, timestampText } from '../net/packed-time.ts'
import { applicationSummary } from './application-summary.ts'
import { bandwidthRows } from './bandwidth-rows.ts'
import { captureQuality } from './capture-quality.ts'
import type {
  CaptureFileIdentity,
  CaptureIdentity,
  CaptureSummary,
  LimitsReached,
} from './capture-summary.ts'
import { conversationRows } from './conversation-rows.ts'
import { endpointRows } from './endpoint-rows.ts'
import { pairCounts } from './pair-counts.ts'
import { protocolRows } from './protocol-rows.ts'
import { serviceRows } from './service-rows.ts'

/** What is known of the capture besides its packets. */
export interface CaptureFacts {
  readonly files: readonly CaptureFileIdentity[]
  readonly interfaces: readonly CaptureInterface[]
  readonly ending: CaptureEnding
  readonly notes: CaptureNotes
}

export interface SummaryOptions {
  readonly toolVersion: string
  /** Rows of endpoints, conversations and interfaces; null lists all. Counts beside the lists are always of all. */
  readonly rowLimit: number | null
  /** Findings listed, where it is not `rowLimit`. */
  readonly findingLimit?: number | null
}

/** Rows of the services table: past it, the ports of a scan would be the whole list. */
const SERVICE_ROW_MAX = 1000

/**
 * The summary of all that was counted. Same bytes, same rules, same summary, whatever the hash secret was and however
 * the bytes came; it may be called while an analysis is running and gives what is known so far.
 */
export function summarize(
  aggregates: Aggregates,
  detection: Detection,
  facts: CaptureFacts,
  options: SummaryOptions,
): CaptureSummary {
  settleFragments(aggregates.conversations)
  const { totals } = aggregates
  const view = new ConversationView(aggregates.conversations.table, aggregates.addresses)
  const conversations = conversationRows(aggregates, options.rowLimit)
  const endpoints = endpointRows(aggregates, options.rowLimit)
  const { findingLimit = options.rowLimit } = options
  const findings = findingLimit === null ? detection.findings : detection.findings.slice(0, findingLimit)
  return {
    schema: 'nta.summary/1',
    tool: { name: 'Network Traffic Analyzer', version: options.toolVersion, rules: detection.rules },
    capture: captureIdentity(aggregates, facts, options.rowLimit),
    protocols: protocolRows(aggregates),
    endpointCount: endpoints.count,
    endpoints: endpoints.rows,
    pairCounts: pairCounts(view, aggregates.hosts),
    conversationCount: conversations.count,
    conversations: conversations.rows,
    bandwidth: bandwidthRows(aggregates.bandwidth, totals.earliest()),
    packetLengths: packetLengthRows(aggregates),
    services: serviceRows(aggregates, Math.min(options.rowLimit ?? SERVICE_ROW_MAX, SERVICE_ROW_MAX)),
    applications: applicationSummary(aggregates.applications),
    findingCount: detection.findings.length + detection.unlistedScanCount,
    findings,
    scanners: detection.scanners,
    dismissed: detection.dismissed,
    limits: limitsReached(aggregates, detection.unlistedScanCount),
  }
}

/**
 * `before`, an earlier summary of the same aggregates, with totals and curves as they are now. Its lists and findings
 * stay: they cost most of a summary, and a person who waits wants to see first of all that something moves.
 */
export function withCountersNow(
  before: CaptureSummary,
  aggregates: Aggregates,
  facts: CaptureFacts,
  rowLimit: number | null,
): CaptureSummary {
  return {
    ...before,
    capture: captureIdentity(aggregates, facts, rowLimit),
    protocols: protocolRows(aggregates),
    conversationCount: conversationRows(aggregates, 0).count,
    bandwidth: bandwidthRows(aggregates.bandwidth, aggregates.totals.earliest()),
    packetLengths: packetLengthRows(aggregates),
    limits: limitsReached(aggregates, before.limits.unlistedScanCount),
  }
}

function packetLengthRows({ lengths }: Aggregates): CaptureSummary['packetLengths'] {
  return LENGTH_BIN_MINS.map((minLength, bin) => ({
    minLength,
    maxLength: bin + 1 < LENGTH_BIN_MINS.length ? LENGTH_BIN_MINS[bin + 1]! - 1 : null,
    packetCount: lengths.packetCount[bin]!,
    byteCount: lengths.byteCount[bin]!,
  }))
}

function captureIdentity(
  aggregates: Aggregates,
  facts: CaptureFacts,
  rowLimit: number | null,
): CaptureIdentity {
  const { totals } = aggregates
  const first = totals.earliest()
  const last = totals.latest()
  const formats = new Set(facts.files.map((file) => file.format))
  return {
    files: facts.files,
    format: formats.size > 1 ? 'mixed' : (facts.files[0]?.format ?? 'pcap'),
    interfaceCount: facts.interfaces.length,
    interfaces: facts.interfaces.slice(0, rowLimit ?? undefined).map((each) => ({
      id: each.id,
      linkType: each.linkType,
      linkTypeName: linkTypeName(each.linkType),
      snaplen: each.snaplen,
      timestampResolution: each.timestampResolution,
      name: each.name,
      packetCount: each.packetCount,
      droppedCount: each.droppedCount,
    })),
    packetCount: totals.packetCount,
    originalByteCount: totals.originalByteCount,
    // Records too long to keep whole are skipped by their length, and were captured all the same.
    capturedByteCount: totals.capturedByteCount + facts.notes.capturedBytesNotKept,
    truncatedPacketCount: totals.truncatedPacketCount,
    firstTimestamp: first === null ? null : timestampText(first.seconds, first.nanoseconds),
    lastTimestamp: last === null ? null : timestampText(last.seconds, last.nanoseconds),
    durationSeconds:
      first === null || last === null
        ? 0
        : secondsBetween(first.seconds, first.nanoseconds, last.seconds, last.nanoseconds),
    isTimeOrdered: totals.disorderedPacketCount === 0,
    ending: facts.ending,
    issues: issueRows(aggregates, facts.notes),
    quality: captureQuality(aggregates, droppedPacketCount(facts.interfaces)),
    comments: facts.notes.comments,
    commentCount: facts.notes.commentCount,
    hardware: facts.notes.hardware,
    operatingSystem: facts.notes.operatingSystem,
    application: facts.notes.application,
  }
}

export function droppedPacketCount(interfaces: readonly CaptureInterface[]): number | null {
  let sum: number | null = null
  for (const { droppedCount } of interfaces) if (droppedCount !== null) sum = (sum ?? 0) + droppedCount
  return sum === null ? null : Math.min(sum, Number.MAX_SAFE_INTEGER)
}

function issueRows(aggregates: Aggregates, notes: CaptureNotes): CaptureIdentity['issues'] {
  const { count, firstFrame } = aggregates.packet.issues
  const decoding = DECODE_ISSUE_NAMES.map((kind, issue) => ({
    kind,
    count: count[issue]!,
    firstFrame: firstFrame[issue]!,
  })).filter((row) => row.count > 0)
  const { disorderedPacketCount, firstDisorderedFrame } = aggregates.totals
  const disorder =
    disorderedPacketCount === 0
      ? []
      : [{ kind: 'time-goes-back', count: disorderedPacketCount, firstFrame: firstDisorderedFrame }]
  return [...notes.issues, ...decoding, ...disorder].sort(
    (x, y) => y.count - x.count || (x.kind < y.kind ? -1 : 1),
  )
}

function limitsReached(aggregates: Aggregates, unlistedScanCount: number): LimitsReached {
  const { applications, conversations, hardwareClaims, hellos } = aggregates
  const { unlisted, pathSplits } = conversations
  return {
    unlistedConversationPacketCount: unlisted.packetCount,
    unlistedEndpointPacketCount: unlisted.addresses.refused[0]! + unlisted.addresses.refused[2]!,
    refusedProtocolPathCount: aggregates.packet.paths.refusedCount,
    refusedAddressCount: aggregates.addresses.refusedCount,
    refusedNameCount: applications.refusedNameCount + hellos.refusedCount,
    refusedEvidenceCount:
      hardwareClaims.refusedCount + applications.refusedEvidenceCount + pathSplits.table.refused[0]!,
    unlistedScanCount,
  }
}
