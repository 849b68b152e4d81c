/**
 * The stretch of a capture that is in memory: bytes are written at its end, readers consume them from its start.
 *
 * One buffer, reused for the whole capture. What a reader could not consume yet (the first part of a record) is moved
 * to the front before the next block is written behind it, so that a record is always contiguous.
 */

/** Room at the beginning. Less would grow at the first long block, more would leave the second-level cache. */
export const WINDOW_BYTES_START = 1_048_576

/**
 * Room at most: one block of BLOCK_LENGTH_MAX (16 MiB) and a read-ahead of 1 MiB. A lower value would refuse blocks
 * that libpcap reads (it stops at 16 MiB as well), a higher one lets a crafted length field take more memory.
 */
export const WINDOW_BYTES_MAX = 17 * 1_048_576

/** Part of a window that the owner of the bytes may write to. */
export interface WritableBytes {
  readonly bytes: Uint8Array
  readonly offset: number
  readonly length: number
}

export class ByteWindow {
  bytes: Uint8Array<ArrayBuffer>
  view: DataView
  /** First byte not consumed yet, as an index into `bytes`. Readers move it forward. */
  start = 0
  /** One past the last byte written, as an index into `bytes`. */
  end = 0
  /** Where in the capture `bytes[0]` lies. */
  #origin = 0

  /** `byteCountStart`: room at the beginning. Many captures at once take less each. */
  constructor(byteCountStart = WINDOW_BYTES_START) {
    this.bytes = new Uint8Array(byteCountStart)
    this.view = new DataView(this.bytes.buffer)
  }

  /** Offset in the capture of the first byte not consumed yet. */
  get byteOffset(): number {
    return this.#origin + this.start
  }

  /** Bytes written and not consumed yet. */
  get unreadCount(): number {
    return this.end - this.start
  }

  /** Offset in the capture of `bytes[index]`. */
  offsetOf(index: number): number {
    return this.#origin + index
  }

  /**
   * Room for at least `byteCountMin` more bytes. Every index into `bytes` taken before is void afterwards.
   * Throws RangeError when WINDOW_BYTES_MAX bytes wait unread: then the caller wrote without letting the reader
   * consume, which no content of a capture can cause, for no reader waits for a longer record.
   */
  writable(byteCountMin: number): WritableBytes {
    const unread = this.unreadCount
    // Moving only what is at most as long as what was consumed keeps the copying below one byte a byte read.
    if (this.start > 0 && (unread <= this.start || this.end + byteCountMin > this.bytes.length)) {
      this.bytes.copyWithin(0, this.start, this.end)
      this.#origin += this.start
      this.start = 0
      this.end = unread
    }
    if (this.end + byteCountMin > this.bytes.length) this.#grow(this.end + byteCountMin)
    return { bytes: this.bytes, offset: this.end, length: this.bytes.length - this.end }
  }

  /** Says that `byteCount` bytes were written where `writable` pointed to. */
  commit(byteCount: number): void {
    this.end += byteCount
  }

  #grow(byteCountNeeded: number): void {
    if (this.unreadCount >= WINDOW_BYTES_MAX)
      throw new RangeError('the window is full: consume before writing more')
    const doubled = Math.min(this.bytes.length * 2, WINDOW_BYTES_MAX)
    const grown = new Uint8Array(Math.max(doubled, byteCountNeeded))
    grown.set(this.bytes.subarray(0, this.end))
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }
}
