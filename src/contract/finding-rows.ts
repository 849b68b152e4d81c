/** Findings as tables list them (without evidence), and the evidence one finding opens with. */

import type { Finding, ScannerRow } from '../engine/summarize/capture-summary.ts'
import {
  type Checked,
  flag,
  integer,
  list,
  nullable,
  number,
  openRecord,
  rowOf,
  record,
  text,
  tuple,
} from './check.ts'
import { measures, outcomes, scannerFields, severity } from './summary-rows.ts'

const count = integer()
const timestamp = nullable(text(60))

/** How many of a long list one message carries; the counts beside a list always count everything. */
export const listedMax = 500

const findingFields = {
  id: text(200),
  rule: text(100),
  ruleVersion: count,
  technique: nullable(text(200)),
  severity,
  confidence: number(0, 1),
  title: text(1000),
  explanation: text(4000),
  actors: list(text(200), listedMax),
  targets: openRecord({
    addressCount: count,
    addresses: list(text(200), listedMax),
    portCount: count,
    ports: text(4000),
  }),
  firstTimestamp: timestamp,
  lastTimestamp: timestamp,
  firstFrame: nullable(count),
  firedFrame: nullable(count),
  outcomes,
  measures,
  attack: list(text(100), 50),
  filters: openRecord({ wireshark: text(8000), bpf: nullable(text(8000)) }),
  authorised: flag,
} as const

/** A finding without its evidence. Long lists and texts are cut to what a table shows; `hasEvidence` says there is more. */
export type FindingRow = Omit<Finding, 'evidence'> & { readonly hasEvidence: boolean }

export const findingRow = rowOf<FindingRow>({ ...findingFields, hasEvidence: flag })

/** A scanner as a table lists it: with the targets and ports of its findings in words. */
export type ListedScanner = ScannerRow & { readonly targets: string; readonly ports: string }

export const listedScanner = rowOf<ListedScanner>({ ...scannerFields, targets: text(300), ports: text(300) })

const learnedRow = openRecord({
  target: text(200),
  open: text(4000),
  refused: text(4000),
  filtered: text(4000),
  silent: text(4000),
})

const nextRow = openRecord({
  target: text(200),
  port: integer(0, 65535),
  protocol: text(100),
  firstFrame: count,
  originatorByteCount: count,
  responderByteCount: count,
})

/** Seconds since the capture's first timestamp, index into the finding's `targets.addresses` or -1, port, outcome, frame. */
export const probe = tuple(number(), integer(-1), integer(-1, 65535), integer(0, 4), count)

/** What the fourth number of a probe means. */
export const probeOutcomes = ['open', 'refused', 'filtered', 'silent', 'unknown'] as const

export const evidence = record({
  finding: findingRow,
  /** Up to 2,000 probes in order of time; `probeCount` counts all. */
  probes: list(probe, 2000),
  probeCount: count,
  /** The measure that `firedBy` names after each of `probes`, same length; null when it is no count of probes. */
  scores: nullable(list(number(), 2000)),
  /** The score at which the rule fires; null when there is none. */
  scoreThreshold: nullable(number()),
  learned: list(learnedRow, listedMax),
  learnedCount: count,
  next: list(nextRow, listedMax),
  nextCount: count,
  toolHint: nullable(text(500)),
})

export type Evidence = Checked<typeof evidence>
