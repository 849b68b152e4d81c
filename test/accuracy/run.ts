/** Scores the rules against every ground truth and every variant, prints the table, and fails on any miss. */

import { existsSync } from 'node:fs'
import { detectFile } from './analyze-file.ts'
import { capturesFolder, readGroundTruths, readVariants } from './ground-truth.ts'
import { reviewOthers } from './reviewed.ts'
import { scanSignature, score } from './score.ts'

if (!existsSync(capturesFolder)) {
  console.log(`Skipped: ${capturesFolder} is not there, and with it the captures whose truth is known.`)
  process.exit(0)
}

let missCount = 0
const line = (...cells: string[]): void =>
  console.log(cells.map((cell, i) => cell.padEnd([30, 22, 9, 34, 44][i] ?? 0)).join(' '))

line('capture', 'truth', 'asked', 'named', 'found', '')
for (const truth of readGroundTruths()) {
  const { detection } = detectFile(truth.path)
  const { named, kinds, misses } = score(truth, detection)
  missCount += misses.length
  line(
    truth.id,
    truth.type,
    truth.demand,
    named || 'nobody',
    kinds || '-',
    misses.length === 0 ? 'ok' : `MISS: ${misses.join('; ')}`,
  )
}

const variants = readVariants()
const expected = scanSignature(detectFile(variants.base).detection)
const expectedInner = scanSignature(
  detectFile(`${capturesFolder}/files/self/pcap/nmap_ipv6_syn_top500.pcap`).detection,
)
console.log(`\nvariants of ${variants.base}: the same scanners, targets, ports, attempts and outcomes`)
for (const { name, note, isReadable } of variants.files) {
  const path = `${capturesFolder}/files/self/variants/${name}`
  if (!existsSync(path)) {
    line(name, '', '', '', '', 'skipped: not there')
    continue
  }
  const { detection } = detectFile(path)
  const signature = scanSignature(detection)
  const wanted = !isReadable ? '' : note.includes('nmap_ipv6_syn_top500') ? expectedInner : expected
  const isRight = signature === wanted
  if (!isRight) missCount++
  console.log(
    `${name.padEnd(32)}${note.slice(0, 60).padEnd(62)}`,
    isRight ? (isReadable ? 'ok' : 'ok: no scan can be read from it') : `MISS: ${signature}`,
  )
}
const review = reviewOthers()
missCount += review.misses.length
console.log(
  `\n${review.captureCount} other captures: something is flagged in ${review.flaggedCount}, somebody called a scanner in ${review.scannerCount}; all read through in test/accuracy/reviewed.tsv`,
)
for (const miss of review.misses) console.log(`MISS: ${miss}`)

console.log(missCount === 0 ? '\nno miss' : `\n${missCount} misses`)
process.exit(missCount === 0 ? 0 : 1)
