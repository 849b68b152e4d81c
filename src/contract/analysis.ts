/** One analysis as a page sees it: what it asks for, the events while the capture is read, the head it ends with. */

import type { CaptureSummary } from '../engine/summarize/capture-summary.ts'
import {
  type Checked,
  dictionary,
  flag,
  integer,
  list,
  nullable,
  number,
  oneOf,
  openRecord,
  rowOf,
  record,
  tagged,
  text,
} from './check.ts'
import { hostErrorForm } from './outcome.ts'
import {
  commentRow,
  fileRow,
  interfaceRow,
  issueRow,
  packetLengthRow,
  protocolRow,
  severity,
} from './summary-rows.ts'

const count = integer()

export const progress = record({
  /** `reading` the capture, then `finishing`: detecting, sorting, summarising. */
  phase: oneOf(['reading', 'finishing']),
  bytesRead: count,
  /** Of the files on disk, compressed where they are. */
  bytesTotal: count,
  packetCount: count,
  packetsPerSecond: number(0),
  bytesPerSecond: number(0),
  /** Null while there is too little to tell from. */
  secondsLeft: nullable(number(0)),
})
export type Progress = Checked<typeof progress>

const thresholds = dictionary(dictionary(number(), 50), 100)

/** How many protocol nodes, interfaces and comments the head carries; tables give the rest. */
export const headRowsMax = 300

/** The summary without its long lists. Those are asked for as windows of rows, a timeline or a matrix. */
export interface SummaryHead {
  readonly schema: CaptureSummary['schema']
  readonly tool: CaptureSummary['tool']
  /** As in the summary, with at most `headRowsMax` interfaces, comments and issues. */
  readonly capture: CaptureSummary['capture']
  readonly fileCount: number
  readonly interfaceCount: number
  /** Nodes of the hierarchy, at most `headRowsMax`, those with most bytes first. */
  readonly protocols: CaptureSummary['protocols']
  readonly protocolCount: number
  readonly endpointCount: number
  readonly pairCounts: CaptureSummary['pairCounts']
  readonly conversationCount: number
  readonly serviceCount: number
  readonly packetLengths: CaptureSummary['packetLengths']
  readonly bandwidth: {
    readonly bucketSeconds: number
    readonly bucketCount: number
    readonly names: readonly string[]
  }
  /** Messages understood, per application. */
  readonly applications: readonly { readonly name: string; readonly messageCount: number }[]
  readonly findingCount: number
  /** Findings that no allow-list entry covers, by severity. */
  readonly findingCounts: Readonly<Record<'low' | 'medium' | 'high' | 'critical', number>>
  readonly authorisedFindingCount: number
  readonly scannerCount: number
  readonly dismissedCount: number
  readonly limits: CaptureSummary['limits']
  /** Names the capture whatever its files are called: notes on findings are kept under it. */
  readonly captureKey: string
}

export const summaryHead = rowOf<SummaryHead>({
  schema: oneOf(['nta.summary/1']),
  tool: openRecord({
    name: text(100),
    version: text(100),
    rules: list(openRecord({ rule: text(100), version: count, thresholds: dictionary(number(), 50) }), 100),
  }),
  capture: rowOf<CaptureSummary['capture']>({
    files: list(fileRow, headRowsMax),
    format: oneOf(['pcap', 'pcapng', 'mixed']),
    interfaceCount: count,
    interfaces: list(interfaceRow, headRowsMax),
    packetCount: count,
    originalByteCount: count,
    capturedByteCount: count,
    truncatedPacketCount: count,
    firstTimestamp: nullable(text(60)),
    lastTimestamp: nullable(text(60)),
    durationSeconds: number(),
    isTimeOrdered: flag,
    ending: openRecord({ kind: text(100), byteOffset: count, detail: text(2000) }),
    issues: list(issueRow, headRowsMax),
    quality: rowOf<CaptureSummary['capture']['quality']>({
      oneWayShare: nullable(number(0, 1)),
      midstreamConversationCount: count,
      tcpConversationCount: count,
      truncatedShare: nullable(number(0, 1)),
      droppedPacketCount: nullable(count),
      disorderedPacketCount: count,
      zeroFilledTailCount: count,
      untimedPacketCount: count,
      remarks: list(text(1000), 100),
    }),
    comments: list(commentRow, headRowsMax),
    commentCount: count,
    hardware: nullable(text(4096)),
    operatingSystem: nullable(text(4096)),
    application: nullable(text(4096)),
  }),
  fileCount: count,
  interfaceCount: count,
  protocols: list(protocolRow, headRowsMax),
  protocolCount: count,
  endpointCount: count,
  pairCounts: openRecord({ ipv4: count, ipv6: count, tcp: count, udp: count }),
  conversationCount: count,
  serviceCount: count,
  packetLengths: list(packetLengthRow, 100),
  bandwidth: openRecord({ bucketSeconds: number(0), bucketCount: count, names: list(text(300), 100) }),
  applications: list(openRecord({ name: text(300), messageCount: count }), 1000),
  findingCount: count,
  findingCounts: openRecord({ low: count, medium: count, high: count, critical: count }),
  authorisedFindingCount: count,
  scannerCount: count,
  dismissedCount: count,
  limits: rowOf<CaptureSummary['limits']>({
    unlistedConversationPacketCount: count,
    unlistedEndpointPacketCount: count,
    refusedProtocolPathCount: count,
    refusedAddressCount: count,
    refusedNameCount: count,
    refusedEvidenceCount: count,
    unlistedScanCount: count,
  }),
  captureKey: text(200),
})

