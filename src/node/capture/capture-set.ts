/** The capture files of one analysis: opened, unpacked, fed into one reader and hashed on the way. */

import {
  MERGED_CAPTURE_COUNT_MAX,
  MergedReader,
  NOTHING_READ_ENDINGS,
  OpenReader,
  type CaptureReader,
  type CaptureSummary,
  type EndedCapture,
} from '../../engine/index.ts'
import { InterfaceCeiling } from '../../engine/capture/interface-ceiling.ts'
import { openCaptureFile } from './capture-file.ts'
import { fileInput, type CaptureInput } from './capture-input.ts'
import { blockBytesFor, SourceFeed } from './capture-source-feed.ts'
import { openStandardInput, STANDARD_INPUT, type StandardInput } from './standard-input.ts'
import { DecompressedSource } from '../decompress/decompress.ts'

/** Why nothing could be analysed. `message` names the file, the byte offset where there is one, and what to do. */
export interface CaptureProblem {
  readonly kind: string
  readonly path: string
  readonly message: string
}

/** One file on its way into a reader. */
export class CaptureFeed {
  readonly reader: CaptureReader
  readonly path: string
  readonly #input: CaptureInput
  readonly #unpacked: DecompressedSource | null
  readonly #feed: SourceFeed
  #digest: string | null = null
  /** Bytes read for the hash alone come on top of those that the reader wanted. */
  #hashedByteCount = 0

  /** `blockBytes`: how much to read at a time. `ceiling`: that of all captures that are read as one. */
  constructor(input: CaptureInput, blockBytes: number, ceiling: InterfaceCeiling) {
    this.reader = new OpenReader(ceiling.limits, 4 * blockBytes, ceiling)
    this.path = input.path
    this.#input = input
    const { source, compression } = input
    this.#unpacked = compression === 'none' ? null : new DecompressedSource(source, compression)
    this.#feed = new SourceFeed(this.#unpacked ?? source, this.reader, blockBytes)
  }

  get progress(): { readonly bytesRead: number; readonly bytesTotal: number } {
    const { bytesRead, bytesTotal } = this.#input.source.progress
    return { bytesRead: Math.max(bytesRead, this.#hashedByteCount), bytesTotal }
  }

  /** Bring the next block to the reader. False when there is no more; a promise while it is being unpacked. */
  feed(): boolean | Promise<boolean> {
    return this.#feed.feed()
  }

  cancel(): void {
    this.#feed.cancel()
  }

  /** Hash what the reader did not want, so that the hash is of all bytes; `onStep` false leaves it unknown. */
  async finishHash(onStep: () => boolean): Promise<void> {
    this.#digest = await this.#input.finishHash((byteCount) => {
      this.#hashedByteCount = byteCount
      return onStep()
    })
  }

  /** Who the file is, its hash as far as `finishHash` has made it known. */
  get identity(): CaptureSummary['capture']['files'][number] {
    return {
      name: this.#input.name,
      byteCount: this.progress.bytesTotal,
      sha256: this.#digest ?? UNKNOWN_HASH,
      format: this.reader.format,
      compression: this.#input.compression,
    }
  }

  /** Why the file is of no use, when nothing could be read from it. */
  get problem(): CaptureProblem | null {
    const { ending } = this.reader
    if (ending === null || !NOTHING_READ_ENDINGS.includes(ending.kind)) return null
    // A later section that cannot be read takes nothing away from those before it.
    if (this.reader.interfaces.length > 0) return null
    const { interruption } = this.#input.source
    if (interruption !== null) {
      return { kind: 'read-error', path: this.path, message: `${this.path}: ${interruption.detail}` }
    }
    const message = `${this.path}: ${ending.detail} (${ending.kind} at byte ${String(ending.byteOffset)})`
    return { kind: ending.kind, path: this.path, message }
  }

  get plainFile(): CaptureSet['plainFile'] {
    return this.#input.plainFile
  }

  get ended(): EndedCapture {
    const { ending, byteOffset } = this.reader
    return { name: this.path, ending, byteOffset }
  }

  close(): void {
    void this.#unpacked?.close()
    this.#input.close()
  }
}

/** Of a file that is still being read, or whose reading was cancelled; sixty-four zeros keep the summary's form. */
const UNKNOWN_HASH = '0'.repeat(64)

