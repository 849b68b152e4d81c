/** Every other capture: what is flagged there has been read through, and stands in reviewed.tsv with a line on why it is right. */

import { readFileSync } from 'node:fs'
import { detectFile } from './analyze-file.ts'
import { capturesFolder } from './ground-truth.ts'

export interface Review {
  readonly captureCount: number
  /** Captures in which something is flagged, and those of them in which somebody is called a scanner. */
  readonly flaggedCount: number
  readonly scannerCount: number
  /** What is flagged and was never read through, and what was and is flagged no more. */
  readonly misses: readonly string[]
}

export function reviewOthers(): Review {
  const reviewed = readFileSync('test/accuracy/reviewed.tsv', 'utf8').trim().split('\n').slice(1)
  const known = new Set(reviewed.map((line) => line.split('\t').slice(0, 2).join('\t')))
  const manifest = readFileSync(`${capturesFolder}/manifest.tsv`, 'utf8').trim().split('\n').slice(1)
  const paths = manifest.map((line) => line.split('\t')[0]!).filter((path) => !path.startsWith('files/self/'))
  const found = new Set<string>()
  let flaggedCount = 0
  let scannerCount = 0
  for (const path of paths) {
    const { findings, scanners } = detectFile(`${capturesFolder}/${path}`).detection
    if (findings.length > 0) flaggedCount++
    if (scanners.length > 0) scannerCount++
    for (const { rule } of findings) found.add(`${path.slice('files/'.length)}\t${rule}`)
  }
  const unread = [...found].filter((line) => !known.has(line)).map((line) => `not read through: ${line}`)
  const gone = [...known].filter((line) => !found.has(line)).map((line) => `flagged no more: ${line}`)
  return { captureCount: paths.length, flaggedCount, scannerCount, misses: [...unread, ...gone] }
}
