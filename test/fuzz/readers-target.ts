/**
 * The capture readers under fuzzing. For every input: nothing is thrown, each step moves forward, the ending is named with an
 * offset inside the file, frames are what the plain model of the format counts, and the way the bytes come changes nothing:
 * in one block, in random blocks, or cut short, whose frames are those that lay wholly before the cut.
 */

import type { CaptureEnding } from '../../src/engine/capture/capture-ending.ts'
import { CAPTURE_LIMITS, type CaptureLimits } from '../../src/engine/capture/capture-limits.ts'
import {
  COMMENT_COUNT_MAX,
  COMMENT_LENGTH_MAX,
  RESOLVED_NAME_COUNT_MAX,
  RESOLVED_NAME_LENGTH_MAX,
} from '../../src/engine/capture/capture-note-book.ts'
import { CAPTURED_LENGTH_MAX, type CaptureReader } from '../../src/engine/capture/capture-reader.ts'
import { FRAME_BATCH_MAX, FRAME_WITHOUT_TIME, FrameBatch } from '../../src/engine/capture/frame-batch.ts'
import { OpenReader } from '../../src/engine/capture/open-reader.ts'
import { seededRandom, type Random } from '../traffic/random.ts'
import { modelCapture } from './capture-model.ts'
import type { Target } from './target.ts'
import { fingerprint, promise, promiseEqual } from './violation.ts'

/** Room of a reader's window at first: small, so that it must grow and move its bytes. */
const WINDOW_BYTES = 512
/** Ceilings that inputs of a few hundred bytes reach. */
const LOW_LIMITS: CaptureLimits = { blockLengthMax: 128, listedInterfaceCountMax: 2, interfaceCountMax: 4 }

/** Running figures of one reading. */
interface Reading {
  frameCount: number
  capturedByteCount: number
  /** Of every column and byte of every frame so far. */
  digest: number
  lastSeconds: number
  lastNanoseconds: number
  hasTime: boolean
  ending: CaptureEnding | null
  noteText: string
}

export class ReadersTarget implements Target {
  readonly name = 'readers'
  readonly sessionLength = 1
  readonly frameShare = 0.15
  readonly #batch = new FrameBatch()

  start(): void {
    // Every input stands for itself.
  }

  feed(input: Uint8Array): void {
    const random = seededRandom(fingerprint(input))
    const whole = this.#read(input, CAPTURE_LIMITS, null, input.length)
    this.#checkAgainstModel(input, whole)
    this.#checkParts(input, CAPTURE_LIMITS, whole, random)
    if (!random.chance(0.25)) return
    const limited = this.#read(input, LOW_LIMITS, null, input.length)
    promise(limited.frameCount <= whole.frameCount, 'lower limits gave more frames')
    this.#checkParts(input, LOW_LIMITS, limited, random)
  }

  finish(): void {
    // Nothing is carried from input to input.
  }

  #checkParts(input: Uint8Array, limits: CaptureLimits, whole: Reading, random: Random): void {
    const cut = random.between(0, input.length)
    const atCut = newReading()
    const parts = this.#read(input, limits, random, cut, atCut)
    promiseEqual(parts.frameCount, whole.frameCount, 'frames in blocks')
    promiseEqual(parts.digest, whole.digest, 'digest of frames in blocks')
    promise(
      sameEnding(parts.ending, whole.ending),
      () => `in blocks it ends ${endingText(parts)}, else ${endingText(whole)}`,
    )
    promise(
      parts.noteText === whole.noteText,
      () => `notes in blocks ${parts.noteText}, else ${whole.noteText}`,
    )
    const prefix = this.#read(input.subarray(0, cut), limits, null, cut)
    promiseEqual(prefix.frameCount, atCut.frameCount, 'frames of the capture cut short')
    promiseEqual(prefix.digest, atCut.digest, 'digest of the capture cut short')
  }

  #checkAgainstModel(input: Uint8Array, whole: Reading): void {
    const model = modelCapture(input)
    if (model === null) return
    promiseEqual(whole.frameCount, model.frameCount, 'frames')
    promiseEqual(whole.capturedByteCount, model.capturedByteCount, 'captured bytes')
    promiseEqual(whole.ending!.byteOffset, model.byteOffset, 'offset of the ending')
    if (model.lastTimeNs === null || !whole.hasTime || Math.abs(whole.lastSeconds) > 2 ** 50) return
    const lastTimeNs = BigInt(whole.lastSeconds) * 1_000_000_000n + BigInt(whole.lastNanoseconds)
    promise(
      lastTimeNs === model.lastTimeNs,
      () => `last time ${lastTimeNs}, expected ${String(model.lastTimeNs)}`,
    )
  }

  /** Read all of `input`; `atCut` gets the figures after the first `cut` bytes, which are a block border. */
  #read(
    input: Uint8Array,
    limits: CaptureLimits,
    random: Random | null,
    cut: number,
    atCut?: Reading,
  ): Reading {
    const reader = new OpenReader(limits, WINDOW_BYTES)
    const reading = newReading()
    let at = 0
    while (reader.ending === null && at < input.length) {
      const border = at < cut ? cut : input.length
      const size =
        random === null
          ? border - at
          : Math.min(border - at, random.between(1, random.chance(0.2) ? 400 : 24))
      const room = reader.writable(size)
      room.bytes.set(input.subarray(at, at + size), room.offset)
      reader.commit(size)
      at += size
      this.#drain(reader, reading, at)
      if (at === cut && atCut !== undefined) Object.assign(atCut, reading)
    }
    if (atCut !== undefined && at < cut) Object.assign(atCut, reading)
    reader.finish()
    this.#drain(reader, reading, at)
    const { ending } = reader
    promise(ending !== null, 'finished, and no ending')
    promise(
      ending.byteOffset >= 0 && ending.byteOffset <= input.length,
      () => `ending at ${ending.byteOffset} of ${input.length}`,
    )
    if (ending.kind === 'complete')
      promiseEqual(ending.byteOffset, input.length, 'offset of a complete capture')
    else promise(ending.detail.length > 0, () => `${ending.kind} without a sentence`)
    const perInterface = reader.interfaces.reduce((sum, each) => sum + each.packetCount, 0)
    promiseEqual(perInterface, reading.frameCount, 'packets of all interfaces')
    checkNotes(reader, reading.frameCount)
    reading.ending = ending
    reading.noteText = noteText(reader)
    return reading
  }

  #drain(reader: CaptureReader, reading: Reading, given: number): void {
    const batch = this.#batch
    let offsetBefore = reader.byteOffset
    for (;;) {
      const count = reader.next(batch)
      const { byteOffset } = reader
      promise(
        byteOffset >= offsetBefore && byteOffset <= given,
        () => `moved from ${offsetBefore} to ${byteOffset} of ${given}`,
      )
      promiseEqual(count, batch.count, 'count of the batch')
      if (count === 0) break
      promise(byteOffset > offsetBefore, 'frames without moving on')
      promise(count <= FRAME_BATCH_MAX, 'a batch too full')
      offsetBefore = byteOffset
      for (let i = 0; i < count; i++) observeFrame(batch, i, reader.interfaces.length, reading)
    }
    promise(reading.capturedByteCount <= given, 'more captured bytes than there are')
  }
}

