/** What rules say: findings, the table of scanners, and the sources considered and let go. */

export type Severity = 'low' | 'medium' | 'high' | 'critical'

/** Exact decimal text `seconds.nanoseconds`, nine digits, as in the capture; null when no packet carries a time. */
export type TimestampText = string | null

/** A rule as it ran: part of the report, so that it can be run again. */
export interface RuleUse {
  readonly rule: string
  readonly version: number
  readonly thresholds: Readonly<Record<string, number>>
}

export interface Outcomes {
  readonly open: number
  readonly refused: number
  readonly filtered: number
  readonly silent: number
  readonly unknown: number
}

export interface Finding {
  readonly id: string
  readonly rule: string
  readonly ruleVersion: number
  readonly technique: string | null
  readonly severity: Severity
  readonly confidence: number
  readonly title: string
  readonly explanation: string
  readonly actors: readonly string[]
  readonly targets: {
    readonly addressCount: number
    readonly addresses: readonly string[]
    readonly portCount: number
    /** Ranges, such as 21-25,80,443. */
    readonly ports: string
  }
  readonly firstTimestamp: TimestampText
  readonly lastTimestamp: TimestampText
  readonly firstFrame: number | null
  readonly firedFrame: number | null
  readonly outcomes: Outcomes
  /** Measured values beside the thresholds they were held against. */
  readonly measures: Readonly<Record<string, number | string | boolean | null>>
  readonly attack: readonly string[]
  readonly filters: { readonly wireshark: string; readonly bpf: string | null }
  /** An allow-list entry covers it: shown, not hidden, and never counted as flagged. */
  readonly authorised: boolean
  /** What the scanner learned, what it did next, which tool its probes are consistent with; scans only. */
  readonly evidence: FindingEvidence | null
}

export interface FindingEvidence {
  readonly learned: readonly {
    readonly target: string
    readonly open: string
    readonly refused: string
    readonly filtered: string
    readonly silent: string
  }[]
  readonly next: readonly {
    readonly target: string
    readonly port: number
    readonly protocol: string
    readonly firstFrame: number
    readonly originatorByteCount: number
    readonly responderByteCount: number
  }[]
  readonly toolHint: string | null
  /** Up to 2,000 probes: [seconds since firstTimestamp, target index in targets.addresses or -1, port, outcome 0-4, frame]. */
  readonly probes: readonly (readonly [number, number, number, number, number])[]
  readonly probeCount: number
}

export interface ScannerRow {
  readonly address: string
  readonly kinds: readonly string[]
  readonly techniques: readonly string[]
  readonly severity: Severity
  readonly confidence: number
  readonly targetCount: number
  readonly portCount: number
  readonly attemptCount: number
  readonly outcomes: Outcomes
  readonly firstTimestamp: TimestampText
  readonly lastTimestamp: TimestampText
  readonly findingIds: readonly string[]
}

export interface DismissedRow {
  readonly address: string
  readonly reason: string
  readonly explanation: string
  readonly measures: Readonly<Record<string, number | string | boolean | null>>
}
