/**
 * Every output of hostile captures under fuzzing: the report has the tags and attributes of its own templates and no others,
 * a terminal gets no control or direction character, a spreadsheet no formula, and JSON reads back as what was written.
 */

import { terminalPage } from '../../src/cli/terminal-page.ts'
import { csvTables } from '../../src/node/outputs/export-csv-tables.ts'
import { renderReport } from '../../src/report/render-report.ts'
import type { CaptureSummary } from '../../src/engine/index.ts'
import { PAYLOADS } from '../hostile/payloads.data.ts'
import { emptySummary } from '../report/empty-summary.ts'
import { officeSummary } from '../report/office-summary.ts'
import { SessionAnalysis } from './session-analysis.ts'
import { checkCsv, checkJson, checkReport, checkTerminal, reportShapes } from './output-promises.ts'
import type { Target } from './target.ts'
import { fingerprint } from './violation.ts'

export class OutputsTarget implements Target {
  readonly name = 'outputs'
  readonly sessionLength = 12
  readonly frameShare = 0.6
  #analysis: SessionAnalysis | null = null
  #fileName = ''

  start(): void {
    this.#analysis = new SessionAnalysis([1, 2, 3, 4], undefined)
  }

  feed(input: Uint8Array): void {
    this.#analysis!.read(input, null)
    this.#fileName = PAYLOADS[fingerprint(input) % PAYLOADS.length]!
  }

  finish(): void {
    checkOutputs(this.#analysis!.summarize(this.#fileName))
  }
}

let harmless: Set<string> | null = null

/** Shapes of reports with every section, empty and full. */
function harmlessShapes(): ReadonlySet<string> {
  if (harmless !== null) return harmless
  harmless = new Set()
  for (const summary of [
    officeSummary({ isDamaged: true }),
    officeSummary({ findingCount: 60 }),
    emptySummary(),
  ]) {
    for (const shape of reportShapes(renderReport(summary, { timeZone: 'utc' }))) harmless.add(shape)
  }
  return harmless
}

export function checkOutputs(summary: CaptureSummary): void {
  checkReport(renderReport(summary, { timeZone: 'utc' }), harmlessShapes())
  for (const isColour of [false, true])
    checkTerminal(terminalPage(summary, { columns: 80, timeZone: 'utc', isColour }))
  for (const { fileName, lines } of csvTables(summary)) checkCsv(fileName, [...lines()].join(''))
  checkJson(summary)
}
