/** The addresses with the most bytes, what each sent and received. */

import { scaleLinear } from 'd3-scale'
import type { CaptureSummary } from '../../engine/summarize/capture-summary.ts'
import { bytes, count, scaled } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { chart, CHART_WIDTH, coordinate, fitted, legend } from './drawing.ts'

/** Addresses drawn; the endpoint table lists more. */
export const TALKER_COUNT_MAX = 15
const LEFT = 262
const RIGHT = 196
const ROW_HEIGHT = 24

export function talkersChart(summary: CaptureSummary): Html {
  const talkers = summary.endpoints.filter(({ tunnel }) => tunnel === null).slice(0, TALKER_COUNT_MAX)
  const largest = talkers.reduce((most, { byteCount }) => Math.max(most, byteCount), 0)
  if (largest === 0) return html`<p class="empty">No packet carries an IP address.</p>`
  const length = scaleLinear()
    .domain([0, largest])
    .range([0, CHART_WIDTH - LEFT - RIGHT])
  const rows = talkers.map((talker, index) => {
    const y = index * ROW_HEIGHT
    const sent = length(talker.sentByteCount)
    const received = length(talker.receivedByteCount)
    return html`<g
      ><title>
        ${talker.address}: ${bytes(talker.sentByteCount)} sent, ${bytes(talker.receivedByteCount)} received</title
      ><text class="end address" x="${LEFT - 10}" y="${y + 16}"
        >${fitted(talker.address, LEFT - 14, 6.05)}</text
      ><rect class="s1" x="${LEFT}" y="${y + 4}" width="${coordinate(sent)}" height="16" /><rect
        class="s2"
        x="${coordinate(LEFT + sent)}"
        y="${y + 4}"
        width="${coordinate(received)}"
        height="16"
      /><text x="${coordinate(LEFT + sent + received + 8)}" y="${y + 16}"
        >${scaled(talker.sentByteCount, 'B')} ↑ ${scaled(talker.receivedByteCount, 'B')} ↓</text
      ></g
    >`
  })
  const label = 'Top talkers: bytes sent and received by address; the table of endpoints holds every number'
  return html`<figure>
    ${chart(talkers.length * ROW_HEIGHT + 2, label, rows)}
    ${legend([
      { mark: 's1', name: '↑ sent by the address' },
      { mark: 's2', name: '↓ received by it' },
    ])}
    <figcaption>
      The ${count(talkers.length)} largest of ${count(summary.endpointCount)} addresses, by original bytes of
      the frames that carry them in their outermost IP header.
    </figcaption>
  </figure>`
}
