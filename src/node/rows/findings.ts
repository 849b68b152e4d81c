/** Tables of findings, flagged scanners and dismissed sources, and what the traffic filter means for them. */

import {
  type FilterChip,
  type FindingRow,
  type ListedScanner,
  listedMax,
  severities,
  targetsText,
  type TrafficFilter,
} from '../../contract/index.ts'
import type {
  DismissedRow,
  Finding,
  ScannerRow,
  Severity,
  TimestampText,
} from '../../engine/summarize/capture-summary.ts'
import { addressList, addressBlock, isInBlock } from './address.ts'
import { hasFlaggedPort, portFlags } from './chips.ts'
import { columnTable, GrowingPool } from './columns.ts'
import type { RowMask } from './mask.ts'
import { secondsSince } from './time.ts'
import type { FilterableTable } from './view.ts'

/** What one row says of each part of the filter; undefined where it says nothing. */
interface Facts {
  readonly addresses?: readonly string[]
  readonly originators?: readonly string[]
  readonly responders?: readonly string[]
  readonly ports?: string
  readonly rules?: readonly string[]
  readonly techniques?: readonly string[]
  readonly severity?: Severity
  readonly span?: readonly [number | null, number | null]
}

const severityRank = (severity: Severity): number => severities.indexOf(severity)
const pooled = <Row>(of: (row: Row) => string | null) => ({ pool: new GrowingPool(), of })
const techniquesOf = (technique: string | null): readonly string[] => technique?.split('+') ?? []

/** A finding as a table lists it: long lists cut, evidence left behind. */
export function findingRowOf(finding: Finding): FindingRow {
  const { evidence, ...rest } = finding
  return {
    ...rest,
    title: cut(rest.title, 1000),
    explanation: cut(rest.explanation, 4000),
    actors: rest.actors.slice(0, listedMax),
    targets: listedTargets(rest),
    attack: rest.attack.slice(0, 50),
    // A filter that was cut would select something else: better none.
    filters: {
      wireshark: rest.filters.wireshark.length > 8000 ? '' : rest.filters.wireshark,
      bpf: rest.filters.bpf !== null && rest.filters.bpf.length > 8000 ? null : rest.filters.bpf,
    },
    hasEvidence: evidence !== null,
  }
}

function listedTargets({ targets }: Pick<Finding, 'targets'>): FindingRow['targets'] {
  return {
    ...targets,
    addresses: targets.addresses.slice(0, listedMax),
    ports: cut(targets.ports, 4000),
  }
}

/** Text of at most `lengthMax`, with an ellipsis where something was left out. */
export function cut(text: string, lengthMax: number): string {
  return text.length <= lengthMax ? text : `${text.slice(0, lengthMax - 1)}…`
}

export function findingTable(
  findings: readonly Finding[],
  first: TimestampText,
): FilterableTable<FindingRow> {
  const since = secondsSince(first)
  const columns = columnTable(findings, {
    texts: {
      rule: pooled((row) => row.rule),
      technique: pooled((row) => row.technique),
      title: pooled((row) => row.title),
      actor: pooled((row) => row.actors.slice(0, 20).join(' ')),
      target: pooled((row) => targetsText(listedTargets(row))),
    },
    numbers: {
      severity: (row) => severityRank(row.severity),
      confidence: (row) => row.confidence,
      addressCount: (row) => row.targets.addressCount,
      portCount: (row) => row.targets.portCount,
      firstSeconds: (row) => since(row.firstTimestamp),
      lastSeconds: (row) => since(row.lastTimestamp),
      firstFrame: (row) => row.firstFrame,
    },
    summed: [],
  })
  const facts = (row: number): Facts => {
    const finding = findings[row]!
    return {
      addresses: [...finding.actors, ...finding.targets.addresses],
      originators: finding.actors,
      responders: finding.targets.addresses,
      ports: finding.targets.ports,
      rules: [finding.rule],
      techniques: techniquesOf(finding.technique),
      severity: finding.severity,
      span: [since(finding.firstTimestamp), since(finding.lastTimestamp)],
    }
  }
  return {
    columns: { ...columns, row: (index) => findingRowOf(findings[index]!) },
    basis: 'capture',
    applyTraffic: (mask, filter) => applyToFacts(mask, facts, filter),
  }
}

