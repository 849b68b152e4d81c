import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isUpToDate, keepFingerprint, sourceFingerprint } from './source-fingerprint.js'

let folder: string
const path = (name: string) => join(folder, name)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fingerprint-'))
  writeFileSync(path('a.ts'), 'a')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('stays the same while nothing changes, also when a test is added', () => {
  const before = sourceFingerprint([folder])
  writeFileSync(path('a.test.ts'), 'test')
  expect(sourceFingerprint([folder])).toBe(before)
})

it.each([
  [
    'grows',
    () => {
      writeFileSync(path('a.ts'), 'ab')
    },
  ],
  [
    'is touched',
    () => {
      utimesSync(path('a.ts'), 1, 1)
    },
  ],
  [
    'is renamed',
    () => {
      renameSync(path('a.ts'), path('b.ts'))
    },
  ],
  [
    'is removed',
    () => {
      rmSync(path('a.ts'))
    },
  ],
  [
    'is joined by another',
    () => {
      writeFileSync(path('b.ts'), '')
    },
  ],
])('changes when a file %s', (_, change) => {
  const before = sourceFingerprint([folder])
  change()
  expect(sourceFingerprint([folder])).not.toBe(before)
})

it('tells a build apart from one of other sources, and from none', () => {
  const kept = path('.sources')
  expect(isUpToDate(kept, 'one')).toBe(false)
  keepFingerprint(kept, 'one')
  expect(isUpToDate(kept, 'one')).toBe(true)
  expect(isUpToDate(kept, 'two')).toBe(false)
})
