/**
 * Packaged otherwise, a capture gives the same findings and figures. A sample with every run; `NTA_RELATION_CAPTURES=500` sets how
 * many of the captures beside the project are taken.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../traffic/index.ts'
import { brokenRelations } from './relations.ts'
import { hasSharedCaptures, sampleOf, sharedCaptures } from './shared-captures.ts'

const COUNT = Number(process.env['NTA_RELATION_CAPTURES'] ?? 25)
/** Each is analysed a dozen times; larger ones show nothing more. */
const SIZE_MAX = 300_000
const samples = readdirSync('samples').filter(
  (name) => /\.pcap(ng)?$/.test(name) && statSync(`samples/${name}`).size < SIZE_MAX,
)

function bytesOf(path: string): Uint8Array {
  const bytes = readFileSync(path)
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

describe('a capture packaged otherwise', () => {
  it.each(samples)('gives the same: %s', async (name) => {
    const { checked, differences } = await brokenRelations(bytesOf(`samples/${name}`), seededRandom(1))
    expect(differences).toEqual([])
    expect(checked).toBeGreaterThanOrEqual(9)
  })
})

describe.skipIf(!hasSharedCaptures)(
  'captures beside the project, packaged otherwise (skipped where they are absent)',
  () => {
    it(`give the same, ${COUNT} of them`, { timeout: 60_000 + COUNT * 5_000 }, async () => {
      const chosen = sampleOf(
        sharedCaptures().filter(({ size }) => size < SIZE_MAX),
        COUNT,
      )
      const found: string[] = []
      let relationCount = 0
      for (const { path, size } of chosen) {
        const { checked, differences } = await brokenRelations(bytesOf(path), seededRandom(size))
        relationCount += checked
        found.push(...differences.map(({ relation, what }) => `${path}: ${relation}: ${what}`))
      }
      expect(found).toEqual([])
      expect(relationCount).toBeGreaterThan(COUNT * 7)
      if (COUNT > 100)
        console.log(`${chosen.length} captures, ${relationCount} relations, ${found.length} differences`)
    })
  },
)