/** All captures of one analysis, behind one reader. */
export interface CaptureSet {
  readonly reader: CaptureReader
  readonly progress: { readonly bytesRead: number; readonly bytesTotal: number }
  feed(): boolean | Promise<boolean>
  cancel(): void
  /**
   * Read to their ends the files that are not, for their hashes. `onStep` is called between turns; when it says false the
   * hashes that are not made stay unknown.
   */
  finishHashes(onStep: () => boolean): Promise<void>
  readonly identities: CaptureSummary['capture']['files']
  /** The only capture, when it is not compressed: what threads can read as well. */
  readonly plainFile: { readonly descriptor: number; readonly byteCount: number } | null
  /** How each capture ended, in the order in which they were named. */
  readonly endings: readonly EndedCapture[]
  readonly problem: CaptureProblem | null
  close(): void
}

/** Open every path, or say which cannot be opened and why. With `standardInput`, that is what the path `-` stands for. */
export async function openCaptureSet(
  paths: readonly string[],
  standardInput?: StandardInput,
): Promise<CaptureSet | { readonly problem: CaptureProblem }> {
  if (paths.length > MERGED_CAPTURE_COUNT_MAX) {
    const message = `${String(paths.length)} captures were named; at most ${String(MERGED_CAPTURE_COUNT_MAX)} can be read as one. Merge some of them first.`
    return { problem: { kind: 'too-many-captures', path: '', message } }
  }
  const feeds: CaptureFeed[] = []
  const ceiling = new InterfaceCeiling()
  for (const path of paths) {
    const input = await openInput(path, standardInput)
    if ('kind' in input) {
      for (const feed of feeds) feed.close()
      return { problem: input }
    }
    feeds.push(new CaptureFeed(input, blockBytesFor(paths.length), ceiling))
  }
  const [only] = feeds
  return only !== undefined && feeds.length === 1 ? oneCapture(only) : manyCaptures(feeds)
}

async function openInput(
  path: string,
  standardInput?: StandardInput,
): Promise<CaptureInput | CaptureProblem> {
  if (path === STANDARD_INPUT && standardInput !== undefined) return openStandardInput(standardInput)
  const file = openCaptureFile(path)
  return 'kind' in file ? file : fileInput(file)
}

function oneCapture(feed: CaptureFeed): CaptureSet {
  return {
    reader: feed.reader,
    get progress() {
      return feed.progress
    },
    feed: () => feed.feed(),
    cancel() {
      feed.cancel()
    },
    finishHashes: (onStep) => feed.finishHash(onStep),
    get identities() {
      return [feed.identity]
    },
    plainFile: feed.plainFile,
    get endings() {
      return [feed.ended]
    },
    get problem() {
      return feed.problem
    },
    close() {
      feed.close()
    },
  }
}

/** Frames of all captures in order of time; the one whose frames are needed next is read next. */
function manyCaptures(feeds: readonly CaptureFeed[]): CaptureSet {
  const reader = new MergedReader(feeds.map((feed) => ({ name: feed.path, reader: feed.reader })))
  // The reader itself says when all captures are over.
  const goOn = (): boolean => reader.ending === null
  return {
    reader,
    get progress() {
      return feeds.reduce(
        (sum, { progress }) => ({
          bytesRead: sum.bytesRead + progress.bytesRead,
          bytesTotal: sum.bytesTotal + progress.bytesTotal,
        }),
        { bytesRead: 0, bytesTotal: 0 },
      )
    },
    feed() {
      const fed = feeds[reader.waitingIndex]?.feed() ?? false
      return typeof fed === 'boolean' ? goOn() : fed.then(goOn)
    },
    cancel() {
      for (const feed of feeds) feed.cancel()
    },
    async finishHashes(onStep) {
      for (const feed of feeds) await feed.finishHash(onStep)
    },
    get identities() {
      return feeds.map((feed) => feed.identity)
    },
    plainFile: null,
    get endings() {
      return feeds.map((feed) => feed.ended)
    },
    get problem() {
      return feeds.find((feed) => feed.problem !== null)?.problem ?? null
    },
    close() {
      for (const feed of feeds) feed.close()
    },
  }
}
