/** One ground truth against what the rules said: what was asked, who was named, and every miss in a sentence. */

import type { Detection } from '../../src/engine/detect/detection.ts'
import type { GroundTruth } from './ground-truth.ts'

export interface Score {
  readonly named: string
  readonly kinds: string
  readonly misses: readonly string[]
}

/** Rules that tell a truth's type right. */
const RULES_OF: Readonly<Record<string, readonly string[]>> = {
  'vertical-port-scan': ['vertical-scan'],
  'horizontal-port-scan': ['horizontal-scan', 'slow-scan'],
  'host-discovery-sweep': ['host-sweep'],
  'syn-flood': ['syn-flood'],
  'arp-spoofing': ['arp-spoofing'],
  'brute-force': ['brute-force'],
}

export function score(truth: GroundTruth, detection: Detection): Score {
  const misses: string[] = []
  const named = detection.scanners.map(({ address }) => address)
  const kinds = [
    ...new Set(
      detection.findings.map(({ rule, technique }) => `${rule}${technique === null ? '' : `/${technique}`}`),
    ),
  ]
  if (truth.innocent === 'all') {
    for (const address of named) misses.push(`${address} must not be named`)
    for (const rule of RULES_OF[truth.type] ?? []) {
      if (!detection.findings.some((finding) => finding.rule === rule)) misses.push(`${rule} should be found`)
    }
  } else {
    for (const address of truth.innocent)
      if (named.includes(address)) misses.push(`${address} must not be named`)
  }
  if (truth.demand !== 'must' && truth.demand !== 'should')
    return { named: named.join(' '), kinds: kinds.join(' '), misses }

  for (const address of truth.scanners) if (!named.includes(address)) misses.push(`${address} is not named`)
  for (const address of named)
    if (!truth.scanners.includes(address)) misses.push(`${address} is named beside the scanners`)
  for (const row of detection.scanners) {
    if (truth.demand === 'must' && !row.kinds.some((kind) => RULES_OF[truth.type]!.includes(kind))) {
      misses.push(`${row.address} is flagged by ${row.kinds.join(', ')}, not as ${truth.type}`)
    }
    const technique = /^[a-z]+-?[a-z]*/.exec(truth.technique.replace('-slow', ''))![0]
    if (truth.demand === 'must' && !row.techniques.includes(technique)) {
      misses.push(`${row.address} is said to use ${row.techniques.join(', ')}, not ${technique}`)
    }
  }
  return { named: named.join(' '), kinds: kinds.join(' '), misses }
}

/** What two captures of one scan must agree in. */
export function scanSignature(detection: Detection): string {
  return detection.scanners
    .map(({ address, kinds, techniques, targetCount, portCount, attemptCount, outcomes }) =>
      JSON.stringify([address, kinds, techniques, targetCount, portCount, attemptCount, outcomes]),
    )
    .join('\n')
}