export function scannerTable(
  scanners: readonly ScannerRow[],
  findings: readonly Finding[],
  first: TimestampText,
): FilterableTable<ListedScanner> {
  const since = secondsSince(first)
  const findingsById = new Map(findings.map((finding) => [finding.id, finding]))
  const findingsOf = ({ findingIds }: ScannerRow): Finding[] =>
    findingIds.map((id) => findingsById.get(id)).filter((finding) => finding !== undefined)
  const targetsOf = (row: ScannerRow): string => {
    const addresses = [...new Set(findingsOf(row).flatMap(({ targets }) => targets.addresses))]
    return cut(targetsText({ addresses, addressCount: Math.max(row.targetCount, addresses.length) }), 300)
  }
  const portsOf = (row: ScannerRow): string =>
    cut([...new Set(findingsOf(row).map(({ targets }) => targets.ports))].filter(Boolean).join(', '), 300)
  const columns = columnTable(scanners, {
    texts: {
      address: pooled((row) => row.address),
      kinds: pooled((row) => row.kinds.join(' ')),
      techniques: pooled((row) => row.techniques.join(' ')),
      targets: pooled(targetsOf),
      ports: pooled(portsOf),
    },
    numbers: {
      severity: (row) => severityRank(row.severity),
      confidence: (row) => row.confidence,
      targetCount: (row) => row.targetCount,
      portCount: (row) => row.portCount,
      attemptCount: (row) => row.attemptCount,
      open: (row) => row.outcomes.open,
      refused: (row) => row.outcomes.refused,
      filtered: (row) => row.outcomes.filtered,
      silent: (row) => row.outcomes.silent,
      unknown: (row) => row.outcomes.unknown,
      firstSeconds: (row) => since(row.firstTimestamp),
      lastSeconds: (row) => since(row.lastTimestamp),
    },
    summed: ['attemptCount', 'open', 'refused', 'filtered', 'silent', 'unknown'],
  })
  const facts = (row: number): Facts => {
    const scanner = scanners[row]!
    const own = findingsOf(scanner)
    const targets = own.flatMap((finding) => finding.targets.addresses)
    return {
      addresses: [scanner.address, ...targets],
      originators: [scanner.address],
      responders: targets,
      ports: own.map((finding) => finding.targets.ports).join(','),
      rules: scanner.kinds,
      techniques: scanner.techniques.flatMap(techniquesOf),
      severity: scanner.severity,
      span: [since(scanner.firstTimestamp), since(scanner.lastTimestamp)],
    }
  }
  const row = (index: number): ListedScanner => {
    const scanner = scanners[index]!
    return { ...scanner, targets: targetsOf(scanner), ports: portsOf(scanner) }
  }
  return {
    columns: { ...columns, row },
    basis: 'capture',
    applyTraffic: (mask, filter) => applyToFacts(mask, facts, filter),
  }
}

export function dismissedTable(rows: readonly DismissedRow[]): FilterableTable<DismissedRow> {
  const columns = columnTable(rows, {
    texts: {
      address: pooled((row) => row.address),
      reason: pooled((row) => row.reason),
      explanation: pooled((row) => row.explanation),
    },
    numbers: {},
    summed: [],
  })
  const facts = (row: number): Facts => ({
    addresses: [rows[row]!.address],
    originators: [rows[row]!.address],
  })
  return { columns, basis: 'capture', applyTraffic: (mask, filter) => applyToFacts(mask, facts, filter) }
}

function applyToFacts(
  mask: RowMask,
  facts: (row: number) => Facts,
  filter: TrafficFilter,
): readonly string[] {
  const chips = filter.chips.filter((chip) => chip.values.length > 0)
  const ignored = new Set<string>()
  for (let row = 0; row < mask.length; row++) {
    const known = facts(row)
    if (filter.time !== null) {
      if (known.span === undefined) ignored.add('time')
      else if (!overlaps(known.span, filter.time.startSeconds, filter.time.endSeconds)) mask[row] = 0
    }
    for (const chip of chips) {
      const holds = chipHolds(chip, known)
      if (holds === null) ignored.add(chip.field)
      else if (holds === (chip.mode === 'exclude')) mask[row] = 0
    }
  }
  return [...ignored]
}

function overlaps(span: readonly [number | null, number | null], start: number, end: number): boolean {
  const [first, last] = span
  return first !== null && first <= end && (last ?? first) >= start
}

/** Null when the row says nothing of the chip's field. */
function chipHolds(chip: FilterChip, facts: Facts): boolean | null {
  switch (chip.field) {
    case 'address':
      return namesAddress(chip, facts.addresses)
    case 'originator':
      return namesAddress(chip, facts.originators)
    case 'responder':
      return namesAddress(chip, facts.responders)
    case 'port':
      return facts.ports === undefined ? null : hasFlaggedPort(portFlags(chip), facts.ports)
    case 'rule':
      return namesWord(chip, facts.rules)
    case 'technique':
      return namesWord(chip, facts.techniques)
    case 'severity':
      return namesWord(chip, facts.severity === undefined ? undefined : [facts.severity])
    default:
      return null
  }
}

function namesWord(chip: FilterChip, words: readonly string[] | undefined): boolean | null {
  if (words === undefined) return null
  const wanted = new Set(chip.values.map((value) => value.trim().toLowerCase()))
  return words.some((word) => wanted.has(word.toLowerCase()))
}

function namesAddress(chip: FilterChip, texts: readonly string[] | undefined): boolean | null {
  if (texts === undefined) return null
  if (namesWord(chip, texts) === true) return true
  const blocks = chip.values.map((value) => addressBlock(value)).filter((block) => block !== null)
  const addresses = addressList(texts)
  return texts.some((_, place) => blocks.some((block) => isInBlock(addresses, place, block)))
}
