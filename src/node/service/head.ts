/** The summary's head: everything a page shows at once, without the lists it asks for row by row. */

import { createHash } from 'node:crypto'
import { headRowsMax, type SummaryHead, timelineNamesMax } from '../../contract/index.ts'
import type { CaptureSummary, Finding, Severity } from '../../engine/summarize/capture-summary.ts'
import { cut } from '../rows/findings.ts'

/** Names, sums and counts of a summary, small whatever the capture holds. */
export function summaryHeadOf(summary: CaptureSummary): SummaryHead {
  const { capture, bandwidth } = summary
  const byBytes = [...summary.protocols].sort((one, other) => other.byteCount - one.byteCount)
  return {
    schema: summary.schema,
    tool: summary.tool,
    capture: {
      ...capture,
      files: capture.files.slice(0, headRowsMax),
      interfaces: capture.interfaces.slice(0, headRowsMax),
      issues: capture.issues.slice(0, headRowsMax),
      comments: capture.comments
        .slice(0, headRowsMax)
        .map((comment) => ({ ...comment, text: cut(comment.text, 500) })),
    },
    fileCount: capture.files.length,
    interfaceCount: capture.interfaceCount,
    protocols: byBytes.slice(0, headRowsMax),
    protocolCount: summary.protocols.length,
    endpointCount: summary.endpointCount,
    pairCounts: summary.pairCounts,
    conversationCount: summary.conversationCount,
    serviceCount: summary.services.length,
    packetLengths: summary.packetLengths,
    bandwidth: {
      bucketSeconds: bandwidth.bucketSeconds,
      bucketCount: bandwidth.buckets.length,
      names: bandwidth.split.names.slice(0, timelineNamesMax),
    },
    applications: Object.entries(summary.applications)
      .map(([name, facts]) => ({ name, messageCount: facts.messageCount }))
      .sort((one, other) => other.messageCount - one.messageCount),
    findingCount: summary.findingCount,
    findingCounts: countsBySeverity(summary.findings),
    authorisedFindingCount: summary.findings.filter((finding) => finding.authorised).length,
    scannerCount: summary.scanners.length,
    dismissedCount: summary.dismissed.length,
    limits: summary.limits,
    captureKey: captureKeyOf(summary),
  }
}

function countsBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { low: 0, medium: 0, high: 0, critical: 0 }
  for (const finding of findings) if (!finding.authorised) counts[finding.severity]++
  return counts
}

/** The same for the same bytes, in whatever order or under whatever name the files were opened. */
export function captureKeyOf(summary: CaptureSummary): string {
  const digests = summary.capture.files.map((file) => file.sha256).sort()
  if (digests.length === 1) return digests[0]!
  return createHash('sha256').update(digests.join('\n')).digest('hex')
}
