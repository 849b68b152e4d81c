/** `nta merge`: the summary of captures that were analysed apart, from the parts that `nta analyze --part` wrote. */

import { mergeParts } from '../node/parts/merge-parts.ts'
import { savePart } from '../node/parts/part-file.ts'
import { loadRuleSettings } from '../node/rule-settings-file.ts'
import { rowsHeld, summaryLists } from '../node/outputs/summary-lists.ts'
import { readAnalyzeArguments } from './analyze-arguments.ts'
import { ExitStatus } from './exit-status.ts'
import { standardInputRefused } from './standard-input.ts'
import { complain, writeOutputs } from './write-outputs.ts'

/** Returns the exit status; the same outputs and statuses as `nta analyze`. */
export async function mergeCommand(args: readonly string[]): Promise<number> {
  const read = readAnalyzeArguments(args, 'part, as nta analyze --part writes it', standardInputRefused)
  if ('wrong' in read) {
    complain(`${read.wrong} nta merge --help lists the options.`)
    return ExitStatus.wrongUsage
  }
  const rules = read.rulesPath === null ? null : loadRuleSettings(read.rulesPath)
  if (rules !== null && 'wrong' in rules) {
    complain(rules.wrong)
    return ExitStatus.wrongUsage
  }
  const outcome = mergeParts(read.captures, {
    rowLimit: rowsHeld(read.rowLimit),
    findingLimit: read.rowLimit,
    ...(rules === null ? {} : { rules: rules.settings }),
  })
  if (!outcome.ok) {
    complain(outcome.problem.message)
    return ExitStatus.notAnalysed
  }
  for (const remark of outcome.remarks) complain(remark)
  const { facts, counted } = outcome.merged
  const lists = summaryLists(outcome.summary, counted, read.rowLimit)
  return writeOutputs(outcome.summary, lists, read, (path) => savePart(path, facts, counted))
}
