/** The shape of the source tree, as rules that fail: who imports whom, in which order, under which names. */

import { describe, expect, it } from 'vitest'
import { layers } from '../tools/layers.js'
import {
  beginsWithItsPurpose,
  hasEmptyName,
  intrusionsIn,
  isHot,
  isNamedByConvention,
  keyedCollectionsIn,
  laterStagesIn,
  layerOf,
  sourcesUnder,
  strangersIn,
} from './source-rules.ts'

const sources = sourcesUnder('src', 'bench', 'tools')

describe('folders', () => {
  it.each(Object.keys(layers))('%s imports only what tools/layers.js allows', (layer) => {
    expect(sources.filter(({ path }) => layerOf(path) === layer).flatMap(strangersIn)).toEqual([])
  })

  it('under src each have a row in tools/layers.js', () => {
    expect(sources.filter(({ path }) => path.startsWith('src/') && layerOf(path) === undefined)).toEqual([])
  })
})

describe('the engine', () => {
  it('has stages that import only stages before them, and net', () => {
    expect(sources.flatMap(laterStagesIn)).toEqual([])
  })

  it('is entered where tools/layers.js says, by all others than its insiders', () => {
    expect(sources.flatMap(intrusionsIn)).toEqual([])
  })

  it('keys nothing by packet data in a Map or Set where packets are handled or judged', () => {
    expect(sources.filter(isHot).flatMap(keyedCollectionsIn)).toEqual([])
  })
})

describe('every source file', () => {
  it('begins by saying what it is for', () => {
    expect(sources.filter((source) => !beginsWithItsPurpose(source)).map(({ path }) => path)).toEqual([])
  })

  it('has a name that says what is inside', () => {
    expect(sources.map(({ path }) => path).filter(hasEmptyName)).toEqual([])
  })

  it('is named in kebab-case, components in PascalCase and composables useLikeThis', () => {
    expect(sources.map(({ path }) => path).filter((path) => !isNamedByConvention(path))).toEqual([])
  })
})

