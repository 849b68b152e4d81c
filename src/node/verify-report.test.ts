import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaptureSummary, Finding } from '../engine/index.ts'
import { runAnalysis } from './run-analysis.ts'
import { saveReport } from './outputs/save-report.ts'
import { limitsOf, verifyReport } from './verify-report.ts'

const CAPTURES = ['samples/arp-spoofing.pcap', 'samples/port-scan.pcapng', 'samples/ssh-sweep.pcap']

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-verify-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function summaryWith(rowLimit: number | null, findingLimit: number | null): Promise<CaptureSummary> {
  const outcome = await runAnalysis(CAPTURES, { rowLimit, findingLimit })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.summary
}

it.each([
  ['all rows', null, null],
  ['one row of each list', 1, 1],
  ['no rows', 0, 0],
  ['fewer rows than there are and all findings', 1, null],
])('finds no difference to a report with %s', async (_, rowLimit, findingLimit) => {
  const path = join(folder, 'report.html')
  const summary = await summaryWith(rowLimit, findingLimit)
  expect(summary.findingCount).toBeGreaterThan(1)
  await saveReport(path, summary, { timeZone: 'utc' })
  expect(await verifyReport(path, CAPTURES, null)).toEqual({ differences: [], otherCapture: null })
})

it('takes no list for cut because of scans that no summary lists', async () => {
  const summary = await summaryWith(null, null)
  const [finding] = summary.findings as [Finding]
  const findings = Array.from({ length: 10 }, () => finding)
  const limits = { ...summary.limits, unlistedScanCount: 5 }
  expect(limitsOf({ ...summary, findings, findingCount: 15, limits })).toEqual({
    rowLimit: null,
    findingLimit: null,
  })
  expect(limitsOf({ ...summary, findings, findingCount: 16, limits })).toEqual({
    rowLimit: null,
    findingLimit: 10,
  })
})
