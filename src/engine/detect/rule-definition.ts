/** What every rule states about itself: its thresholds, where they come from, and what other values would do. */

export interface ThresholdDefinition {
  readonly value: number
  readonly unit: string
  /** What a higher, and what a lower value would do. */
  readonly higher: string
  readonly lower: string
  readonly source: string
}

export interface RuleDefinition {
  readonly version: number
  readonly title: string
  /** What it sees, and what fools it. */
  readonly sees: string
  readonly fooledBy: string
  /** ATT&CK technique ids (attack.mitre.org). */
  readonly attack: readonly string[]
  /** Its actors stand in the table of scanners. */
  readonly isScan: boolean
  readonly thresholds: Readonly<Record<string, ThresholdDefinition>>
}

export function threshold(
  value: number,
  unit: string,
  higher: string,
  lower: string,
  source: string,
): ThresholdDefinition {
  return { value, unit, higher, lower, source }
}
