/** What a rule measured beside what it asks for. */

import type { Finding, ToolSummary } from '../../engine/summarize/capture-summary.ts'
import { decimal, NO_VALUE, percent } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { measureNames } from '../text/measure-names.data.ts'
import { fieldHeading, unitOf, words } from '../text/names.ts'
import { cutText } from '../text/visible-text.ts'

export type Measure = number | string | boolean | null

interface Held {
  readonly name: string
  readonly label: string
  readonly value: Measure
  /** With its direction: `≥ 15`. */
  readonly threshold: string | undefined
}

/** `portCount` is held against `portCountMin`, `portCountMax` or `portCountThreshold`. */
const thresholdEnding = /(Min|Max|Threshold|Limit)$/

/** A small table: each measure, its value, and the threshold of that name among the measures or the rule's own. */
export function measureTable({ measures, rule }: Finding, rules: ToolSummary['rules']): Html {
  const thresholds = rules.find((one) => one.rule === rule)?.thresholds ?? {}
  const held = pairs(measures, thresholds)
  if (held.length === 0) return html``
  return html`<table class="data small n2 n3">
    <caption class="unseen">
      Measured and thresholds
    </caption>
    <thead>
      <tr>
        <th scope="col">Measure</th>
        <th scope="col">Measured</th>
        <th scope="col">Threshold</th>
      </tr>
    </thead>
    <tbody>
      ${held.map(
        ({ name, label, value, threshold }) =>
          html`<tr>
            <td>${label}</td>
            <td>${measureText(name, value)}</td>
            <td>${threshold === undefined ? NO_VALUE : threshold}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function pairs(measures: Finding['measures'], own: Readonly<Record<string, number>>): Held[] {
  const thresholds = new Map<string, string>()
  for (const [name, value] of [...Object.entries(own), ...Object.entries(measures)]) {
    const ending = thresholdEnding.exec(name)?.[1]
    const isMeasure = ending === undefined && Object.hasOwn(measures, name) && measures[name] === value
    if (isMeasure) continue
    const direction = ending === 'Min' ? '≥ ' : ending === 'Max' ? '≤ ' : ''
    thresholds.set(name.replace(thresholdEnding, ''), `${direction}${measureText(name, value)}`)
  }
  const isThresholdOfAnother = (name: string) =>
    thresholdEnding.test(name) && Object.hasOwn(measures, name.replace(thresholdEnding, ''))
  const others = Object.entries(measures)
    .filter(
      ([name]) => !isThresholdOfAnother(name) && !(firing(measures) !== null && firingFields.includes(name)),
    )
    .map(([name, value]) => ({ name, label: labelOf(name), value, threshold: thresholds.get(name) }))
  const fired = firing(measures)
  return fired === null ? others : [fired, ...others]
}

const firingFields = ['firedBy', 'measured', 'threshold']

/** Rules with several thresholds say which one fired: that is one row, and the first. */
function firing({ firedBy, measured, threshold }: Finding['measures']): Held | null {
  if (typeof firedBy !== 'string' || measured === undefined || threshold === undefined) return null
  return {
    name: firedBy,
    label: `${labelOf(firedBy)}, when the rule fired`,
    value: measured,
    threshold: `≥ ${measureText(firedBy, threshold)}`,
  }
}

function labelOf(name: string): string {
  return measureNames.get(name) ?? fieldHeading(name)
}

/** A measure in words with its unit. */
export function measureText(name: string, value: Measure): string {
  if (value === null) return NO_VALUE
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return cutText(value)
  const bare = name.replace(thresholdEnding, '')
  if (/share$/i.test(bare) && value >= 0 && value <= 1) return percent(value, 1)
  const unit = unitOf(bare)
  return unit === '' ? decimal(value) : `${decimal(value)} ${unit}`
}

/** Measures in one line: `port count 17, target count 1`. */
export function measureLine(measures: Readonly<Record<string, Measure>>): string {
  const named = Object.entries(measures).map(([name, value]) => `${words(name)} ${measureText(name, value)}`)
  return named.length === 0 ? NO_VALUE : cutText(named.join(', '))
}
