/**
 * A capture file being written fast: frames are built in place in one large buffer, which goes to disk when it is full.
 * pcap (microseconds) or pcapng (one interface, microseconds), little-endian, Ethernet.
 */

import { closeSync, openSync, writeSync } from 'node:fs'
import { concat, interfaceDescription, pcapHeader, sectionHeader } from '../../test/traffic/index.ts'

export type CaptureFormat = 'pcap' | 'pcapng'

const BUFFER_LENGTH = 8 << 20
/** Room for one more record of the largest frame that the generators make. */
const RECORD_LENGTH_MAX = 1 << 16

export class CaptureSink {
  /** Where the frame's bytes go, at the offset that `begin` gave. */
  readonly bytes = new Uint8Array(BUFFER_LENGTH + RECORD_LENGTH_MAX)
  frameCount = 0
  readonly #view = new DataView(this.bytes.buffer)
  readonly #file: number
  readonly #isPcapng: boolean
  #used = 0
  #written = 0

  constructor(path: string, format: CaptureFormat) {
    this.#file = openSync(path, 'w')
    this.#isPcapng = format === 'pcapng'
    const head = this.#isPcapng ? concat(sectionHeader(), interfaceDescription()) : pcapHeader()
    this.bytes.set(head)
    this.#used = head.length
  }

  /** Bytes of the file so far. */
  get byteCount(): number {
    return this.#written + this.#used
  }

  /**
   * Write a record's header for a frame of `length` bytes at `microseconds` since 1970 and return the offset in `bytes`
   * where the caller must write every byte of the frame (what stood there before is rubbish).
   */
  begin(length: number, microseconds: number): number {
    if (this.#used >= BUFFER_LENGTH) this.#flush()
    this.frameCount++
    return this.#isPcapng ? this.#beginBlock(length, microseconds) : this.#beginRecord(length, microseconds)
  }

  close(): void {
    this.#flush()
    closeSync(this.#file)
  }

  #beginRecord(length: number, microseconds: number): number {
    const at = this.#used
    const seconds = Math.floor(microseconds / 1e6)
    this.#view.setUint32(at, seconds, true)
    this.#view.setUint32(at + 4, microseconds - seconds * 1e6, true)
    this.#view.setUint32(at + 8, length, true)
    this.#view.setUint32(at + 12, length, true)
    this.#used = at + 16 + length
    return at + 16
  }

  #beginBlock(length: number, microseconds: number): number {
    const at = this.#used
    const padded = (length + 3) & ~3
    const total = 32 + padded
    const high = Math.floor(microseconds / 0x1_0000_0000)
    this.#view.setUint32(at, 6, true)
    this.#view.setUint32(at + 4, total, true)
    this.#view.setUint32(at + 8, 0, true)
    this.#view.setUint32(at + 12, high, true)
    this.#view.setUint32(at + 16, microseconds - high * 0x1_0000_0000, true)
    this.#view.setUint32(at + 20, length, true)
    this.#view.setUint32(at + 24, length, true)
    this.bytes.fill(0, at + 28 + length, at + 28 + padded)
    this.#view.setUint32(at + 28 + padded, total, true)
    this.#used = at + total
    return at + 28
  }

  #flush(): void {
    for (let done = 0; done < this.#used;) done += writeSync(this.#file, this.bytes, done, this.#used - done)
    this.#written += this.#used
    this.#used = 0
  }
}
