/** `nta verify`: analyses the capture again and holds the result against a saved report. */

import { parseArgs } from 'node:util'
import { ExitStatus } from './exit-status.ts'
import { terminalText } from './terminal-text.ts'
import { verifyReport } from '../node/verify-report.ts'

/** Differences printed; one changed threshold can change thousands of rows. */
const DIFFERENCES_SHOWN = 20

/** 0 when identical, 3 when the capture now gives something else, 1 when either cannot be read. */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  let positionals: string[]
  let rulesPath: string | undefined
  try {
    const parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { rules: { type: 'string' } },
    })
    positionals = parsed.positionals
    rulesPath = parsed.values.rules
  } catch (error) {
    process.stderr.write(`nta: ${error instanceof Error ? error.message : String(error)}\n`)
    return ExitStatus.wrongUsage
  }
  const [report, ...captures] = positionals
  if (report === undefined || captures.length === 0) {
    process.stderr.write('nta: verify takes a saved report and the capture it was made from.\n')
    return ExitStatus.wrongUsage
  }
  const verified = await verifyReport(report, captures, rulesPath ?? null)
  if ('problem' in verified) {
    process.stderr.write(`nta: ${terminalText(verified.problem)}\n`)
    return ExitStatus.notAnalysed
  }
  if (verified.differences.length === 0) {
    process.stdout.write('identical\n')
    return ExitStatus.analysed
  }
  process.stdout.write(`${String(verified.differences.length)} differences\n`)
  for (const { path, reported, now } of verified.differences.slice(0, DIFFERENCES_SHOWN)) {
    process.stdout.write(
      `  ${terminalText(path)}: ${terminalText(reported)} in the report, ${terminalText(now)} now\n`,
    )
  }
  if (verified.differences.length > DIFFERENCES_SHOWN) {
    process.stdout.write(`  and ${String(verified.differences.length - DIFFERENCES_SHOWN)} more\n`)
  }
  return ExitStatus.findingAtThreshold
}
