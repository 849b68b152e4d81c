/** `nta verify`: analyses the capture again and holds the result against a saved report. */

import { ExitStatus } from './exit-status.ts'
import { countText } from './figures.ts'
import { readOptions } from './read-options.ts'
import { standardInputFor, standardInputRefused, standardInputRepeated } from './standard-input.ts'
import { terminalText } from './terminal-text.ts'
import { verifyReport } from '../node/verify-report.ts'
import { complain } from './write-outputs.ts'

/** Differences printed; one changed threshold can change thousands of rows. */
const DIFFERENCES_SHOWN = 20

/** 0 when identical, 3 when the capture now gives something else, 1 when either cannot be read. */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  const given = readOptions(args, { rules: 'value' })
  if ('wrong' in given) return wrongUsage(given.wrong)
  const [report, ...captures] = given.operands
  if (report === undefined || captures.length === 0) {
    return wrongUsage('verify takes a saved report and the capture it was made from.')
  }
  const wrong = standardInputRefused([report]) ?? standardInputRepeated(captures)
  if (wrong !== null) return wrongUsage(wrong)
  const { standardInput } = standardInputFor(captures)
  const verified = await verifyReport(report, captures, given.values.rules ?? null, standardInput)
  if ('problem' in verified) {
    complain(verified.problem)
    return ExitStatus.notAnalysed
  }
  if (verified.differences.length === 0) {
    process.stdout.write('identical\n')
    return ExitStatus.analysed
  }
  if (verified.otherCapture !== null) {
    const { reported, now } = verified.otherCapture
    process.stdout.write(
      `This is not the capture this report was made from: SHA-256 ${terminalText(reported)} in the report, ${terminalText(now)} now.\n`,
    )
  }
  const { length } = verified.differences
  process.stdout.write(`${countText(length)} difference${length === 1 ? '' : 's'}\n`)
  for (const { path, reported, now } of verified.differences.slice(0, DIFFERENCES_SHOWN)) {
    process.stdout.write(
      `  ${terminalText(path)}: ${terminalText(reported)} in the report, ${terminalText(now)} now\n`,
    )
  }
  if (verified.differences.length > DIFFERENCES_SHOWN) {
    process.stdout.write(`  and ${String(verified.differences.length - DIFFERENCES_SHOWN)} more\n`)
  }
  return ExitStatus.differs
}

function wrongUsage(what: string): number {
  complain(`${what} nta verify --help explains it.`)
  return ExitStatus.wrongUsage
}
