/** Bundler plugin: files that start as a thread or process of their own become files beside the bundle. */

import { basename, resolve, dirname } from 'node:path'
import type { Plugin } from 'vite'

// The form Node and every bundler understands; it also runs unbundled.
const ENTRY_URL = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+\.ts)\1\s*,\s*import\.meta\.url\s*,?\s*\)/g

/**
 * Turns `new URL('./some-worker.ts', import.meta.url)` into the address of `some-worker.mjs`, and builds that file.
 * All output lies in one folder, so the address holds from whichever chunk the code lands in.
 */
export function threadEntries(): Plugin {
  return {
    name: 'thread-entries',
    enforce: 'pre',
    transform(code, id) {
      if (!/\.ts$/.test(id) || !code.includes('import.meta.url')) return null
      const bundled = code.replace(ENTRY_URL, (_, quote: string, path: string) => {
        const fileName = `${basename(path, '.ts')}.mjs`
        this.emitFile({ type: 'chunk', id: resolve(dirname(id), path), fileName })
        return `new URL(${quote}./${fileName}${quote}, import.meta.url)`
      })
      return bundled === code ? null : { code: bundled, map: null }
    },
  }
}
