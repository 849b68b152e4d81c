/** The index of all rules: id, version, thresholds and their sources. `nta rules` prints it. */

import { CONVERSATION_RULES } from './conversation-rules.data.ts'
import type { RuleUse } from './finding.ts'
import { FLOOD_RULES } from './flood-rules.data.ts'
import { LOGIN_AND_NAME_RULES } from './login-and-name-rules.data.ts'
import type { RuleDefinition } from './rule-definition.ts'
import { SCAN_RULES } from './scan-rules.data.ts'

const TYPED_RULES = { ...SCAN_RULES, ...FLOOD_RULES, ...LOGIN_AND_NAME_RULES, ...CONVERSATION_RULES }

export type RuleId = keyof typeof TYPED_RULES

export const RULES: Readonly<Record<RuleId, RuleDefinition>> = TYPED_RULES
export const RULE_IDS = Object.keys(TYPED_RULES) as readonly RuleId[]

/** Every threshold by rule and name, as numbers. */
export type RuleLimits = {
  readonly [Rule in RuleId]: { readonly [Name in keyof (typeof TYPED_RULES)[Rule]['thresholds']]: number }
}

/** The thresholds as they stand in the index, with `overrides` (checked by rule-settings) on top. */
export function ruleLimits(
  overrides: Readonly<Record<string, Readonly<Record<string, number>>>> = {},
): RuleLimits {
  const limits: Record<string, Record<string, number>> = {}
  for (const id of RULE_IDS) {
    const own: Record<string, number> = {}
    for (const [name, definition] of Object.entries(RULES[id].thresholds)) {
      own[name] = overrides[id]?.[name] ?? definition.value
    }
    limits[id] = own
  }
  return limits as RuleLimits
}

/** The rules as they ran, for the summary. */
export function rulesUsed(limits: RuleLimits): RuleUse[] {
  return RULE_IDS.map((rule) => ({ rule, version: RULES[rule].version, thresholds: limits[rule] }))
}
