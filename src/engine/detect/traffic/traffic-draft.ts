/** What a rule beside the scans has found, and its form as a finding. */

import type { Finding, Outcomes, Severity } from '../finding.ts'
import { portsText } from '../filters/number-ranges.ts'
import { RULES, type RuleId } from '../rules.ts'
import { ADDRESSES_MAX } from '../scan-finding.ts'

export interface TrafficDraft {
  readonly rule: RuleId
  readonly severity: Severity
  readonly confidence: number
  readonly title: string
  readonly explanation: string
  readonly actors: readonly string[]
  readonly targets: readonly string[]
  readonly ports: readonly number[]
  readonly firstTimestamp: string | null
  readonly lastTimestamp: string | null
  readonly firstFrame: number | null
  readonly firedFrame: number | null
  readonly measures: Readonly<Record<string, number | string | boolean | null>>
  readonly wireshark: string
  readonly bpf: string | null
  readonly outcomes?: Outcomes
}

const NO_OUTCOMES: Outcomes = { open: 0, refused: 0, filtered: 0, silent: 0, unknown: 0 }

export function trafficFinding(
  draft: TrafficDraft,
  captureFactor: number,
  encapsulation: string | null,
): Omit<Finding, 'id' | 'authorised'> {
  const { wireshark, bpf, targets, ports, actors, outcomes, confidence, ...rest } = draft
  return {
    ...rest,
    ruleVersion: RULES[draft.rule].version,
    technique: null,
    confidence: Math.round(Math.min(0.99, confidence * captureFactor) * 1000) / 1000,
    actors: actors.slice(0, ADDRESSES_MAX),
    targets: {
      addressCount: targets.length,
      addresses: targets.slice(0, ADDRESSES_MAX),
      portCount: ports.length,
      ports: portsText(ports),
    },
    outcomes: outcomes ?? NO_OUTCOMES,
    attack: RULES[draft.rule].attack,
    filters: {
      wireshark,
      bpf:
        bpf === null || encapsulation === null
          ? null
          : `${encapsulation}${encapsulation === '' ? bpf : `(${bpf})`}`,
    },
    evidence: null,
  }
}

/** `ip` or `ipv6`, by the text of an address. */
export function ipField(address: string): 'ip' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ip'
}
