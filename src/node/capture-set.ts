/** The capture files of one analysis: opened, fed into one reader, hashed on the way. */

import { createHash } from 'node:crypto'
import { OpenReader, type CaptureReader, type CaptureSummary } from '../engine/index.ts'
import { openCaptureFile, type CaptureFileHandle } from './capture-file.ts'
import { BLOCK_BYTES } from './capture-source-feed.ts'
import { FileSource } from './capture-source.ts'

/** Why nothing could be analysed. `message` names the file, the byte offset where there is one, and what to do. */
export interface CaptureProblem {
  readonly kind: string
  readonly path: string
  readonly message: string
}

export interface CaptureSet {
  readonly reader: CaptureReader
  readonly progress: { readonly bytesRead: number; readonly bytesTotal: number }
  /** Whether the next bytes come only later (decompression runs beside us). */
  isWaiting(): boolean
  feed(): boolean
  feedLater(): Promise<boolean>
  cancel(): void
  identities(isFinal: boolean): Promise<CaptureSummary['capture']['files']>
  problemOf(reader: CaptureReader): CaptureProblem | null
  close(): void
}

export function openCaptureSet(paths: readonly string[]): CaptureSet | { readonly problem: CaptureProblem } {
  const path = paths[0]!
  const file = openCaptureFile(path)
  if ('kind' in file) return { problem: file }
  return new SingleCapture(path, file)
}

class SingleCapture implements CaptureSet {
  readonly reader: CaptureReader = new OpenReader()
  readonly #path: string
  readonly #file: CaptureFileHandle
  readonly #hash = createHash('sha256')
  readonly #source: FileSource
  #digest: string | null = null

  constructor(path: string, file: CaptureFileHandle) {
    this.#path = path
    this.#file = file
    this.#source = new FileSource(file, (bytes, offset, length) => {
      this.#hash.update(bytes.subarray(offset, offset + length))
    })
  }

  get progress() {
    return this.#source.progress
  }

  isWaiting(): boolean {
    return false
  }

  feed(): boolean {
    const room = this.reader.writable(BLOCK_BYTES)
    const count = this.#source.read(room.bytes, room.offset, BLOCK_BYTES)
    if (count > 0) {
      this.reader.commit(count)
      return true
    }
    for (const issue of this.#source.issues) this.reader.notes.addIssue(issue, null)
    this.reader.finish(this.#source.interruption ?? undefined)
    return false
  }

  feedLater(): Promise<boolean> {
    return Promise.resolve(this.feed())
  }

  cancel(): void {
    this.reader.finish({ kind: 'cancelled', detail: 'The analysis was cancelled.' })
  }

  identities(isFinal: boolean): Promise<CaptureSummary['capture']['files']> {
    if (isFinal) this.#digest ??= this.#hash.digest('hex')
    return Promise.resolve([
      {
        name: this.#file.name,
        byteCount: this.#file.byteCount,
        sha256: this.#digest ?? '0'.repeat(64),
        format: this.reader.format,
        compression: 'none',
      },
    ])
  }

  problemOf(reader: CaptureReader): CaptureProblem | null {
    const { ending } = reader
    if (ending === null) return null
    const nothingRead: string[] = [
      'empty-file',
      'not-a-capture',
      'unsupported-format',
      'truncated-file-header',
      'unsupported-version',
      'bad-byte-order-magic',
    ]
    if (!nothingRead.includes(ending.kind)) return null
    return { kind: ending.kind, path: this.#path, message: `${this.#path}: ${ending.detail} (at byte ${String(ending.byteOffset)})` }
  }

  close(): void {
    this.#file.close()
  }
}
