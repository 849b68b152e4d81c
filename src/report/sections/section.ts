/** One numbered chapter of the report, and the small forms chapters are made of. */

import type { Severity } from '../../engine/summarize/capture-summary.ts'
import { type Html, html, type Renderable } from '../text/html.ts'

export interface Section {
  /** Lower-case word, the chapter's anchor. */
  readonly id: string
  readonly title: string
  /** Behind the title in the contents: how many there are. */
  readonly tally?: string
  /** Its table has so many columns that paper is turned on its side. */
  readonly wide?: boolean
  readonly body: Renderable
}

/** A value with its name, and where it needs one, its definition. */
export interface Fact {
  readonly name: string
  readonly value: Renderable
  readonly note?: Renderable
}

export function factList(facts: readonly (Fact | false)[]): Html {
  const stated = facts.filter((fact) => fact !== false)
  return html`<dl class="facts">
    ${stated.map(
      ({ name, value, note }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}${note !== undefined && html`<span class="note">${note}</span>`}</dd>
        </div> `,
    )}
  </dl>`
}

/** A paragraph that says what the numbers below it mean. */
export function explanation(text: Renderable): Html {
  return html`<p class="note">${text}</p>`
}

/** Every severity has a shape and a word as well as a colour. */
export function severityMark(severity: Severity): Html {
  return html`<span class="severity ${severity}"
    ><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${SEVERITY_SHAPES[severity]}" /></svg
    >${severity}</span
  >`
}

/** Octagon, triangle, diamond, disc. */
const SEVERITY_SHAPES: Readonly<Record<Severity, string>> = {
  critical: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  high: 'M8 1l7.5 14H0.5z',
  medium: 'M8 0.5L15.5 8 8 15.5 0.5 8z',
  low: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z',
}

/** Text to copy, such as a filter: selected whole by one click, and by a button where scripts run. */
export function codeBox(name: string, code: string): Html {
  return html`<div class="code"><span class="code-name">${name}</span><code>${code}</code></div>`
}
