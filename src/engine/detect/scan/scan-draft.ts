/** What a scan rule has found, before it is put into words. */

import type { RuleId } from '../rules.ts'

export interface ScanDraft {
  readonly rule: RuleId
  readonly sources: readonly number[]
  /** Evidence in the order of time. */
  readonly attempts: Int32Array
  /** The attempt at which the rule fired. */
  readonly fired: number
  readonly because: string
  readonly measures: Readonly<Record<string, number | string | boolean | null>>
  /** Below 1 where the rule itself is less sure than its evidence. */
  readonly certainty: number
}
