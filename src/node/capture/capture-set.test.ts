import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runAnalysis, type AnalysisProgress } from '../run-analysis.ts'

let folder = ''
let path = ''

/** A pcap file header, then a record that claims to be longer than any, and zeros. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-capture-set-'))
  path = join(folder, 'damaged.pcap')
  const bytes = Buffer.alloc(40, 0xff)
  bytes.fill(0, 0, 24)
  bytes.writeUInt32LE(0xa1b2c3d4, 0)
  bytes.writeUInt16LE(2, 4)
  bytes.writeUInt16LE(4, 6)
  bytes.writeUInt32LE(262_144, 16)
  bytes.writeUInt32LE(1, 20)
  writeFileSync(path, bytes)
  truncateSync(path, 16 * 1_048_576)
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('hashes the whole of a damaged file, and tells how far it is', async () => {
  const told: AnalysisProgress[] = []
  const outcome = await runAnalysis([path], { rowLimit: 10, onProgress: (now) => told.push(now) })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  expect(outcome.summary.capture.ending.kind).not.toBe('complete')
  expect(outcome.summary.capture.files[0]?.sha256).toBe(
    createHash('sha256').update(readFileSync(path)).digest('hex'),
  )
  const read = told.map(({ bytesRead }) => bytesRead)
  expect(read).toEqual([...read].sort((a, b) => a - b))
  expect(new Set(read).size).toBeGreaterThan(3)
  expect(read.at(-1)).toBe(16 * 1_048_576)
})

it('reads no further for the hash when it was cancelled, and says that the hash is unknown', async () => {
  const told: AnalysisProgress[] = []
  const outcome = await runAnalysis([path], {
    rowLimit: 10,
    onProgress: (now) => told.push(now),
    signal: { aborted: true },
  })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  expect(outcome.summary.capture.files[0]?.sha256).toBe('0'.repeat(64))
  expect(told.at(-1)?.bytesRead).toBeLessThan(16 * 1_048_576)
})