/** How much of the capture a result covers. */
export const coverage = record({
  isComplete: flag,
  packetCount: count,
  bytesRead: count,
  bytesTotal: count,
  /** Why it is not complete: the person cancelled it, the analyzer failed, or it is still being read. */
  reason: oneOf(['complete', 'still-reading', 'cancelled', 'interrupted']),
})
export type Coverage = Checked<typeof coverage>

export const analyzeRequest = record({ analysisId: text(100) })

/** `held`: the system has stopped the analyzer process; `silent`: it runs, and nothing comes of it. */
const standstill = oneOf(['held', 'silent'])
export type Standstill = Checked<typeof standstill>

export const analyzeEvent = tagged('kind', {
  progress: record({ progress }),
  /** What is known so far; tables answer from it until the next one. */
  partial: record({ head: summaryHead, coverage }),
  /** Reading makes no progress, or does again (null). */
  standstill: record({ standstill: nullable(standstill) }),
})
export type AnalyzeEvent = Checked<typeof analyzeEvent>

/**
 * How an analysis ends. An interrupted one is still a result when there was a partial one: `interruption` says
 * what happened and `coverage` how far it got. Without any result the call's outcome is the error itself.
 */
export const analysisEnd = record({
  head: summaryHead,
  coverage,
  interruption: nullable(hostErrorForm),
})
export type AnalysisEnd = Checked<typeof analysisEnd>

export const whatIfRequest = record({
  analysisId: text(100),
  /** Thresholds that differ from those of the run, per rule. */
  thresholds,
  /** Also count the flagged sources at each of these values of one threshold. */
  curve: nullable(record({ rule: text(100), threshold: text(100), values: list(number(), 60) })),
})
export type WhatIfRequest = Checked<typeof whatIfRequest>

export const whatIf = record({
  /** Every source flagged under the given thresholds or under those of the run, most severe first, at most 500. */
  sources: list(
    record({
      address: text(200),
      kinds: list(text(100), 64),
      severity,
      isFlagged: flag,
      wasFlagged: flag,
    }),
    500,
  ),
  flaggedCount: count,
  addedCount: count,
  removedCount: count,
  curve: nullable(list(record({ value: number(), flaggedCount: count }), 60)),
})
export type WhatIf = Checked<typeof whatIf>

/** One rule and what can be set about it. */
export const ruleInfo = record({
  rule: text(100),
  version: count,
  title: text(300),
  /** What it sees, and what fools it. */
  sees: text(4000),
  fooledBy: text(4000),
  /** ATT&CK technique ids. */
  attack: list(text(100), 50),
  isScan: flag,
  thresholds: list(
    record({
      name: text(100),
      /** The default. */
      value: number(),
      unit: text(300),
      /** What a higher, and what a lower value would do. */
      higher: text(2000),
      lower: text(2000),
      source: text(2000),
    }),
    50,
  ),
})
export type RuleInfo = Checked<typeof ruleInfo>
