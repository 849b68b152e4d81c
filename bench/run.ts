/**
 * Speed and memory, side by side with the programs that are installed: `npm run bench -- [options]`.
 *
 *   --peers fast   programs that need seconds (the default)
 *   --peers all    also tshark, tcpdump and others that need minutes; writes the table into README.md
 *   --only A,B     these programs alone
 *   --mix M        realistic or small alone
 *   --rounds N     5 unless told otherwise; a program that takes longer than 12 s runs once
 *   --quick        only: has nta become slower by ratio? Exit status 1 when it has
 *
 * The captures are generated into $NTA_BENCH_DIR on the first run.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compare } from './compare.ts'
import { describeMachine } from './machine.ts'
import { mixes, nta, programs, type Mix } from './programs.ts'
import { quickCheck } from './quick.ts'
import { measuredTable, withTable } from './table.ts'

const README = join(import.meta.dirname, 'README.md')

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: 'fast' },
    only: { type: 'string' },
    mix: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
  },
})

process.exitCode = values.quick ? await runQuick() : await runComparison()

async function runQuick(): Promise<number> {
  const missing = nta.missing()
  if (missing !== null) {
    console.error(missing)
    return 1
  }
  return (await quickCheck(console.log)) ? 0 : 1
}

async function runComparison(): Promise<number> {
  const rounds = Number(values.rounds)
  const only = values.only?.split(',')
  const isAll = values.peers === 'all'
  const unknown = only?.filter((name) => programs.every((program) => program.name !== name)) ?? []
  if (!['fast', 'all'].includes(values.peers) || !(rounds >= 1) || unknown.length > 0 || !isMix(values.mix)) {
    console.error(
      'usage: npm run bench -- [--peers fast|all] [--only NAME,NAME] [--mix realistic|small] [--rounds N] [--quick]',
    )
    console.error(`programs: ${programs.map(({ name }) => name).join(', ')}`)
    return 64
  }

  const skipped: { name: string; reason: string }[] = []
  const chosen = programs.filter((program) => {
    if (only && !only.includes(program.name)) return false
    const reason =
      program.missing() ?? (program.isSlow && !isAll && !only ? 'slow; --peers all runs it' : null)
    if (reason !== null) skipped.push({ name: program.name, reason })
    return reason === null
  })
  const options = { rounds, tell: console.log }
  const run = async (mix: Mix) => (values.mix && values.mix !== mix ? [] : compare(mix, chosen, options))
  const results = { realistic: await run('realistic'), small: await run('small') }
  const table = measuredTable({ machine: describeMachine(), rounds, results, skipped })
  console.log(`\n${table}`)
  // A table of some programs or one capture must not replace the whole one.
  if (isAll && !only && !values.mix) writeFileSync(README, withTable(readFileSync(README, 'utf8'), table))
  return 0
}

function isMix(name: string | undefined): name is Mix | undefined {
  return name === undefined || name in mixes
}
