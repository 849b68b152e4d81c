/**
 * A capture that another program writes to standard input, such as `tcpdump -w -`: read once, from its beginning to its end, as the
 * writer gives it. A file is better where there is one: it tells how long it is, and several threads can read it.
 */

import { createHash } from 'node:crypto'
import { fstatSync } from 'node:fs'
import type { Readable } from 'node:stream'
import type { CaptureFileProblem } from './capture-file.ts'
import type { CaptureInput } from './capture-input.ts'
import { StreamSource } from './stream-source.ts'
import { compressionOf, type Compression } from '../decompress/decompress.ts'
import { LARGEST_STEPS_FROM_BYTES } from '../decompress/engine.ts'

/** The name that stands for it on a command line (POSIX, Utility Syntax Guideline 13). */
export const STANDARD_INPUT = '-'
/** What it is called in messages and in the summary. */
export const STANDARD_INPUT_NAME = 'standard input'

/** `process.stdin`, or what a test puts in its place. */
export type StandardInput = Readable & { readonly isTTY?: boolean; readonly fd?: number | null }

const DRAIN_BYTES = 65_536

/** Waits for the first bytes. Closing what comes of it ends the reading, which the writer notices. */
export async function openStandardInput(stream: StandardInput): Promise<CaptureInput | CaptureFileProblem> {
  if (stream.isTTY === true) {
    return problem(
      'device',
      'is the terminal. Let a program write a capture to it, as in: tcpdump -w - | nta …',
    )
  }
  if (isFolder(stream)) {
    return problem('directory', 'is a folder. Name a capture file inside it instead of -.')
  }
  const hash = createHash('sha256')
  const source = new StreamSource(stream, STANDARD_INPUT_NAME, (bytes, offset, length) => {
    hash.update(bytes.subarray(offset, offset + length))
  })
  const compression = await detectCompression(source)
  if (source.isEnded && source.aheadByteCount === 0 && source.interruption === null) {
    return problem('empty-file', 'is empty. Look what the program that writes to it says.')
  }
  return {
    path: STANDARD_INPUT_NAME,
    name: STANDARD_INPUT_NAME,
    compression,
    source,
    plainFile: null,
    async finishHash(onHashed) {
      const block = new Uint8Array(DRAIN_BYTES)
      while ((await source.read(block, 0, DRAIN_BYTES)) > 0) {
        if (!onHashed(source.progress.bytesRead)) return null
      }
      return source.interruption === null ? hash.digest('hex') : null
    },
    close() {
      stream.destroy()
    },
  }
}

/** Node reads a folder as a stream that is at its end at once. */
function isFolder({ fd }: StandardInput): boolean {
  return typeof fd === 'number' && fstatSync(fd).isDirectory()
}

/**
 * How it is packed. Of what is packed so much is read ahead that the steps in which it is unpacked are those of a file with the same
 * bytes: what damage takes away depends on them.
 */
async function detectCompression(source: StreamSource): Promise<Compression | 'none'> {
  for (;;) {
    let isShort = false
    const compression = compressionOf((into, position) => {
      const count = source.peek(into, position)
      isShort ||= count < into.length
      return count
    })
    const isDecided = compression === 'none' && !isShort
    if (isDecided || source.aheadByteCount >= LARGEST_STEPS_FROM_BYTES) return compression
    if (!(await source.readAhead())) return compression
  }
}

function problem(kind: CaptureFileProblem['kind'], what: string): CaptureFileProblem {
  return { kind, path: STANDARD_INPUT_NAME, message: `Standard input ${what}` }
}
