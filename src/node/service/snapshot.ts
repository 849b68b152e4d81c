/** The last partial result on disk, so that the death of the analyzer process leaves a page something to show. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Coverage } from '../../contract/index.ts'
import type { CaptureSummary } from '../../engine/index.ts'
import { jsonPieces } from '../outputs/json-pieces.ts'

/** Rows kept of each long list: enough to look at, little enough to write once a second. */
const SNAPSHOT_ROWS_MAX = 1000
const SNAPSHOT_BYTES_MAX = 64_000_000

export interface Snapshot {
  readonly summary: CaptureSummary
  readonly coverage: Coverage
}

/** Replace the snapshot in one step. It needs no fsync: it is for a process that died, not for a machine that did. */
export function writeSnapshot(path: string, { summary, coverage }: Snapshot): void {
  const small: CaptureSummary = {
    ...summary,
    endpoints: summary.endpoints.slice(0, SNAPSHOT_ROWS_MAX),
    conversations: summary.conversations.slice(0, SNAPSHOT_ROWS_MAX),
    findings: summary.findings.slice(0, SNAPSHOT_ROWS_MAX),
  }
  let json = ''
  for (const piece of jsonPieces({ summary: small, coverage })) {
    json += piece
    if (json.length > SNAPSHOT_BYTES_MAX) return
  }
  writeFileSync(`${path}.new`, json, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** The snapshot, or null when there is none that can be read. The file is the program's own, in a private folder. */
export function readSnapshot(path: string): Snapshot | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Snapshot
  } catch {
    return null
  }
}
