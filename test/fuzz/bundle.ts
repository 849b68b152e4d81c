/**
 * Builds the fuzz worker as one plain file: with a counter in every block of the engine's code, so that the loop sees which
 * inputs reach new code, and on request with a planted bug, which never touches a file of the source.
 */

import { mkdirSync, mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'vite'
import type { PlantedBug } from './planted-bugs.data.ts'

/** Below the project, so that libraries are found; nothing looks for sources there. */
const CACHE = 'node_modules/.cache/fuzz'

/** Returns the path of the built worker. */
export async function bundleWorker(plant: PlantedBug | null): Promise<string> {
  mkdirSync(CACHE, { recursive: true })
  const outDir = resolve(mkdtempSync(join(CACHE, 'worker-')))
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [...(plant === null ? [] : [planted(plant)]), reachedBlocks()],
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: true,
      target: 'node20.19',
      outDir,
      minify: false,
      rolldownOptions: {
        input: { worker: resolve('test/fuzz/worker.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  return join(outDir, 'worker.mjs')
}

/** Replaces one piece of one source file while it is read. Fails when the piece is not there exactly once. */
function planted(plant: PlantedBug): Plugin {
  const file = resolve(plant.file)
  let isDone = false
  return {
    name: 'planted-bug',
    enforce: 'pre',
    transform(code, id) {
      if (resolve(id) !== file) return null
      if (code.split(plant.find).length !== 2)
        throw new Error(`${plant.file} does not hold this once: ${plant.find}`)
      isDone = true
      return { code: code.replace(plant.find, () => plant.replace), map: null }
    },
    buildEnd() {
      if (!isDone) throw new Error(`${plant.file} is no part of the worker`)
    },
  }
}

interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/** A count at the beginning of every block of the program's own code, told once each. */
function reachedBlocks(): Plugin {
  let blockCount = 0
  return {
    name: 'reached-blocks',
    enforce: 'post',
    transform(code, id) {
      if (!id.startsWith(resolve('src'))) return null
      const starts: number[] = []
      blockStarts(this.parse(code) as unknown as SyntaxNode, starts)
      let marked = ''
      let from = 0
      for (const start of starts.sort((a, b) => a - b)) {
        const number = blockCount++
        marked += `${code.slice(from, start)};fuzzSeen[${number}]||fuzzReach(${number});`
        from = start
      }
      const head = 'const fuzzSeen=globalThis.fuzzReached.seen,fuzzReach=globalThis.fuzzReached.reach;'
      return { code: head + marked + code.slice(from), map: null }
    },
  }
}

function blockStarts(node: SyntaxNode, starts: number[]): void {
  if (node.type === 'BlockStatement') starts.push(node.start + 1)
  if (node.type === 'SwitchCase') {
    const [first] = node['consequent'] as readonly SyntaxNode[]
    if (first !== undefined) starts.push(first.start)
  }
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child)
        blockStarts(child as SyntaxNode, starts)
    }
  }
}
