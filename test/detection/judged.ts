/** What the rules say of captures written attempt by attempt: the scans that tests of single rules share. */

import { detect } from '../../src/engine/detect/detect.ts'
import { inside, outside, RecordBuilder, type TcpFate } from './record-builder.ts'

export const SCANNER = outside(9)
export const TARGET = inside(5)

/** Rules that fired on what `write` wrote, and the scanners. */
export function judged(write: (builder: RecordBuilder) => void, until = 4000) {
  const builder = new RecordBuilder()
  write(builder)
  const { findings, scanners, dismissed } = detect(builder.until(until).evidence())
  return {
    rules: findings.map(({ rule }) => rule),
    // Below a threshold the sequential test may see a scan all the same.
    firedBy: findings.map(({ measures }) => measures['firedBy']),
    findings,
    reasons: findings.map(({ explanation }) => explanation.split('flagged because ')[1]),
    scanners: scanners.map(({ address }) => address),
    dismissed,
  }
}

/** `count` attempts, `gap` seconds apart; `fate` as the builder knows it. */
export const ports =
  (count: number, gap: number, fate: 'refused' | 'silent' | 'used' | 'held', firstPort = 2000) =>
  (builder: RecordBuilder) => {
    for (let i = 0; i < count; i++)
      builder.tcp({ source: SCANNER, target: TARGET, port: firstPort + i, at: i * gap }, fate)
  }
export const hosts =
  (count: number, gap: number, fate: TcpFate, port = 22, stride = 1) =>
  (builder: RecordBuilder) => {
    // Somebody answers the scanner, so that silence means something.
    builder.tcp({ source: SCANNER, target: inside(1), port: 9999, at: 0 }, 'used')
    for (let i = 0; i < count; i++)
      builder.tcp({ source: SCANNER, target: inside(100 + i * stride), port, at: i * gap }, fate)
  }
