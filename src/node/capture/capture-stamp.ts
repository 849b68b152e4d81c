/** Tells whether files are still those that were read, without reading them: which they are, how long, when written. */

import { statSync } from 'node:fs'

/** Null when one of them cannot be looked at. */
export function captureStamp(paths: readonly string[]): string | null {
  try {
    return JSON.stringify(
      paths.map((path) => {
        const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
        return [dev, ino, size, mtimeNs, ctimeNs].map(String)
      }),
    )
  } catch {
    return null
  }
}
