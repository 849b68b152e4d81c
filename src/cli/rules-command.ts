/** `nta rules`: every rule with its thresholds, what they do and where they come from. */

import { parseArgs } from 'node:util'
import { listRules } from '../node/list-rules.ts'
import { ExitStatus } from './exit-status.ts'

export async function rulesCommand(args: readonly string[]): Promise<number> {
  let isJson: boolean
  try {
    isJson = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } }).values.json ?? false
  } catch (error) {
    process.stderr.write(`nta: ${error instanceof Error ? error.message : String(error)}\n`)
    return ExitStatus.wrongUsage
  }
  const rules = listRules()
  if (isJson) {
    process.stdout.write(`${JSON.stringify(rules, null, 2)}\n`)
    return ExitStatus.analysed
  }
  for (const rule of rules) {
    process.stdout.write(
      `${rule.rule}  version ${String(rule.version)}  ${rule.attack.join(' ')}\n  ${rule.title}\n`,
    )
    for (const threshold of rule.thresholds) {
      process.stdout.write(`    ${threshold.name} = ${String(threshold.value)}\n`)
      process.stdout.write(
        `      higher: ${threshold.higher}\n      lower: ${threshold.lower}\n      source: ${threshold.source}\n`,
      )
    }
    process.stdout.write('\n')
  }
  return Promise.resolve(ExitStatus.analysed)
}
