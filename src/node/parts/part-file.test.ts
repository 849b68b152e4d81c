import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { factsOfAnalysis, type PartFacts } from './part-facts.ts'
import { readPart, savePart } from './part-file.ts'
import { runAnalysis } from '../run-analysis.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-part-file-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function analysed() {
  const outcome = await runAnalysis(['samples/port-scan.pcapng'], { rowLimit: 0 })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return { facts: factsOfAnalysis(outcome), counted: outcome.analysis.aggregates }
}

const named = (facts: PartFacts, count: number, nameLength: number): PartFacts => ({
  ...facts,
  interfaces: Array.from({ length: count }, () => ({
    ...facts.interfaces[0]!,
    name: '\u0001'.repeat(nameLength),
  })),
})

it('reads names of interfaces as long as readers keep them', async () => {
  const { facts, counted } = await analysed()
  const path = join(folder, 'longest.part')
  const written = named(facts, 2_000, 256)
  expect(await savePart(path, written, counted)).toBeNull()
  const read = readPart(path, [1, 2, 3, 4])
  expect('facts' in read ? read.facts : read.problem).toEqual(written)
})

it.each([
  ['longer names', 1, 257],
  ['more interfaces', 65_538, 1],
])('saves nothing that it would not read: %s', async (_, count, nameLength) => {
  const { facts, counted } = await analysed()
  const path = join(folder, 'refused.part')
  expect(await savePart(path, named(facts, count, nameLength), counted)).toMatch(/interfaces/)
  expect(existsSync(path)).toBe(false)
})
