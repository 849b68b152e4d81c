/** A short seeded slice of the fuzzing, and that the net of planted bugs still fits the sources. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fuzz, replay } from './loop.ts'
import { PLANTED_BUGS } from './planted-bugs.data.ts'
import { makeSeeds } from './seeds.ts'
import { readSession, writeSession } from './shared-log.ts'
import type { Target } from './target.ts'
import { targetNamed } from './targets.ts'
import { fingerprint, promise } from './violation.ts'

const seeds = makeSeeds(false)

describe('a slice of the fuzzing', () => {
  it.each([
    ['readers', 12_000],
    ['pipeline', 1_200],
    ['outputs', 36],
  ] as const)('of the %s finds nothing in %i inputs', (name, executionCountMax) => {
    const { finding, executionCount } = fuzz(targetNamed(name), {
      seed: 1,
      seeds,
      isOver: (count) => count >= executionCountMax,
    })
    expect(finding?.message).toBeUndefined()
    expect(executionCount).toBeGreaterThanOrEqual(executionCountMax)
  })
})

describe('the fuzz loop', () => {
  /** Breaks its promise about one input in 500. */
  const picky: Target = {
    name: 'readers',
    sessionLength: 3,
    frameShare: 0.5,
    start: () => undefined,
    feed: (input) => promise(fingerprint(input) % 500 !== 0, 'an unlucky input'),
    finish: () => undefined,
  }
  const options = { seed: 7, seeds, isOver: (count: number) => count >= 10_000 }

  it('gives the session that broke a promise, which breaks it again when it is run again from its file', () => {
    const { finding } = fuzz(picky, options)
    expect(finding?.message).toContain('an unlucky input')
    const inputs = readSession(writeSession(finding!.inputs))
    expect(inputs).toEqual(finding!.inputs)
    expect(replay(picky, inputs)).toContain('an unlucky input')
    expect(replay(picky, inputs.slice(0, -1))).toBeNull()
  })

  it('gives the same inputs for the same seed, and others for another', () => {
    expect(fuzz(picky, options)).toMatchObject({ executionCount: fuzz(picky, options).executionCount })
    const digestOf = (seed: number): number => {
      let digest = 0
      fuzz(
        { ...picky, feed: (input) => (digest = fingerprint(input, digest)) },
        { ...options, seed, isOver: (count) => count >= 60 },
      )
      return digest
    }
    expect(digestOf(1)).toBe(digestOf(1))
    expect(digestOf(2)).not.toBe(digestOf(1))
  })
})

describe('the planted bugs', () => {
  it('are twenty at least, in every target', () => {
    expect(PLANTED_BUGS.length).toBeGreaterThanOrEqual(20)
    expect(new Set(PLANTED_BUGS.map(({ target }) => target))).toEqual(
      new Set(['readers', 'pipeline', 'outputs']),
    )
  })

  it.each(PLANTED_BUGS)('fit the source still: $name', ({ file, find, replace }) => {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2)
    expect(replace).not.toBe(find)
  })
})
