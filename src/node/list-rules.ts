/** Every rule as data: what `nta rules` prints and the settings page shows. */

import { RULE_IDS, RULES } from '../engine/index.ts'

export interface ListedRule {
  readonly rule: string
  readonly version: number
  readonly title: string
  readonly sees: string
  readonly fooledBy: string
  readonly attack: readonly string[]
  readonly isScan: boolean
  readonly thresholds: readonly {
    readonly name: string
    readonly value: number
    readonly unit: string
    readonly higher: string
    readonly lower: string
    readonly source: string
  }[]
}

export function listRules(): ListedRule[] {
  return RULE_IDS.map((rule) => {
    const { thresholds, ...definition } = RULES[rule]
    return {
      rule,
      ...definition,
      thresholds: Object.entries(thresholds).map(([name, threshold]) => ({ name, ...threshold })),
    }
  })
}
