/** Builds the desktop program: out/main, out/preload, out/renderer. The analyzer process and its threads lie in out/main. */

import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { threadEntries } from './tools/thread-entries.ts'

// Everything is bundled: a packaged program carries no node_modules. The oldest Node that runs any of it is the one
// the command line supports, so that tests can start the built analyzer without Electron.
const everywhere = { externalizeDeps: false, minify: false, target: 'node20.19' } as const

export default defineConfig({
  main: {
    plugins: [threadEntries()],
    build: {
      ...everywhere,
      rolldownOptions: {
        input: { index: resolve('src/main/index.ts') },
        // One flat folder: the address of a thread's file holds from whichever chunk the code lands in.
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  },
  preload: {
    build: {
      ...everywhere,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        // A sandboxed preload script can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [vue()],
    build: {
      outDir: resolve('out/renderer'),
      rolldownOptions: { input: resolve('src/renderer/index.html') },
    },
  },
})
