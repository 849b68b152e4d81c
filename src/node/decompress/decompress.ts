/** A compressed capture file as a source of the capture's own bytes, with limits against bombs. */

import { readSync } from 'node:fs'
import type { CaptureIssueKind } from '../../engine/capture/capture-note-book.ts'
import type { CaptureInterruption } from '../../engine/capture/capture-reader.ts'
import { errorText } from '../capture/capture-file.ts'
import type { CaptureFileHandle } from '../capture/capture-file.ts'
import type { CaptureProgress, CaptureSource, CaptureSourceState } from '../capture/capture-source.ts'
import { DecompressionFailure } from './failure.ts'
import { unpackGzip } from './gzip.ts'
import { DecompressInput } from './input.ts'
import { isSkippableFrame, LZ4_FRAME_MAGIC, unpackLz4 } from './lz4.ts'
import { unpackZstd } from './zstd.ts'

export type Compression = 'gzip' | 'zstd' | 'lz4'

const ZSTD_FRAME_MAGIC = 0xfd2fb528
/** Deflate is the only method that gzip has (RFC 1952, 2.3.1). */
const GZIP_MAGIC = 0x1f8b08
/** Skippable frames to look behind. Tools write one or two. */
const SKIPPABLE_FRAME_COUNT_MAX = 16

export interface DecompressionLimits {
  /** Unpacked bytes at most. A higher value reads larger captures and gives a bomb more time. */
  readonly outputBytesMax: number
  /** Unpacked bytes for each packed one, at most. Deflate itself ends at 1,032; Zstandard of nothing but zeros has more. */
  readonly ratioMax: number
  /** From how many unpacked bytes on the ratio counts: below, a bomb does no harm. */
  readonly ratioFromBytes: number
}

export const DECOMPRESSION_LIMITS: DecompressionLimits = {
  outputBytesMax: 64 * 2 ** 30,
  ratioMax: 1_200,
  ratioFromBytes: 2 ** 30,
}

/** How the file is compressed, by its first bytes; `none` when it is not, or cannot be read. */
export function detectCompression(file: CaptureFileHandle): Compression | 'none' {
  return compressionOf((into, position) => readAt(file, into, position))
}

/** The same of any bytes. `bytesAt` puts those at `position` into the buffer and returns how many there are. */
export function compressionOf(bytesAt: (into: Buffer, position: number) => number): Compression | 'none' {
  const head = Buffer.alloc(8)
  let position = 0
  for (let frameCount = 0; frameCount <= SKIPPABLE_FRAME_COUNT_MAX; frameCount++) {
    const length = bytesAt(head, position)
    if (frameCount === 0 && length >= 3 && head.readUIntBE(0, 3) === GZIP_MAGIC) return 'gzip'
    if (length < 4) return 'none'
    const magic = head.readUInt32LE(0)
    if (magic === ZSTD_FRAME_MAGIC) return 'zstd'
    if (magic === LZ4_FRAME_MAGIC) return 'lz4'
    if (!isSkippableFrame(magic) || length < 8) return 'none'
    position += 8 + head.readUInt32LE(4)
  }
  return 'none'
}

function readAt(file: CaptureFileHandle, into: Buffer, position: number): number {
  try {
    return readSync(file.descriptor, into, 0, into.length, position)
  } catch {
    // The same error meets the reading of the capture, and is told there.
    return 0
  }
}

/** Reading never throws: a failure shows as 0 bytes and an `interruption`. */
export class DecompressedSource implements CaptureSourceState {
  readonly #file: CaptureSource
  readonly #limits: DecompressionLimits
  readonly #issues: CaptureIssueKind[] = []
  readonly #chunks: AsyncGenerator<Uint8Array, void>
  #chunk: Uint8Array = new Uint8Array(0)
  #outputBytes = 0
  #interruption: CaptureInterruption | null = null

  constructor(
    file: CaptureSource,
    compression: Compression,
    limits: DecompressionLimits = DECOMPRESSION_LIMITS,
  ) {
    this.#file = file
    this.#limits = limits
    this.#chunks = unpack(file, compression, this.#issues)
  }

  /** Of the file on disk, not of the capture inside. */
  get progress(): CaptureProgress {
    return this.#file.progress
  }

  get interruption(): CaptureInterruption | null {
    // A disk that fails looks like a file that is cut, or that ends well; the disk is the reason to tell.
    return this.#file.interruption ?? this.#interruption
  }

  get issues(): readonly CaptureIssueKind[] {
    return [...this.#file.issues, ...this.#issues]
  }

  /** Put up to `length` bytes of the capture at `bytes[offset ..]`. Resolves to how many; 0 means the end. */
  async read(bytes: Uint8Array, offset: number, length: number): Promise<number> {
    if (this.#chunk.length === 0 && !(await this.#nextChunk())) return 0
    const count = Math.min(length, this.#chunk.length)
    bytes.set(this.#chunk.subarray(0, count), offset)
    this.#chunk = this.#chunk.subarray(count)
    return count
  }

  /** Stop before the end. Reading after it gives nothing. */
  async close(): Promise<void> {
    await this.#chunks.return(undefined)
  }

  async #nextChunk(): Promise<boolean> {
    if (this.#interruption !== null) return false
    try {
      let chunk: Uint8Array | undefined
      do {
        const next = await this.#chunks.next()
        if (next.done === true) return false
        chunk = next.value
      } while (chunk.length === 0)
      this.#outputBytes += chunk.length
      const bomb = this.#describeBomb()
      if (bomb !== null) {
        await this.close()
        this.#interruption = { kind: 'compression-bomb', detail: bomb }
        return false
      }
      this.#chunk = chunk
      return true
    } catch (error) {
      this.#interruption =
        error instanceof DecompressionFailure
          ? { kind: error.kind, detail: error.message }
          : { kind: 'damaged-compression', detail: `Unpacking failed with ${errorText(error)}.` }
      return false
    }
  }

  #describeBomb(): string | null {
    const { outputBytesMax, ratioMax, ratioFromBytes } = this.#limits
    const { bytesRead } = this.#file.progress
    if (this.#outputBytes > outputBytesMax) {
      return `The content unpacks to more than ${outputBytesMax} bytes. Unpack it yourself if you trust it.`
    }
    if (this.#outputBytes > ratioFromBytes && this.#outputBytes > bytesRead * ratioMax) {
      return `${bytesRead} bytes of the file unpack to more than ${ratioMax} times as many. Unpack it yourself if you trust it.`
    }
    return null
  }
}

function unpack(
  file: CaptureSource,
  compression: Compression,
  issues: CaptureIssueKind[],
): AsyncGenerator<Uint8Array, void> {
  const input = new DecompressInput(file)
  switch (compression) {
    case 'gzip':
      return unpackGzip(input, issues, file.progress.bytesTotal)
    case 'zstd':
      return unpackZstd(input, file.progress.bytesTotal)
    case 'lz4':
      return unpackLz4(input)
  }
}
