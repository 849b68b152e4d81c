/** One analysis of several captures, fed as the hosts feed it, which counts beside it what it must have counted. */

import { Aggregates } from '../../src/engine/aggregate/aggregates.ts'
import { FrameBatch } from '../../src/engine/capture/frame-batch.ts'
import { OpenReader } from '../../src/engine/capture/open-reader.ts'
import { CAPTURE_LIMITS } from '../../src/engine/capture/capture-limits.ts'
import { detect, droppedPacketCount, gatherEvidence, summarize } from '../../src/engine/index.ts'
import type { CaptureReader, CaptureSummary, HashSecret } from '../../src/engine/index.ts'
import type { Random } from '../traffic/random.ts'
import type { Totals } from './summary-promises.ts'
import { promiseEqual } from './violation.ts'

/** Room of a reader's window at first: small, so that it must grow and move its bytes. */
const WINDOW_BYTES = 2_048

export class SessionAnalysis {
  readonly aggregates: Aggregates
  readonly totals: Totals = { packetCount: 0, originalByteCount: 0, capturedByteCount: 0 }
  readonly #batch = new FrameBatch()
  #reader: CaptureReader = new OpenReader(CAPTURE_LIMITS, 64)

  constructor(secret: HashSecret, conversationCountMax: number | undefined) {
    this.aggregates = new Aggregates(
      secret,
      conversationCountMax === undefined ? {} : { conversationCountMax },
    )
  }

  /** `random`: in blocks of random lengths; null for all at once. */
  read(input: Uint8Array, random: Random | null): void {
    const reader = new OpenReader(CAPTURE_LIMITS, WINDOW_BYTES)
    this.#reader = reader
    for (let at = 0; at < input.length && reader.ending === null;) {
      const size = Math.min(input.length - at, random === null ? input.length : random.between(1, 300))
      const room = reader.writable(size)
      room.bytes.set(input.subarray(at, at + size), room.offset)
      reader.commit(size)
      at += size
      this.#drain()
    }
    reader.finish()
    this.#drain()
    const { totals } = this.aggregates
    promiseEqual(totals.packetCount, this.totals.packetCount, 'packets counted')
    promiseEqual(totals.originalByteCount, this.totals.originalByteCount, 'bytes counted')
    promiseEqual(totals.capturedByteCount, this.totals.capturedByteCount, 'captured bytes counted')
  }

  /** `fileName`: of the one file that the summary names; null for none. */
  summarize(fileName: string | null = null): CaptureSummary {
    const reader = this.#reader
    const detection = detect(gatherEvidence(this.aggregates, droppedPacketCount(reader.interfaces)))
    const ending = reader.ending ?? { kind: 'empty-file' as const, byteOffset: 0, detail: '' }
    const file = {
      name: fileName ?? '',
      byteCount: 0,
      sha256: '0'.repeat(64),
      format: 'pcap',
      compression: 'none',
    } as const
    const facts = {
      files: fileName === null ? [] : [file],
      interfaces: reader.interfaces,
      ending,
      notes: reader.notes,
    }
    return summarize(this.aggregates, detection, facts, { toolVersion: 'fuzz', rowLimit: null })
  }

  #drain(): void {
    const batch = this.#batch
    while (this.#reader.next(batch) > 0) {
      for (let i = 0; i < batch.count; i++) {
        this.totals.packetCount += 1
        this.totals.originalByteCount += batch.originalLength[i]!
        this.totals.capturedByteCount += batch.capturedLength[i]!
      }
      this.aggregates.observe(batch)
    }
  }
}
