/**
 * READ FIRST: one CaptureSummary in, one self-contained HTML page out. It needs no network, no script and no server;
 * a script, where it may run, only sorts, filters, copies and changes the theme.
 */

import type { CaptureSummary } from '../engine/summarize/capture-summary.ts'
import { type ReportContext, reportContext } from './context.ts'
import { dataIsland, type ReportOptions } from './data-island.ts'
import { probeMarks } from './charts/probe-timeline.ts'
import { pageScript } from './page-script.ts'
import { captureSection } from './sections/capture.ts'
import { dismissedSection, findingsSection, scannersSection } from './sections/findings.ts'
import { aboutSection, issuesSection, limitsSection, rulesSection } from './sections/method.ts'
import { qualitySection } from './sections/quality.ts'
import {
  applicationsSection,
  conversationsSection,
  endpointsSection,
  servicesSection,
} from './sections/rows.ts'
import type { Section } from './sections/section.ts'
import { trafficSection } from './sections/traffic.ts'
import { masthead, tiles, verdictStrip } from './sections/verdict.ts'
import { pageStyle } from './style/page-style.ts'
import { type Html, html, verbatim } from './text/html.ts'
import { hashSource } from './text/sha256.ts'

/**
 * The page as text. The same summary and options give the same bytes (with `local` times: in the same time zone).
 * Throws only what the runtime throws when the page would be longer than its longest string (half a gigabyte).
 */
export function renderReport(summary: CaptureSummary, options: ReportOptions): string {
  const context = reportContext(summary, options)
  const sections = [
    captureSection,
    qualitySection,
    trafficSection,
    scannersSection,
    findingsSection,
    dismissedSection,
    conversationsSection,
    endpointsSection,
    servicesSection,
    applicationsSection,
    issuesSection,
    limitsSection,
    rulesSection,
    aboutSection,
  ].map((make) => make(context))
  return html`<!doctype html>
    <html lang="en">
      ${head(context)}
      <body>
        ${probeMarks()} ${masthead(context)}
        <main>${verdictStrip(context)} ${tiles(context)} ${contents(sections)} ${sections.map(chapter)}</main>
        ${dataIsland({ summary, options })} ${verbatim(`<script>${pageScript}</script>`)}
      </body>
    </html> `.markup
}

/** Nothing may be loaded and nothing run but the page's own style and script, each known by its hash (CSP Level 3). */
function head({ summary }: ReportContext): Html {
  const policy = [
    `default-src 'none'`,
    `style-src ${hashSource(pageStyle)}`,
    `script-src ${hashSource(pageScript)}`,
    'img-src data:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
  const names = summary.capture.files.map(({ name }) => name.slice(0, 100)).join(', ')
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <meta name="robots" content="noindex" />
    <meta name="generator" content="${summary.tool.name} ${summary.tool.version}" />
    <title>${names} – network traffic analysis</title>
    <link rel="icon" href="data:," />
    ${verbatim(`<style>${pageStyle}</style>`)}
  </head>`
}

function contents(sections: readonly Section[]): Html {
  return html`<nav class="contents" aria-label="Contents">
    <ol>
      ${sections.map(
        ({ id, title, tally }) =>
          html`<li>
            <a href="#${id}">${title}</a>${tally !== undefined && html` <span class="figure">${tally}</span>`}
          </li> `,
      )}
    </ol>
  </nav>`
}

function chapter({ id, title, body, wide }: Section, index: number): Html {
  return html`<section
    class="${wide === true ? 'chapter wide' : 'chapter'}"
    id="${id}"
    aria-labelledby="${id}-title"
  >
    <h2 id="${id}-title"><span class="number">${index + 1}</span> ${title}</h2>
    ${body}
  </section> `
}