describe('these checks fail when they should', () => {
  const strangers = (path: string, text: string) => strangersIn({ path, text })

  it.each([
    ['a package in the engine', 'src/engine/net/a.ts', `import { app } from 'electron'`],
    ['a Node module in the engine', 'src/engine/net/a.ts', `import { readFileSync } from 'node:fs'`],
    ['a host in the engine', 'src/engine/analyze.ts', `export { open } from '../node/open.ts'`],
    ['engine code in the contract', 'src/contract/a.ts', `import { analyze } from '../engine/index.ts'`],
    [
      'engine code beside a type',
      'src/contract/a.ts',
      `import { type A, analyze } from '../engine/index.ts'`,
    ],
    ['engine code imported on demand', 'src/renderer/a.ts', `await import('../engine/index.ts')`],
    ['engine code for its effect', 'src/report/a.ts', `import '../engine/index.ts'`],
    ['engine code in a component', 'src/renderer/A.vue', `<script>\nimport { a } from '../engine/a.ts'`],
    ['Node in a page', 'src/renderer/a.ts', `import process from 'node:process'`],
    ['an import over several lines', 'src/renderer/a.ts', `import {\n  join,\n} from 'node:path'`],
    ['Electron in the shared Node code', 'src/node/a.ts', `import { app } from 'electron'`],
    ['an interface library in the shared Node code', 'src/node/a.ts', `import { ref } from 'vue'`],
    ['the engine in the main process', 'src/main/a.ts', `import type { A } from '../engine/index.ts'`],
    [
      'a capture reader in the main process',
      'src/main/a.ts',
      `import { open } from '../node/capture-file.ts'`,
    ],
    ['the analyzer process in the main process', 'src/main/a.ts', `import './analyzer-process/index.ts'`],
    ['Electron in the analyzer process', 'src/main/analyzer-process/a.ts', `import { app } from 'electron'`],
    ['main in the preload script', 'src/preload/index.ts', `import { open } from '../main/window.ts'`],
    ['a library in the command line', 'src/cli/index.ts', `import chalk from 'chalk'`],
    ['the way out of src', 'src/cli/index.ts', `import pkg from '../../package.json' with { type: 'json' }`],
  ])('%s is a stranger', (_, path, text) => {
    expect(strangers(path, text)).toHaveLength(1)
  })

  it.each([
    ['a neighbour', 'src/engine/net/a.ts', `import { b } from './b.ts'`],
    ['a type of the engine', 'src/contract/a.ts', `import type { A } from '../engine/index.ts'`],
    ['types of the engine', 'src/renderer/a.ts', `import { type A, type B } from '../engine/index.ts'`],
    ['a library in the shared Node code', 'src/node/a.ts', `import { parquetWrite } from 'hyparquet-writer'`],
    ['settings in the main process', 'src/main/a.ts', `import { load } from '../node/settings.ts'`],
    [
      'a path to the analyzer process',
      'src/main/a.ts',
      `import p from './analyzer-process/index.ts?modulePath'`,
    ],
    [
      'an import in a comment',
      'src/engine/net/a.ts',
      `// import { app } from 'electron'\n/* import 'vue' */`,
    ],
    ['the word import in a text', 'src/engine/net/a.ts', `const hint = "import it from 'vue'"`],
  ])('%s is none', (_, path, text) => {
    expect(strangers(path, text)).toEqual([])
  })

  it('a stage importing a later one is found, also for its types', () => {
    const later = (path: string, text: string) => laterStagesIn({ path, text }).length
    expect(later('src/engine/decode/link/a.ts', `import type { A } from '../../aggregate/a.ts'`)).toBe(1)
    expect(later('src/engine/net/a.ts', `import { a } from '../capture/a.ts'`)).toBe(1)
    expect(later('src/engine/capture/a.ts', `import { analyze } from '../analyze.ts'`)).toBe(1)
    expect(later('src/engine/detect/a.ts', `import { a } from '../tricks/a.ts'`)).toBe(1)
    expect(later('src/engine/tricks/a.ts', `import { a } from '../net/a.ts'`)).toBe(1)
    expect(later('src/engine/aggregate/a.ts', `import { a } from '../decode/link/a.ts'`)).toBe(0)
    expect(later('src/engine/analyze.ts', `import { a } from './summarize/a.ts'`)).toBe(0)
  })

  it('a way into the engine past its entries is found, and an insider’s is not', () => {
    const text = `import type { Aggregates } from '../../engine/aggregate/aggregates.ts'`
    expect(intrusionsIn({ path: 'src/node/outputs/summary-lists.ts', text })).toEqual([
      'src/node/outputs/summary-lists.ts imports src/engine/aggregate/aggregates.ts',
    ])
    expect(intrusionsIn({ path: 'src/node/parts/part-file.ts', text })).toEqual([])
    expect(intrusionsIn({ path: 'src/node/decompress/decompress.ts', text })).toHaveLength(1)
    expect(intrusionsIn({ path: 'src/cli/a.ts', text: `export * from '../engine/index.ts'` })).toEqual([])
  })

  it('a collection on the hot path is found, one in a comment is not', () => {
    const found = (text: string) => keyedCollectionsIn({ path: 'src/engine/decode/a.ts', text })
    expect(found('const seen = new Set<number>()\nconst by = new WeakMap()')).toHaveLength(2)
    expect(found('// never a new Map() here\n/** nor a new Set() */')).toEqual([])
    expect(isHot({ path: 'src/engine/decode/link/a.ts', text: '' })).toBe(true)
    expect(isHot({ path: 'src/engine/summarize/a.ts', text: '' })).toBe(false)
  })

  it('a file without its purpose is found', () => {
    const begins = (path: string, text: string) => beginsWithItsPurpose({ path, text })
    expect(begins('src/a.ts', 'export const a = 1')).toBe(false)
    expect(begins('src/a.ts', '/** */\nexport const a = 1')).toBe(false)
    expect(begins('src/a.ts', '// What it is for.\nexport const a = 1')).toBe(false)
    expect(begins('src/A.vue', '<script setup lang="ts">\nconst a = 1')).toBe(false)
    expect(begins('src/a.ts', '#!/usr/bin/env node\n/** The command line. */')).toBe(true)
    expect(begins('src/A.vue', '<script setup lang="ts">\n/** One row a scanner. */')).toBe(true)
    expect(begins('src/A.vue', '<!-- One row a scanner. -->\n<script setup lang="ts">')).toBe(true)
  })

  it('an empty or unconventional name is found', () => {
    expect(['src/utils.ts', 'src/helpers/a.ts', 'src/a/types.ts'].filter(hasEmptyName)).toHaveLength(3)
    expect(['src/engine/net/address-table.ts'].filter(hasEmptyName)).toEqual([])
    const misnamed = ['src/engine/AddressTable.ts', 'src/renderer/scannerTable.vue', 'src/engine/useTable.ts']
    expect(misnamed.filter(isNamedByConvention)).toEqual([])
    const wellNamed = ['src/a/ports.data.ts', 'src/renderer/env.d.ts', 'src/renderer/composables/useTable.ts']
    expect(wellNamed.filter(isNamedByConvention)).toEqual(wellNamed)
  })
})
