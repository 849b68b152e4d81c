/**
 * The whole summary inside the page, as JSON in an element no browser runs, so that a report can be read back and
 * checked against its capture (WHATWG HTML 4.12.1, data blocks).
 */

import type { CaptureSummary } from '../engine/summarize/capture-summary.ts'
import { type Html, html, verbatim } from './text/html.ts'
import type { TimeZone } from './text/moment.ts'
import { sha256Hex } from './text/sha256.ts'

/** The options a page was made with, kept beside its data so that the page can be made again. */
export interface ReportOptions {
  /** Zone of every printed time. `local` is the machine's, so only `utc` gives the same bytes everywhere. */
  readonly timeZone: TimeZone
  /** One line the caller wants printed, such as who made the report and when; the page has no clock of its own. */
  readonly generatedNote?: string
}

/** What a report holds besides what it shows. */
export interface ReportData {
  readonly summary: CaptureSummary
  readonly options: ReportOptions
}

const OPENING = '<script type="application/json" id="nta-report">'
const CLOSING = '</script>'

/** The characters that could end the element or, unescaped, show the source of the page wrongly in an editor. */
const risky = /[<>&]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu

/** The element. Every `<`, `>` and `&` and every unseen character is a `\uXXXX` of JSON. */
export function dataIsland(data: ReportData): Html {
  return html`${verbatim(OPENING)}${verbatim(islandText(data))}${verbatim(CLOSING)}`
}

function islandText(data: ReportData): string {
  return JSON.stringify(data).replace(risky, (character) => {
    let escaped = ''
    for (let i = 0; i < character.length; i++) {
      escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`
    }
    return escaped
  })
}

/** What a page holds; null when it is no report, or its data is no JSON any more. Checks no more than that. */
export function readDataIsland(page: string): unknown {
  // Packet text is escaped everywhere, so the first such element is ours.
  const start = page.indexOf(OPENING)
  if (start === -1) return null
  const end = page.indexOf(CLOSING, start)
  if (end === -1) return null
  try {
    return JSON.parse(page.slice(start + OPENING.length, end))
  } catch {
    return null
  }
}

/** SHA-256 of the summary's JSON: two analyses agree when these 64 digits do. */
export function summaryDigest(summary: CaptureSummary): string {
  return sha256Hex(JSON.stringify(summary))
}
