/** The compressed file as a decompressor sees it: a few bytes that lie in a row, more of them when asked for. */

import type { CaptureSource } from '../capture/capture-source.ts'

const CAPACITY_START = 65_536

export class DecompressInput {
  bytes = new Uint8Array(CAPACITY_START)
  view = new DataView(this.bytes.buffer)
  /** First byte not consumed yet; decompressors move it forward. */
  start = 0
  end = 0
  readonly #source: CaptureSource

  constructor(source: CaptureSource) {
    this.#source = source
  }

  get unreadCount(): number {
    return this.end - this.start
  }

  /** Are `count` more bytes there? Reads as needed; false when the file ends before. Indexes taken before are void then. */
  async has(count: number): Promise<boolean> {
    if (this.unreadCount >= count) return true
    this.#makeRoom(count)
    while (this.unreadCount < count) {
      const added = await this.#source.read(this.bytes, this.end, this.bytes.length - this.end)
      if (added === 0) return false
      this.end += added
    }
    return true
  }

  #makeRoom(count: number): void {
    this.bytes.copyWithin(0, this.start, this.end)
    this.end -= this.start
    this.start = 0
    if (count <= this.bytes.length) return
    const grown = new Uint8Array(count)
    grown.set(this.bytes.subarray(0, this.end))
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }
}
