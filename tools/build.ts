/** Builds what is named, or everything: `cli` for plain Node, `web` for a browser, `desktop` for Electron. */

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build as viteBuild } from 'vite'
import { buildCli } from './build-cli.ts'

type Part = { readonly source: string; readonly build: () => Promise<unknown> }

const parts: Readonly<Record<string, Part>> = {
  cli: { source: 'src/cli/index.ts', build: buildCli },
  web: { source: 'src/renderer/index.html', build: buildWeb },
  desktop: { source: 'electron.vite.config.ts', build: buildDesktop },
}

try {
  await buildParts(process.argv.slice(2))
} catch (error) {
  // A bundler's message names file and line; where in the bundler it was raised helps nobody.
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** Builds the named parts in that order. Without names, every part whose source is there. */
async function buildParts(named: readonly string[]): Promise<void> {
  for (const name of named.length > 0 ? named : Object.keys(parts)) {
    const part = parts[name]
    if (part === undefined) throw new Error(`${name} is none of ${Object.keys(parts).join(', ')}`)
    if (!existsSync(part.source)) {
      if (named.length > 0) throw new Error(`${name} is built from ${part.source}, which is missing`)
      console.log(`${name.padEnd(8)} not built: no ${part.source}`)
      continue
    }
    const startMs = performance.now()
    await part.build()
    console.log(`${name.padEnd(8)} built in ${((performance.now() - startMs) / 1000).toFixed(1)} s`)
  }
}

/** The same interface the desktop window shows, for `nta serve`: out/web. */
async function buildWeb(): Promise<void> {
  await viteBuild({
    configFile: false,
    logLevel: 'warn',
    root: 'src/renderer',
    base: './',
    plugins: [vue()],
    build: { outDir: resolve('out/web'), emptyOutDir: true },
  })
}

async function buildDesktop(): Promise<void> {
  const { build } = await import('electron-vite')
  await build({ logLevel: 'warn' })
}
