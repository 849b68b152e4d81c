/** What every chart shares: its frame, its scales' marks and the numbers inside SVG (SVG 2, W3C). */

import { type Html, html, type Renderable } from '../text/html.ts'

/** User units across every chart; the page scales them, so that labels stay readable on paper and on a screen. */
export const CHART_WIDTH = 900

/** A coordinate with one decimal: more adds bytes, not sight. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** A chart as an image with a name; `label` says in words what it shows. */
export function chart(height: number, label: string, content: Renderable): Html {
  return html`<div class="chart scroll" role="region" tabindex="0" aria-label="${label}">
    <svg viewBox="0 0 ${CHART_WIDTH} ${Math.ceil(height)}" role="img" aria-label="${label}">${content}</svg>
  </div>`
}

/** A swatch, its name and its number, in a list under the chart. */
export function legend(items: readonly { mark: string; name: Renderable; figure?: Renderable }[]): Html {
  return html`<ul class="legend">
    ${items.map(
      ({ mark, name, figure }) =>
        html`<li>
          <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">
            <rect class="${mark}" width="12" height="12" rx="2" /></svg
          ><span>${name}</span><span class="figure">${figure}</span>
        </li>`,
    )}
  </ul>`
}

/** Classes of the colours of series: six from Okabe and Ito's palette, then grey for all that is left. */
export const SERIES_MARKS = ['s1', 's2', 's3', 's4', 's5', 's6'] as const
export const REST_MARK = 's0'

/**
 * A label at most `width` user units long, cut with an ellipsis. Font metrics are not known here: `unitsPerCharacter`
 * is the advance of a wide letter at the size of chart labels.
 */
export function fitted(text: string, width: number, unitsPerCharacter = 6.6): string {
  const fits = Math.floor(width / unitsPerCharacter)
  if (text.length <= fits) return text
  return fits < 3 ? '' : `${text.slice(0, fits - 1)}…`
}