function observeFrame(batch: FrameBatch, i: number, interfaceCount: number, reading: Reading): void {
  const [offset, captured, original] = [batch.offset[i]!, batch.capturedLength[i]!, batch.originalLength[i]!]
  const [seconds, nanoseconds] = [batch.seconds[i]!, batch.nanoseconds[i]!]
  promise(offset >= 0 && captured >= 0 && offset + captured <= batch.bytes.length, 'a frame beyond its bytes')
  promise(captured <= CAPTURED_LENGTH_MAX, 'a frame that is too long')
  promise(original >= 0 && original <= 0xffff_ffff, 'an original length of no 32 bits')
  promise(Number.isSafeInteger(seconds), () => `seconds ${seconds}`)
  promise(nanoseconds >= 0 && nanoseconds < 1_000_000_000, () => `nanoseconds ${nanoseconds}`)
  promise(batch.interfaceIndex[i]! < interfaceCount, 'an interface that is not listed')
  reading.frameCount += 1
  reading.capturedByteCount += captured
  if ((batch.flags[i]! & FRAME_WITHOUT_TIME) === 0) {
    reading.lastSeconds = seconds
    reading.lastNanoseconds = nanoseconds
    reading.hasTime = true
  }
  let digest = fingerprint(batch.bytes.subarray(offset, offset + captured), reading.digest)
  for (const column of [
    captured,
    original,
    seconds,
    nanoseconds,
    batch.interfaceIndex[i]!,
    batch.linkType[i]!,
    batch.flags[i]!,
  ]) {
    digest = Math.imul(digest ^ (column | 0), 0x01000193)
  }
  reading.digest = digest
}

function checkNotes({ notes }: CaptureReader, frameCount: number): void {
  promise(
    notes.comments.length <= COMMENT_COUNT_MAX && notes.comments.length <= notes.commentCount,
    'too many comments',
  )
  promise(notes.resolvedNames.length <= RESOLVED_NAME_COUNT_MAX, 'too many names')
  for (const { text } of notes.comments) promise(text.length <= COMMENT_LENGTH_MAX, 'a comment too long')
  for (const { name } of notes.resolvedNames)
    promise(name.length <= RESOLVED_NAME_LENGTH_MAX, 'a name too long')
  for (const { kind, count, firstFrame } of notes.issues) {
    promise(count > 0, () => `${kind} counted ${count} times`)
    promise(
      firstFrame === null || (firstFrame > 0 && firstFrame <= frameCount + 1),
      () => `${kind} first at frame ${firstFrame}`,
    )
  }
}

/** All that is said of the file itself, in one line. Spelled out: it is made for every reading. */
function noteText({ notes, interfaces, format }: CaptureReader): string {
  let line = `${format} ${notes.sectionCount} ${notes.secretsBlockCount} ${notes.commentCount} ${notes.resolvedNameCount}`
  line += ` ${notes.capturedBytesNotKept} ${notes.hardware} ${notes.operatingSystem} ${notes.application}`
  for (const { kind, count, firstFrame } of notes.issues) line += `\n${kind} ${count} ${firstFrame}`
  for (const { frame, text } of notes.comments) line += `\n${frame} ${text}`
  for (const { address, name } of notes.resolvedNames) line += `\n${address} ${name}`
  for (const one of interfaces) {
    line += `\n${one.id} ${one.linkType} ${one.snaplen} ${one.timestampResolution} ${one.name} ${one.description}`
    line += ` ${one.packetCount} ${one.droppedCount} ${one.receivedCount}`
  }
  return line
}

function newReading(): Reading {
  return {
    frameCount: 0,
    capturedByteCount: 0,
    digest: 0x811c9dc5,
    lastSeconds: 0,
    lastNanoseconds: 0,
    hasTime: false,
    ending: null,
    noteText: '',
  }
}

function sameEnding(one: CaptureEnding | null, other: CaptureEnding | null): boolean {
  return one?.kind === other?.kind && one?.byteOffset === other?.byteOffset && one?.detail === other?.detail
}

const endingText = ({ ending }: Reading): string =>
  `${ending?.kind} at ${ending?.byteOffset} (${ending?.detail})`
