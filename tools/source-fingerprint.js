/** Whether a build is older than its sources, told by a fingerprint kept beside it. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A text that changes whenever a file below the folders is edited, added, renamed or removed.
 * It looks at names, sizes and times, not contents, so it costs a few milliseconds.
 * @param {readonly string[]} paths Folders and files, from the working directory.
 */
export function sourceFingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
      : [path]
    for (const file of files.sort()) {
      if (file.endsWith('.test.ts')) continue
      // An editor's temporary file may be gone by now.
      const state = statSync(file, { throwIfNoEntry: false })
      if (state?.isFile()) hash.update(`${file}\0${state.size}\0${state.mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

/**
 * Whether the build that left this fingerprint was made from these sources.
 * @param {string} file
 * @param {string} fingerprint
 */
export function isUpToDate(file, fingerprint) {
  try {
    return readFileSync(file, 'utf8') === fingerprint
  } catch {
    return false
  }
}

/**
 * @param {string} file
 * @param {string} fingerprint
 */
export function keepFingerprint(file, fingerprint) {
  writeFileSync(file, fingerprint)
}
