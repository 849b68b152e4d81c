/** `nta rules`: every rule, what it sees and what fools it, its thresholds, what they do and where they come from. */

import { listRules } from '../node/list-rules.ts'
import { ExitStatus } from './exit-status.ts'
import { readOptions } from './read-options.ts'
import { complain } from './write-outputs.ts'

export async function rulesCommand(args: readonly string[]): Promise<number> {
  const given = readOptions(args, { json: 'flag' })
  if ('wrong' in given || given.operands.length > 0) {
    complain(`${'wrong' in given ? given.wrong : 'rules takes no file.'} nta rules --help explains it.`)
    return ExitStatus.wrongUsage
  }
  const rules = listRules()
  if (given.values.json === true) {
    process.stdout.write(`${JSON.stringify(rules, null, 2)}\n`)
    return ExitStatus.analysed
  }
  for (const rule of rules) {
    process.stdout.write(
      `${rule.rule}  version ${String(rule.version)}  ${rule.attack.join(' ')}\n  ${rule.title}\n  sees: ${rule.sees}\n  fooled by: ${rule.fooledBy}\n`,
    )
    for (const threshold of rule.thresholds) {
      process.stdout.write(`    ${threshold.name} = ${String(threshold.value)} ${threshold.unit}\n`)
      process.stdout.write(
        `      higher: ${threshold.higher}\n      lower: ${threshold.lower}\n      source: ${threshold.source}\n`,
      )
    }
    process.stdout.write('\n')
  }
  return Promise.resolve(ExitStatus.analysed)
}
