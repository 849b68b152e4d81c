/** Builds the command line: one file plain Node can run, with its threads' files beside it. */

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { withBuildLock } from './build-lock.ts'
import { cliEntry, cliFingerprint, cliFingerprintFile, cliFolder, isCliUpToDate } from './cli-output.js'
import { keepFingerprint } from './source-fingerprint.js'
import { threadEntries } from './thread-entries.ts'

/**
 * Writes `out/cli`. Safe to run several times at once: one builds, the others wait and find it done.
 * Nothing is needed beside the folder but Node: every library is bundled.
 */
export async function buildCli(): Promise<void> {
  if (!existsSync('src/cli/index.ts'))
    throw new Error('src/cli/index.ts is missing: there is no command line to build')
  await withBuildLock('out/.cli-lock', async () => {
    if (isCliUpToDate()) return
    const fingerprint = cliFingerprint()
    const fresh = mkdtempSync('out/.cli-')
    try {
      await bundle(fresh)
      replaceOutput(fresh)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
    keepFingerprint(cliFingerprintFile, fingerprint)
  })
}

async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [threadEntries()],
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: true,
      target: 'node20.19',
      outDir: resolve(outDir),
      // Readable stack traces are worth more than the few kilobytes.
      minify: false,
      rolldownOptions: {
        input: { nta: resolve('src/cli/index.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
}

/** The entry goes last, so that whoever finds it finds what it imports. */
function replaceOutput(fresh: string): void {
  mkdirSync(cliFolder, { recursive: true })
  const names = readdirSync(fresh)
  const entryLast = [...names].sort((a, b) => Number(isEntry(a)) - Number(isEntry(b)))
  for (const name of entryLast) renameSync(join(fresh, name), join(cliFolder, name))
  for (const name of readdirSync(cliFolder)) {
    if (!names.includes(name)) rmSync(join(cliFolder, name), { recursive: true })
  }
  chmodSync(cliEntry, 0o755)
}

const isEntry = (name: string) => cliEntry.endsWith(`/${name}`)
