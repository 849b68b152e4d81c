/** Frames of a range of bytes of a plain capture file, counted apart from those before it. */

import { readSync } from 'node:fs'
import type { Aggregates } from '../../engine/aggregate/aggregates.ts'
import { FrameBatch } from '../../engine/capture/frame-batch.ts'
import { PCAP_FILE_HEADER_LENGTH } from '../../engine/capture/pcap-file-header.ts'
import { OpenReader } from '../../engine/index.ts'
import { BLOCK_BYTES } from '../capture/capture-source-feed.ts'

/** Both ends lie between two records: a reader of the whole file stood there after a batch. */
export interface CaptureRange {
  /** 0 for the first range of the file. */
  readonly index: number
  readonly start: number
  readonly end: number
  /** Frames that the reader of the whole file found in it. */
  readonly packetCount: number
}

/** One after the other in any order; in their order costs least. */
export class RangeCounter {
  readonly #descriptor: number
  readonly #format: 'pcap' | 'pcapng'
  readonly #batch = new FrameBatch()
  #reader = new OpenReader(undefined, 4 * BLOCK_BYTES)
  /** Bytes of the file that the reader has had, or that it need not have. */
  #position = 0

  constructor(descriptor: number, format: 'pcap' | 'pcapng') {
    this.#descriptor = descriptor
    this.#format = format
  }

  /** Count the range's frames. Yields now and then, for a caller who has something else to do. */
  *count({ start, end }: CaptureRange, into: Aggregates): Generator<void, void, undefined> {
    this.#goTo(start)
    while (this.#position < end && this.#feed(end)) {
      while (this.#reader.next(this.#batch) > 0) into.observe(this.#batch)
      yield
    }
  }

  /**
   * A record of pcap says all about itself, so that a reader may stand before any; one of pcapng needs the interfaces that
   * were described before, and everything up to it is read.
   */
  #goTo(start: number): void {
    if (this.#position > start || this.#format === 'pcap') {
      this.#reader = new OpenReader(undefined, 4 * BLOCK_BYTES)
      this.#position = 0
    }
    if (this.#format === 'pcap' && start > PCAP_FILE_HEADER_LENGTH) {
      this.#feed(PCAP_FILE_HEADER_LENGTH)
      this.#position = start
    }
    while (this.#position < start && this.#feed(start)) while (this.#reader.next(this.#batch) > 0);
  }

  /** Give the reader a block, which ends at `end` at the latest. False when the file has become shorter. */
  #feed(end: number): boolean {
    const wanted = Math.min(BLOCK_BYTES, end - this.#position)
    const room = this.#reader.writable(wanted)
    const count = readSync(this.#descriptor, room.bytes, room.offset, wanted, this.#position)
    this.#reader.commit(count)
    this.#position += count
    return count > 0
  }
}
