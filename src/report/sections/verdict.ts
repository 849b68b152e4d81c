/** The first thing a reader sees: whose capture this is, what was found in it, and how much it can be trusted. */

import type { Severity } from '../../engine/summarize/capture-summary.ts'
import type { ReportContext } from '../context.ts'
import { bytes, count, counted, duration, NO_VALUE, scaled } from '../text/figures.ts'
import { type Html, html, type Renderable } from '../text/html.ts'
import { SEVERITIES, words } from '../text/names.ts'
import { digestText } from '../text/sha256.ts'
import { cutText } from '../text/visible-text.ts'
import { findingHref } from './finding-anchor.ts'
import { reasonText, scannerSentence } from './scanner-sentence.ts'
import { severityMark } from './section.ts'

type Tone = Severity | 'clear' | 'neutral'

interface Verdict {
  readonly tone: Tone
  readonly headline: string
  readonly sentence: string
}

/** Scanners named in the strip itself; the table of scanners names all. */
const NAMED_SCANNER_COUNT_MAX = 5

export function masthead({ summary, clock, options }: ReportContext): Html {
  const { files } = summary.capture
  const [first] = files
  const title =
    files.length === 1 && first !== undefined ? cutText(first.name) : counted(files.length, 'capture')
  const identity = files.map(({ name, byteCount, sha256 }) => {
    const own = files.length === 1 ? '' : `${cutText(name)} · `
    return html`<p class="identity">
      ${own}${bytes(byteCount)} · SHA-256 <code>${digestText(sha256)}</code>
    </p>`
  })
  return html`<header class="masthead">
    <p class="kind">Network traffic analysis report</p>
    <h1>${title}</h1>
    ${identity}
    <p class="identity">
      Made by ${summary.tool.name} ${summary.tool.version} · times in
      ${clock.zoneName}${options.generatedNote !== undefined && html` · ${cutText(options.generatedNote)}`}
    </p>
  </header>`
}

export function verdictStrip(context: ReportContext): Html {
  const { tone, headline, sentence } = verdictOf(context)
  return html`<section class="verdict ${tone}" aria-labelledby="verdict">
      <h2 id="verdict">
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
          <path d="${tone === 'clear' ? CHECK : tone === 'neutral' ? DASH : WARNING}" /></svg
        >${headline}
      </h2>
      <p>${sentence}${doubt(context)}</p>
      ${severityTally(context)} ${namedScanners(context)}
    </section>
    ${damageStrip(context)}`
}

/** A verdict is worth what the capture can show: what lowers it is one click away. */
function doubt({ summary }: ReportContext): Renderable {
  const { remarks } = summary.capture.quality
  if (remarks.length === 0) return null
  const one = remarks.length === 1
  return html` <a href="#quality">${counted(remarks.length, 'property', 'properties')} of this capture</a>
    ${one ? 'lowers' : 'lower'} what can be said.`
}

const CHECK = 'M2 8.5l4 4 8-9-1.5-1.3-6.6 7.4-2.5-2.5z'
const DASH = 'M2 7h12v2H2z'
const WARNING = 'M8 1l7.5 14H0.5zM7.2 6v4.6h1.6V6zM7.2 11.6v1.6h1.6v-1.6z'

