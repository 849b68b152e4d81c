/** Precision and recall over generated captures: scans that hide are named, and nobody else ever is. */

import { describe, expect, it } from 'vitest'
import { detect } from '../../src/engine/detect/detect.ts'
import { LOOK_ALIKES } from './look-alikes.ts'
import { ODD_SCANS } from './odd-scans.ts'
import { PLAIN_SCANS } from './plain-scans.ts'
import { Scene, type Scenes } from './scene.ts'

const SEEDS = 20
const ALL_SCANS = { ...PLAIN_SCANS, ...ODD_SCANS }
const LOSS = 0.01

interface Verdicts {
  readonly name: string
  readonly missed: readonly string[]
  readonly accused: readonly string[]
}

function judge(kinds: Scenes): Verdicts[] {
  return Object.entries(kinds).flatMap(([name, make]) =>
    Array.from({ length: SEEDS }, (_, seed) => {
      const scene = new Scene(seed * 7 + 1)
      make(scene)
      const named = detect(scene.build(seed % 2 === 0 ? 0 : LOSS).evidence()).scanners.map(
        ({ address }) => address,
      )
      return {
        name: `${name}, seed ${seed}`,
        missed: scene.scanners.filter((address) => !named.includes(address)),
        accused: named.filter((address) => !scene.scanners.includes(address)),
      }
    }),
  )
}

describe('over generated captures', () => {
  const scans = judge(ALL_SCANS)
  const honest = judge(LOOK_ALIKES)

  it('there are at least five hundred of them', () => {
    expect(scans.length + honest.length).toBeGreaterThanOrEqual(500)
  })

  it('nobody is named who does not scan', () => {
    expect([...scans, ...honest].filter(({ accused }) => accused.length > 0)).toEqual([])
  })

  it('98 of 100 scanners are named', () => {
    const missed = scans.flatMap(({ name, missed }) => missed.map((address) => `${name}: ${address}`))
    const total = Object.values(ALL_SCANS).reduce((sum, make) => {
      const scene = new Scene(1)
      make(scene)
      return sum + SEEDS * scene.scanners.length
    }, 0)
    console.log(`recall ${(100 * (1 - missed.length / total)).toFixed(2)} % of about ${total}`)
    expect(1 - missed.length / total, missed.join('\n')).toBeGreaterThanOrEqual(0.98)
  })
})
