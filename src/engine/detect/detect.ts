/** From evidence to findings: what every rule says, once, in a fixed order, the same however the capture was read. */

import { ConversationView } from '../aggregate/conversation-view.ts'
import { KeyBits, Row } from '../aggregate/conversation-row.ts'
import { encapsulationOf } from './filters/encapsulation.ts'
import { indexByHost } from './attempt-groups.ts'
import { Attempt } from './attempt-row.ts'
import { AttemptTable } from './attempt-table.ts'
import { captureConfidence } from './capture-confidence.ts'
import type { Detection } from './detection.ts'
import { dismissedSources } from './dismissed.ts'
import type { Evidence } from './evidence.ts'
import { ExplainedHosts } from './explained-hosts.ts'
import type { Finding } from './finding.ts'
import { isAuthorised } from './allow-list.ts'
import { DEFAULT_RULE_SETTINGS, type RuleSettings } from './rule-settings.ts'
import { rulesUsed } from './rules.ts'
import { scannerRows, type NamedScan } from './scanner-table.ts'
import { PROBES_MAX } from './scan-evidence.ts'
import { scanFinding } from './scan-finding.ts'
import { findScans } from './scan/scans.ts'
import type { ScanDraft } from './scan/scan-draft.ts'
import { tooShortToJudge } from './traffic/too-short.ts'
import { trafficFinding } from './traffic/traffic-draft.ts'
import { findTraffic } from './traffic/traffic.ts'
import { severityRank } from './severity.ts'

/** Probes listed in all findings together: 40 bytes each. */
const PROBES_TOTAL_MAX = 200_000

/**
 * Scans told one by one, some 10 kB each, those of the most attempts; what is beyond is counted. Higher lists more of an
 * Internet telescope's scanners and takes their memory, lower hides them sooner. All scanners count for other rules.
 */
const SCANS_LISTED_MAX = 10_000

type Unnumbered = Omit<Finding, 'id' | 'authorised'>

export function detect(evidence: Evidence, settings: RuleSettings = DEFAULT_RULE_SETTINGS): Detection {
  const { limits } = settings
  const table = new AttemptTable(evidence)
  const bySource = indexByHost(table, Attempt.source)
  const byTarget = indexByHost(table, Attempt.target)
  const factor = captureConfidence(evidence)

  const explained = new ExplainedHosts(table.hosts.count)
  const allScans = findScans(table, bySource, byTarget, limits, explained)
  const scans = largest(allScans)
  const isScanner = new Uint8Array(table.hosts.count)
  for (const { sources } of allScans) for (const source of sources) isScanner[source] = 1
  for (const { rule, attempts } of scans)
    if (rule === 'idle-scan') explained.set(table.source(attempts[0]!), 'idle-scan')
  const view = new ConversationView(evidence.conversations, evidence.addresses)
  const { drafts, tooShort } = findTraffic({ table, bySource, byTarget, limits, view, isScanner, explained })
  const probesMax = Math.max(
    20,
    Math.min(PROBES_MAX, Math.floor(PROBES_TOTAL_MAX / Math.max(1, scans.length))),
  )
  // Findings beside the scans do not keep their records: one word for the whole capture, or no BPF.
  const encapsulation = encapsulationOf(evidence, outermost(evidence))
  const found: { readonly draft: ScanDraft | null; readonly finding: Unnumbered }[] = [
    ...scans.map((draft) => {
      const all = draft.sources.length === 1 ? bySource.of(draft.sources[0]!) : null
      return { draft, finding: scanFinding(table, draft, all, factor, probesMax) }
    }),
    ...drafts.map((draft) => ({ draft: null, finding: trafficFinding(draft, factor, encapsulation) })),
  ]
  found.sort((x, y) => compareFindings(x.finding, y.finding))
  const findings: Finding[] = []
  const named: NamedScan[] = []
  found.forEach(({ draft, finding }, place) => {
    const numbered = {
      id: `F${String(place + 1)}`,
      ...finding,
      authorised: isAuthorised(finding, settings.allow),
    }
    findings.push(numbered)
    if (draft !== null) named.push({ draft, finding: numbered })
  })
  return {
    findings,
    scanners: scannerRows(table, named),
    unlistedScanCount: allScans.length - scans.length,
    dismissed: [
      ...dismissedSources(table, bySource, byTarget, isScanner, explained),
      ...tooShortToJudge(table, tooShort, limits.beacon),
    ],
    rules: rulesUsed(limits),
  }
}

function largest(scans: readonly ScanDraft[]): readonly ScanDraft[] {
  if (scans.length <= SCANS_LISTED_MAX) return scans
  const bySize = scans.toSorted((x, y) => y.attempts.length - x.attempts.length || x.fired - y.fired)
  return bySize.slice(0, SCANS_LISTED_MAX)
}

/** Records of outermost headers: tunnels are no part of what libpcap steps over. */
function* outermost({ conversations }: Evidence): Generator<number> {
  for (let row = 0; row < conversations.count; row++) {
    const key = conversations.slab(row)[conversations.at(row) + Row.key]!
    if (((key >>> KeyBits.tunnelShift) & KeyBits.tunnelMask) === 0) yield row
  }
}

/** By severity, then confidence, then first frame, then rule and actors. */
function compareFindings(x: Unnumbered, y: Unnumbered): number {
  return (
    severityRank(y.severity) - severityRank(x.severity) ||
    y.confidence - x.confidence ||
    (x.firstFrame ?? 0) - (y.firstFrame ?? 0) ||
    compareTexts(x.rule, y.rule) ||
    compareTexts(x.actors[0] ?? '', y.actors[0] ?? '')
  )
}

function compareTexts(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0
}
