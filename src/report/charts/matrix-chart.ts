/** Who talks to whom: bytes from each of the largest addresses to each other one, as a grid. */

import type { CaptureSummary } from '../../engine/summarize/capture-summary.ts'
import { bytes, count, counted, scaled } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { chart, fitted } from './drawing.ts'

/** Addresses on each side; more and neither labels nor cells can be read. */
export const MATRIX_SIZE_MAX = 20
const LEFT = 278
const CELL = 26
const TOP = 30
/** Shades from little to much, each ten times the one before: traffic spans many powers of ten. */
const LEVEL_COUNT = 6
const LEVEL_STEP = 20

interface Matrix {
  readonly addresses: readonly string[]
  /** Row by row: bytes from the row's address to the column's. */
  readonly byteCounts: Float64Array
  readonly shownByteCount: number
}

export function matrixChart(summary: CaptureSummary): Html {
  const { addresses, byteCounts, shownByteCount } = matrixOf(summary)
  const size = addresses.length
  if (size < 2) return html`<p class="empty">Fewer than two addresses talk to each other in this capture.</p>`
  const largest = byteCounts.reduce((most, one) => Math.max(most, one), 0)
  const columnHeads = addresses.map(
    (_, i) =>
      html`<text class="middle quiet" x="${LEFT + i * CELL + CELL / 2}" y="${TOP - 9}">${i + 1}</text>`,
  )
  const rows = addresses.map((address, row) => {
    const y = TOP + row * CELL
    const cells = addresses.map((to, column) => {
      const value = byteCounts[row * size + column]!
      const place = html`x="${LEFT + column * CELL}" y="${y}" width="${CELL - 2}" height="${CELL - 2}"`
      if (value === 0) return html`<rect class="cell" ${place} />`
      return html`<rect class="cell l${levelOf(value, largest)}" ${place}
        ><title>${address} to ${to}: ${bytes(value)}</title></rect
      >`
    })
    return html`<text class="end address" x="${LEFT - 36}" y="${y + 17}"
        >${fitted(address, LEFT - 40, 6.05)}</text
      ><text class="end quiet" x="${LEFT - 12}" y="${y + 17}">${row + 1}</text>${cells}`
  })
  const height = TOP + Math.max(size * CELL, LEVEL_COUNT * LEVEL_STEP) + 2
  const label = `Who talks to whom: bytes between the ${size} largest addresses; the table of conversations holds every number`
  const listed = summary.conversations.length
  const conversations =
    listed < summary.conversationCount
      ? `the ${count(listed)} largest of ${counted(summary.conversationCount, 'conversation')}`
      : `all ${counted(listed, 'conversation')}`
  return html`<figure>
    ${chart(height, label, html`<text class="end quiet" x="${LEFT - 36}" y="${TOP - 9}">from ↓ to →</text>${columnHeads}${rows}${key(largest, size)}`)}
    <figcaption>
      Rows send, columns receive; column 1 is the address of row 1. ${counted(size, 'address', 'addresses')}
      with the most bytes of ${count(summary.endpointCount)}, from ${conversations}:
      ${scaled(shownByteCount, 'B')} of ${scaled(summary.capture.originalByteCount, 'B')}.
    </figcaption>
  </figure>`
}

/** Bytes of the listed conversations between the addresses that have the most of them, each direction by itself. */
function matrixOf({ conversations }: CaptureSummary): Matrix {
  const outer = conversations.filter(({ tunnel }) => tunnel === null)
  const totals = new Map<string, number>()
  for (const { originator, responder, byteCount } of outer) {
    totals.set(originator.address, (totals.get(originator.address) ?? 0) + byteCount)
    totals.set(responder.address, (totals.get(responder.address) ?? 0) + byteCount)
  }
  const addresses = [...totals]
    .sort(([a, most], [b, least]) => least - most || (a < b ? -1 : 1))
    .slice(0, MATRIX_SIZE_MAX)
    .map(([address]) => address)
  const places = new Map(addresses.map((address, place) => [address, place]))
  const byteCounts = new Float64Array(addresses.length ** 2)
  for (const { originator, responder, originatorByteCount, responderByteCount } of outer) {
    const from = places.get(originator.address)
    const to = places.get(responder.address)
    if (from === undefined || to === undefined) continue
    byteCounts[from * addresses.length + to]! += originatorByteCount
    byteCounts[to * addresses.length + from]! += responderByteCount
  }
  return { addresses, byteCounts, shownByteCount: byteCounts.reduce((sum, one) => sum + one, 0) }
}

/** 1 to LEVEL_COUNT: the largest value has the darkest shade, a tenth of it the next. */
function levelOf(value: number, largest: number): number {
  return Math.max(1, LEVEL_COUNT - Math.floor(Math.log10(largest / value) + 1e-9))
}

function key(largest: number, size: number): Html {
  const x = LEFT + size * CELL + 26
  const levels = Array.from({ length: LEVEL_COUNT }, (_, i) => LEVEL_COUNT - i)
  return html`${levels.map((level, i) => {
    const above = largest / 10 ** (LEVEL_COUNT - level + 1)
    const said = level === 1 ? 'less' : `> ${scaled(above, 'B')}`
    return html`<rect
        class="cell l${level}"
        x="${x - 14}"
        y="${TOP + i * LEVEL_STEP}"
        width="12"
        height="12"
      /><text class="small" x="${x + 2}" y="${TOP + 10 + i * LEVEL_STEP}">${said}</text>`
  })}`
}
