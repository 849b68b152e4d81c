import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { build } from 'vite'
import { threadEntries } from './thread-entries.ts'

it('builds a worker beside the bundle, where the bundle finds it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thread-entries-'))
  try {
    writeFileSync(
      join(folder, 'main.ts'),
      `import { Worker } from 'node:worker_threads'
       new Worker(new URL('./sum-worker.ts', import.meta.url)).on('message', (sum: number) => console.log(sum))`,
    )
    writeFileSync(
      join(folder, 'sum-worker.ts'),
      `import { parentPort } from 'node:worker_threads'
       const sum: number = 2 + 3
       parentPort!.postMessage(sum)`,
    )
    await build({
      configFile: false,
      logLevel: 'warn',
      root: folder,
      plugins: [threadEntries()],
      build: {
        ssr: true,
        outDir: 'out',
        rolldownOptions: { input: join(folder, 'main.ts'), output: { entryFileNames: '[name].mjs' } },
      },
    })
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['main.mjs', 'sum-worker.mjs'])
    expect(execFileSync(process.execPath, [join(folder, 'out/main.mjs')], { encoding: 'utf8' })).toBe('5\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
