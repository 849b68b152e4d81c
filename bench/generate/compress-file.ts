/** A copy of a file, compressed as `gzip` and `zstd` do it by default. */

import { spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

export type Compression = 'gzip' | 'zstd'

/** Resolves to 0: frames are not counted on the way. Throws, saying so, when zstd is wanted and its program is not installed. */
export async function compressFile(from: string, to: string, compression: Compression): Promise<number> {
  if (compression === 'gzip') {
    await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), createGzip(), createWriteStream(to))
    return 0
  }
  // Node before 22.15 has no zstd of its own.
  const run = spawnSync('zstd', ['-q', '-f', from, '-o', to], { encoding: 'utf8' })
  if (run.error) throw new Error('zstd is not installed')
  if (run.status !== 0) throw new Error(`zstd failed: ${run.stderr}`)
  return 0
}
