/**
 * Builds the committed sources twice, in two folders and two time zones, and compares every byte: `npm run reproducible`.
 * Exit status 1 when a file differs or is in one of them only.
 */

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'reproducible-'))
try {
  const one = build(join(folder, 'one'), { TZ: 'UTC', LANG: 'C' })
  const other = build(join(folder, 'a longer path', 'with spaces'), {
    TZ: 'Pacific/Auckland',
    LANG: 'de_DE.UTF-8',
  })
  const names = [...new Set([...one.keys(), ...other.keys()])].sort()
  const different = names.filter((name) => one.get(name) !== other.get(name))
  for (const name of different) console.log(`differs: ${name}`)
  console.log(`${names.length} files, ${different.length} differ`)
  process.exitCode = different.length === 0 && names.length > 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** SHA-256 of every built file, by its path in `out`. */
function build(into: string, environment: Readonly<Record<string, string>>): Map<string, string> {
  mkdirSync(into, { recursive: true })
  const archive = execFileSync('git', ['archive', 'HEAD'], { maxBuffer: 1 << 29 })
  execFileSync('tar', ['-x', '-C', into], { input: archive })
  // Inside the folder, as after npm ci: bundles name modules by their place relative to it. Links take no space.
  execFileSync('cp', ['-al', resolve('node_modules'), into])
  rmSync(join(into, 'node_modules/.cache'), { recursive: true, force: true })
  execFileSync('npm', ['run', '--silent', 'build'], {
    cwd: into,
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  })
  return digests(join(into, 'out'))
}

function digests(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(root, path), createHash('sha256').update(readFileSync(path)).digest('hex')]
    }),
  )
}