function verdictOf({ summary }: ReportContext): Verdict {
  const { scanners, dismissed, findings, capture, tool } = summary
  if (capture.packetCount === 0) {
    return { tone: 'neutral', headline: 'Nothing to judge', sentence: 'The capture holds no packets.' }
  }
  const counting = findings.filter(({ authorised }) => !authorised)
  const authorised = findings.length - counting.length
  const allowed =
    authorised === 0
      ? ''
      : ` ${counted(authorised, 'finding')} covered by an allow-list ${authorised === 1 ? 'is' : 'are'} listed and not counted.`
  const considered =
    dismissed.length === 0
      ? 'no source came near a threshold.'
      : `${counted(dismissed.length, 'source')} considered and dismissed, ${dismissed.length === 1 ? 'with the' : 'each with a'} reason.`
  const worst = SEVERITIES.find((severity) => counting.some((finding) => finding.severity === severity))
  if (scanners.length > 0) {
    const scanTone = SEVERITIES.find((severity) => scanners.some((scanner) => scanner.severity === severity))
    return {
      tone: worst ?? scanTone ?? 'low',
      headline: `${counted(scanners.length, 'source')} flagged as ${scanners.length === 1 ? 'a scanner' : 'scanners'}`,
      sentence: `${capitalised(counted(counting.length, 'finding'))} in ${counted(capture.packetCount, 'packet')}; ${considered}${allowed}`,
    }
  }
  const isPartial = capture.ending.kind !== 'complete'
  const none = isPartial ? 'No scan in the part that was read' : 'No scan found'
  if (counting.length > 0) {
    return {
      tone: worst ?? 'low',
      headline: `${none}, ${counted(counting.length, 'other finding')}`,
      sentence: `${capitalised(considered)}${allowed}`,
    }
  }
  return {
    // What was not read may hold anything: no tick for it.
    tone: isPartial ? 'neutral' : 'clear',
    headline: none,
    sentence: `None of ${counted(tool.rules.length, 'rule')} fired on ${counted(capture.packetCount, 'packet')}; ${considered}${allowed}`,
  }
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function severityTally({ summary }: ReportContext): Html {
  const counting = summary.findings.filter(({ authorised }) => !authorised)
  if (counting.length === 0) return html``
  const unlisted = summary.findingCount - summary.findings.length
  return html`<ul class="tally">
    ${SEVERITIES.map((severity) => {
      const found = counting.filter((finding) => finding.severity === severity).length
      return html`<li>${severityMark(severity)} <b>${count(found)}</b></li>`
    })}${unlisted > 0 && html`<li>${count(unlisted)} more findings not listed</li>`}
  </ul>`
}

function namedScanners({ summary, clock }: ReportContext): Renderable {
  if (summary.scanners.length === 0) return null
  const place = new Map(summary.findings.map(({ id }, index) => [id, index]))
  const rest = summary.scanners.length - NAMED_SCANNER_COUNT_MAX
  return html`<ul class="named">
    ${summary.scanners.slice(0, NAMED_SCANNER_COUNT_MAX).map((scanner) => {
      const places = scanner.findingIds.map((id) => place.get(id)).filter((at) => at !== undefined)
      const findings = places.map((at) => summary.findings[at]!)
      const reason = findings[0] === undefined ? null : reasonText(findings[0])
      return html`<li>
        ${severityMark(scanner.severity)} <b class="fixed">${cutText(scanner.address)}</b>
        ${scannerSentence(scanner, findings)} (${cutText(scanner.kinds.map(words).join(', '))}), from
        ${clock.brief(scanner.firstTimestamp)}${places.map((at) => html` · <a href="${findingHref(at)}">finding ${at + 1}</a>`)}
        ${reason !== null && html`<span class="note">Flagged because ${reason}.</span>`}
      </li>`
    })}${rest > 0 && html`<li><a href="#scanners">${count(rest)} more</a></li>`}
  </ul>`
}

/** Shown only when some of the capture could not be read: everything else is about the part before it. */
function damageStrip({ summary }: ReportContext): Html {
  const { ending } = summary.capture
  if (ending.kind === 'complete') return html``
  return html`<section class="verdict damage" aria-labelledby="damage">
    <h2 id="damage">Analysed in part: ${words(ending.kind)} at byte offset ${count(ending.byteOffset)}</h2>
    <p>
      ${cutText(ending.detail)} Every number in this report is about the
      ${counted(summary.capture.packetCount, 'packet')} before it.
    </p>
  </section>`
}

/** The totals, large. Each names what it counts. */
export function tiles({ summary }: ReportContext): Html {
  const { capture } = summary
  const rate =
    capture.durationSeconds > 0
      ? scaled((capture.originalByteCount * 8) / capture.durationSeconds, 'bit/s')
      : NO_VALUE
  const all: readonly (readonly [string, string, string])[] = [
    ['Packets', count(capture.packetCount), 'records in the capture'],
    ['On the wire', scaled(capture.originalByteCount, 'B'), bytes(capture.originalByteCount)],
    ['Duration', duration(capture.durationSeconds), 'earliest to latest packet'],
    ['Mean rate', rate, 'bits on the wire by duration'],
    ['Addresses', count(summary.endpointCount), 'IP addresses in outermost headers'],
    [
      'Conversations',
      count(summary.conversationCount),
      summary.limits.unlistedConversationPacketCount > 0
        ? 'the most that are kept; there are more'
        : 'transport conversations, both directions',
    ],
  ]
  return html`<ul class="tiles">
    ${all.map(
      ([name, value, note]) =>
        html`<li>
          <span class="tile-name">${name}</span><span class="tile-value">${value}</span
          ><span class="note">${note}</span>
        </li> `,
    )}
  </ul>`
}
