/** A capture that can be read: its bytes, how they are packed, and their SHA-256, which is made on the way. */

import { createFileHash, type OnHashed } from './capture-file-hash.ts'
import type { CaptureFileHandle } from './capture-file.ts'
import { FileSource, type CaptureSource } from './capture-source.ts'
import { detectCompression, type Compression } from '../decompress/decompress.ts'

export interface CaptureInput {
  /** As messages name it. */
  readonly path: string
  /** As the summary names it. */
  readonly name: string
  readonly compression: Compression | 'none'
  /** The bytes as they come, packed or not. */
  readonly source: CaptureSource
  /** What threads can read as well; null when it is packed, or no file. */
  readonly plainFile: { readonly descriptor: number; readonly byteCount: number } | null
  /** Hash what `source` has not given, so that the hash is of all bytes; null when that was cancelled or failed. */
  finishHash(onHashed: OnHashed): Promise<string | null>
  close(): void
}

/** Closing it closes the file. */
export function fileInput(file: CaptureFileHandle): CaptureInput {
  const compression = detectCompression(file)
  const hash = createFileHash(file.descriptor, file.byteCount)
  const source = new FileSource(file, (bytes, offset, length) => {
    hash.update(bytes, offset, length)
  })
  return {
    path: file.path,
    name: file.name,
    compression,
    source,
    plainFile: compression === 'none' ? file : null,
    finishHash: (onHashed) => hash.finish(source.progress.bytesTotal, onHashed),
    close() {
      hash.abandon()
      file.close()
    },
  }
}
