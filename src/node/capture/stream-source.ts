/** The bytes of a stream whose length nobody knows, in the order in which they come; some can be looked at before they are read. */

import type { Readable } from 'node:stream'
import type { CaptureInterruption } from '../../engine/capture/capture-reader.ts'
import { errorText } from './capture-file.ts'
import type { CaptureProgress, CaptureSource, FileBytesListener } from './capture-source.ts'

export class StreamSource implements CaptureSource {
  interruption: CaptureInterruption | null = null
  readonly issues = []
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #name: string
  readonly #onBytes: FileBytesListener
  /** Come, and not read yet. */
  readonly #ahead: Uint8Array[] = []
  /** Bytes of the first of them that are read. */
  #firstStart = 0
  #receivedByteCount = 0
  #bytesRead = 0
  #isEnded = false

  /** `name` says in messages what is read. Nothing else may read from the stream. */
  constructor(stream: Readable, name: string, onBytes: FileBytesListener) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
    this.#name = name
    this.#onBytes = onBytes
  }

  get progress(): CaptureProgress {
    return { bytesRead: this.#bytesRead, bytesTotal: this.#isEnded ? this.#receivedByteCount : Infinity }
  }

  /** Has the last byte come? */
  get isEnded(): boolean {
    return this.#isEnded
  }

  /** Come, and not read yet. */
  get aheadByteCount(): number {
    return this.#receivedByteCount - this.#bytesRead
  }

  /** Wait for some more bytes without reading them. False when there are none. */
  async readAhead(): Promise<boolean> {
    if (this.#isEnded) return false
    try {
      const next = await this.#chunks.next()
      if (next.done !== true) {
        this.#ahead.push(next.value)
        this.#receivedByteCount += next.value.length
        return true
      }
    } catch (error) {
      const detail = `After ${this.#receivedByteCount} bytes reading ${this.#name} failed with ${errorText(error)}. Write the capture to a file and name that.`
      this.interruption = { kind: 'read-error', detail }
    }
    this.#isEnded = true
    return false
  }

  /** Copy what has come and is not read, from `position` of it on. Returns how many bytes were there. */
  peek(into: Uint8Array, position: number): number {
    let count = 0
    let chunkAt = -this.#firstStart
    for (const chunk of this.#ahead) {
      const from = position + count - chunkAt
      if (from >= 0 && from < chunk.length) {
        const part = chunk.subarray(from, from + into.length - count)
        into.set(part, count)
        count += part.length
      }
      if (count === into.length) break
      chunkAt += chunk.length
    }
    return count
  }

  read(bytes: Uint8Array, offset: number, length: number): number | Promise<number> {
    if (this.#ahead.length > 0) return this.#take(bytes, offset, length)
    return this.readAhead().then((isMore) => (isMore ? this.#take(bytes, offset, length) : 0))
  }

  #take(bytes: Uint8Array, offset: number, length: number): number {
    const [first] = this.#ahead
    if (first === undefined) return 0
    const part = first.subarray(this.#firstStart, this.#firstStart + length)
    bytes.set(part, offset)
    this.#firstStart += part.length
    if (this.#firstStart === first.length) {
      this.#ahead.shift()
      this.#firstStart = 0
    }
    this.#bytesRead += part.length
    this.#onBytes(bytes, offset, part.length)
    return part.length
  }
}
