/** Analysing bytes in memory in every way the engine allows: in blocks, under another secret, in parts. */

import { Aggregates } from '../../src/engine/aggregate/aggregates.ts'
import type { CaptureReader } from '../../src/engine/capture/capture-reader.ts'
import { FrameBatch } from '../../src/engine/capture/frame-batch.ts'
import { detect, droppedPacketCount, gatherEvidence, OpenReader, summarize } from '../../src/engine/index.ts'
import type { CaptureSummary, HashSecret } from '../../src/engine/index.ts'

export interface WholeOptions {
  readonly secret?: HashSecret
  /** Length of the next block of bytes; at least 1. */
  readonly nextBlockLength?: () => number
  /** Frames after which a part ends and the next begins; parts are merged at the end. */
  readonly cutsAt?: readonly number[]
  readonly conversationCountMax?: number
  /** What becomes of each part before it is merged, such as being written and read again. */
  readonly sendPart?: (part: Aggregates) => Aggregates
}

const SECRET: HashSecret = [1, 2, 3, 4]

/** The summary of all rows as JSON text, so that a difference anywhere is a difference. */
export function summaryText(bytes: Uint8Array, options: WholeOptions = {}): string {
  return JSON.stringify(summaryOf(bytes, options))
}

export function summaryOf(bytes: Uint8Array, options: WholeOptions = {}): CaptureSummary {
  const reader = new OpenReader()
  const parts = new Parts(options)
  let position = 0
  while (reader.ending === null && position < bytes.length) {
    const length = Math.min(options.nextBlockLength?.() ?? bytes.length, bytes.length - position)
    feedBlock(reader, bytes.subarray(position, position + length), parts)
    position += length
  }
  reader.finish()
  parts.drain(reader)
  const aggregates = parts.merged()
  const { ending } = reader
  if (ending === null) throw new Error('the reader was finished and has no ending')
  const detection = detect(gatherEvidence(aggregates, droppedPacketCount(reader.interfaces)))
  return summarize(
    aggregates,
    detection,
    { files: [], interfaces: reader.interfaces, ending, notes: reader.notes },
    { toolVersion: 'test', rowLimit: null },
  )
}

/** As much at a time as the reader has room for. */
function feedBlock(reader: CaptureReader, block: Uint8Array, parts: Parts): void {
  for (let pushed = 0; pushed < block.length && reader.ending === null;) {
    const room = reader.writable(1)
    const count = Math.min(room.length, block.length - pushed)
    room.bytes.set(block.subarray(pushed, pushed + count), room.offset)
    reader.commit(count)
    pushed += count
    parts.drain(reader)
  }
}

/** Counts frames into one part after the other. */
class Parts {
  readonly #options: WholeOptions
  readonly #parts: Aggregates[]
  readonly #cutsAt: number[]
  readonly #batch = new FrameBatch()
  readonly #piece = new FrameBatch()
  #frameCount = 0

  constructor(options: WholeOptions) {
    this.#options = options
    this.#cutsAt = [...(options.cutsAt ?? [])].sort((x, y) => x - y)
    this.#parts = [this.#newPart()]
  }

  drain(reader: CaptureReader): void {
    while (reader.next(this.#batch) > 0) {
      let from = 0
      while (from < this.#batch.count) {
        while (this.#cutsAt.length > 0 && this.#cutsAt[0]! <= this.#frameCount) {
          this.#cutsAt.shift()
          this.#parts.push(this.#newPart())
        }
        const until = Math.min(this.#batch.count, from + ((this.#cutsAt[0] ?? Infinity) - this.#frameCount))
        copyFrames(this.#batch, from, until, this.#piece)
        this.#parts.at(-1)!.observe(this.#piece)
        this.#frameCount += until - from
        from = until
      }
    }
  }

  merged(): Aggregates {
    const sendPart = this.#options.sendPart ?? ((part: Aggregates) => part)
    const [first, ...later] = this.#parts.map(sendPart)
    for (const part of later) first!.merge(part)
    return first!
  }

  #newPart(): Aggregates {
    const { secret, conversationCountMax } = this.#options
    return new Aggregates(
      secret ?? SECRET,
      conversationCountMax === undefined ? {} : { conversationCountMax },
    )
  }
}

function copyFrames(from: FrameBatch, start: number, end: number, to: FrameBatch): void {
  to.bytes = from.bytes
  to.count = end - start
  for (const column of [
    'offset',
    'capturedLength',
    'originalLength',
    'seconds',
    'nanoseconds',
    'interfaceIndex',
    'linkType',
    'flags',
  ] as const) {
    to[column].set(from[column].subarray(start, end))
  }
}
