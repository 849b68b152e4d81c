/** The ground truths: who scanned whom in each capture, and what must, should and must not be reported. */

import { readdirSync, readFileSync } from 'node:fs'
import { SHARED } from '../captures/shared-captures.ts'

export type Demand = 'must' | 'should' | 'optional' | 'must not'

export interface GroundTruth {
  readonly id: string
  /** Path of the capture. */
  readonly path: string
  readonly type: string
  readonly technique: string
  /** What the truth asks of the scan rules: a port scan's or a sweep's demand, whichever is stronger. */
  readonly demand: Demand
  readonly scanners: readonly string[]
  /** Hosts that must never be named; `all` when nobody may be. */
  readonly innocent: readonly string[] | 'all'
}

export interface Variants {
  readonly base: string
  /** File names and whether a decoder is expected to find the scan in them. */
  readonly files: readonly { readonly name: string; readonly isReadable: boolean; readonly note: string }[]
}

export const capturesFolder = SHARED

export function readGroundTruths(): GroundTruth[] {
  return readdirSync(`${SHARED}/groundtruth`)
    .filter((name) => name.endsWith('.json') && name !== 'variants.json')
    .sort()
    .map((name) => parse(JSON.parse(readFileSync(`${SHARED}/groundtruth/${name}`, 'utf8'))))
}

export function readVariants(): Variants {
  const file = JSON.parse(readFileSync(`${SHARED}/groundtruth/variants.json`, 'utf8'))
  const files = Object.entries<{ note: string; scan_seen_by_tshark: { distinct_ports: number | null } }>(
    file.variants,
  )
  return {
    base: `${SHARED}/files/self/pcap/${file.base}`,
    files: files.map(([name, { note, scan_seen_by_tshark }]) => ({
      name,
      note,
      isReadable: scan_seen_by_tshark.distinct_ports !== null,
    })),
  }
}

function parse(file: {
  id: string
  file: string
  type: string
  technique: string
  expected: Record<string, unknown>
}): GroundTruth {
  const { expected } = file
  const sweep = demandOf(expected['host_sweep_alert'])
  const scan = demandOf(expected['port_scan_alert'])
  const all = expected['hosts_that_must_not_be_reported_as_scanners'] === 'all' || scan === 'must not'
  const folder = file.file.startsWith('pcap/') ? 'files/self' : 'files'
  return {
    id: file.id,
    path: `${SHARED}/${folder}/${file.file}`,
    type: file.type,
    technique: file.technique,
    demand: sweep ?? scan ?? 'optional',
    scanners: (expected['scanners'] ?? []) as string[],
    innocent: all ? 'all' : ((expected['must_not_be_reported'] ?? []) as string[]),
  }
}

function demandOf(text: unknown): Demand | null {
  if (typeof text !== 'string') return null
  return (
    (['must not', 'must', 'should', 'optional'] as const).find((demand) => text.startsWith(demand)) ?? null
  )
}
