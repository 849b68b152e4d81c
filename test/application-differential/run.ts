/**
 * How often the application we name by payload is the one tshark names, conversation by conversation, over all captures.
 * Prints agreement by protocol and every confusion that `reviewed-confusions.ts` does not explain; exits with 1 when
 * there is one, or when the share of right names is below PRECISION_MIN. Takes minutes: `npx tsx test/application-differential/run.ts`
 * with a part of a path to compare fewer captures.
 */

import { existsSync, readFileSync } from 'node:fs'
import { SHARED } from '../captures/shared-captures.ts'
import { nameConversations } from './conversation-names.ts'
import { reviewedConfusions } from './reviewed-confusions.ts'

/** Names by payload that must be right, before reviewed confusions are taken out of what is wrong. */
const PRECISION_MIN = 0.99

if (!existsSync(`${SHARED}/manifest.tsv`)) {
  console.log(`Skipped: ${SHARED} is not there.`)
  process.exit(0)
}

const part = process.argv[2] ?? ''
const files = readFileSync(`${SHARED}/manifest.tsv`, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t')[0]!)
  .filter((file) => file.includes(part) && /\.(pcap|pcapng|cap|trace|dmp)$/i.test(file))

interface Score {
  agreed: number
  reviewed: number
  confused: number
  /** tshark names nothing: mostly a known protocol on a port of its own choosing. */
  alone: number
  /** tshark names it and no payload told us. */
  missed: number
}
const scores = new Map<string, Score>()
const scoreOf = (name: string): Score => {
  const known = scores.get(name)
  if (known !== undefined) return known
  const made: Score = { agreed: 0, reviewed: 0, confused: 0, alone: 0, missed: 0 }
  scores.set(name, made)
  return made
}

const confusions: string[] = []
const uncompared: string[] = []
for (const file of files) {
  const conversations = nameConversations(`${SHARED}/${file}`)
  if (conversations === null) uncompared.push(file)
  for (const { stream, ports, frame, ours, theirs } of conversations ?? []) {
    if (ours === null) {
      if (theirs.length > 0) scoreOf(theirs[0]!).missed++
    } else if (theirs.includes(ours)) scoreOf(ours).agreed++
    else if (theirs.length === 0) scoreOf(ours).alone++
    else if (
      reviewedConfusions.some(
        (row) => row.ours === ours && theirs.includes(row.theirs) && row.files.test(file),
      )
    ) {
      scoreOf(ours).reviewed++
    } else {
      scoreOf(ours).confused++
      confusions.push(`${file} ${stream} frame ${frame} ports ${ports}: ${ours}, tshark ${theirs.join(' ')}`)
    }
  }
}

console.log('protocol          agreed  reviewed  confused     alone    missed')
const total = { agreed: 0, reviewed: 0, confused: 0, alone: 0, missed: 0 }
for (const [name, score] of [...scores].sort((x, y) => y[1].agreed - x[1].agreed || (x[0] < y[0] ? -1 : 1))) {
  const cells = [score.agreed, score.reviewed, score.confused, score.alone, score.missed]
  console.log(name.padEnd(14), ...cells.map((cell) => String(cell).padStart(9)))
  for (const key of ['agreed', 'reviewed', 'confused', 'alone', 'missed'] as const) total[key] += score[key]
}
const precision = total.agreed / (total.agreed + total.confused)
const raw = total.agreed / (total.agreed + total.confused + total.reviewed)
console.log(
  `\n${files.length} captures: ${total.agreed} conversations named alike, ${total.reviewed} otherwise for a reviewed reason, ` +
    `${total.confused} otherwise; precision ${precision.toFixed(4)}, counting reviewed ones as wrong ${raw.toFixed(4)}`,
)
console.log(`Not compared, because tshark counts their frames otherwise: ${uncompared.join(' ') || 'none'}`)
for (const confusion of confusions) console.log(`CONFUSED ${confusion}`)
if (confusions.length > 0 || precision < PRECISION_MIN) process.exitCode = 1
