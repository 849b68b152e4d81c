/**
 * SHA-256 of a capture file while it is analysed, for files worth it in a thread of its own: hashing costs about as
 * much as the whole analysis.
 *
 * The thread reads what the analysis has just read, so the bytes come from the system's cache and the disk turns once.
 * Handing the bytes over in shared memory was measured and is worse: between cores that costs the analysis a fifth.
 * Where threads or blocking are not to be had the hash is made in place.
 */

import { createHash } from 'node:crypto'
import { readSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { HASH_WORKER_SOURCE } from './capture-file-hash-worker.ts'

/** A thread costs about 40 ms to start, the time that 50 MB take to be hashed in place. */
const THREAD_FROM_BYTES = 32 * 1_048_576
/** Hash threads at once; further files are hashed in place. More would take the cores from the analysis. */
const THREAD_COUNT_MAX = 2
/** How far the hash may lag behind, so that what it reads is still in the system's cache. */
const LAG_BYTES_MAX = 256 * 1_048_576
/** A hash thread that does nothing for so long is lost. */
const WAIT_MILLISECONDS_MAX = 20_000
/** How often the end of hashing looks whether it was cancelled. */
const POLL_MILLISECONDS = 100
const BLOCK_BYTES = 262_144
/** What is hashed in place before others have a turn: some milliseconds of work. More would keep a cancel waiting. */
const TURN_BYTES = 16 * BLOCK_BYTES

/** Indexes of the control words, which HASH_WORKER_SOURCE uses as well. */
const AVAILABLE = 0
const HASHED = 1
const IS_FINAL = 2
const STATE = 3
const CONTROL_COUNT = 4
const RUNNING = 0n
const DONE = 1n

/** Said with the bytes hashed so far; false cancels. */
export type OnHashed = (byteCount: number) => boolean

export interface FileHash {
  /** The bytes at `bytes[offset .. offset + length)` are the next ones of the file. */
  update(bytes: Uint8Array, offset: number, length: number): void
  /**
   * Hash the rest, up to `byteCount` bytes of the file, read or not, with turns for others in between. Resolves to lower-case
   * hexadecimal digits; null when it was cancelled or the file could not be read. Nothing may follow.
   */
  finish(byteCount: number, onHashed: OnHashed): Promise<string | null>
  /** Give up without a result. */
  abandon(): void
  /** Was the hash thread lost, so that the file had to be read once more? Known after `finish`. */
  readonly wasReadAgain: boolean
}

let threadCount = 0

/** Only tests choose these. */
export interface FileHashOptions {
  readonly threadFromBytes?: number
  readonly workerSource?: string
}

/** A hash of the file behind `descriptor`, which has about `byteCount` bytes and stays open until `finish` or `abandon`. */
export function createFileHash(
  descriptor: number,
  byteCount: number,
  options: FileHashOptions = {},
): FileHash {
  const { threadFromBytes = THREAD_FROM_BYTES, workerSource = HASH_WORKER_SOURCE } = options
  if (byteCount < threadFromBytes || threadCount >= THREAD_COUNT_MAX) return new HashInPlace(descriptor)
  try {
    // Throws where the thread may not block, such as in a window.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0)
    return new HashInThread(descriptor, workerSource)
  } catch {
    return new HashInPlace(descriptor)
  }
}

class HashInPlace implements FileHash {
  readonly wasReadAgain = false
  readonly #descriptor: number
  readonly #hash = createHash('sha256')
  #byteCount = 0

  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  update(bytes: Uint8Array, offset: number, length: number): void {
    this.#hash.update(bytes.subarray(offset, offset + length))
    this.#byteCount += length
  }

  async finish(byteCount: number, onHashed: OnHashed): Promise<string | null> {
    const block = new Uint8Array(BLOCK_BYTES)
    let turnByteCount = this.#byteCount
    while (this.#byteCount < byteCount) {
      const count = readOrNothing(
        this.#descriptor,
        block,
        Math.min(BLOCK_BYTES, byteCount - this.#byteCount),
        this.#byteCount,
      )
      if (count === 0) return null
      this.update(block, 0, count)
      if (this.#byteCount - turnByteCount < TURN_BYTES && this.#byteCount < byteCount) continue
      turnByteCount = this.#byteCount
      await nextTurn()
      if (!onHashed(this.#byteCount)) return null
    }
    return this.#hash.digest('hex')
  }

  abandon(): void {}
}

class HashInThread implements FileHash {
  wasReadAgain = false
  readonly #descriptor: number
  readonly #control = new BigInt64Array(new SharedArrayBuffer(8 * CONTROL_COUNT))
  readonly #digest = new Uint8Array(new SharedArrayBuffer(32))
  readonly #worker: Worker
  #byteCount = 0
  #isLost = false
  #isOver = false
  #onLeave: () => void = () => {}

  constructor(descriptor: number, workerSource: string) {
    this.#descriptor = descriptor
    this.#worker = new Worker(workerSource, {
      eval: true,
      workerData: { descriptor, control: this.#control, digest: this.#digest },
    })
    // Without a listener Node would end the process; the waiting below notices by itself that the thread is gone.
    this.#worker.on('error', () => {
      this.#isLost = true
      this.#onLeave()
    })
    this.#worker.on('message', () => {
      this.#onLeave()
    })
    this.#worker.unref()
    threadCount += 1
  }

  update(_bytes: Uint8Array, _offset: number, length: number): void {
    this.#byteCount += length
    this.#publish(this.#byteCount)
    while (!this.#isLost && this.#byteCount - this.#hashedCount() > LAG_BYTES_MAX) {
      this.#isLost = !this.#waitForProgress(WAIT_MILLISECONDS_MAX)
    }
  }

  async finish(byteCount: number, onHashed: OnHashed): Promise<string | null> {
    Atomics.store(this.#control, IS_FINAL, 1n)
    this.#publish(byteCount)
    const digest = await this.#waitForDigest(onHashed)
    this.abandon()
    if (digest !== 'lost') return digest
    this.wasReadAgain = true
    return new HashInPlace(this.#descriptor).finish(byteCount, onHashed)
  }

  abandon(): void {
    if (this.#isOver) return
    this.#isOver = true
    threadCount -= 1
    void this.#worker.terminate()
  }

  async #waitForDigest(onHashed: OnHashed): Promise<string | null> {
    let idleMilliseconds = 0
    while (!this.#isLost && idleMilliseconds < WAIT_MILLISECONDS_MAX) {
      const state = Atomics.load(this.#control, STATE)
      if (state === DONE) return Buffer.from(this.#digest).toString('hex')
      if (state !== RUNNING) return 'lost'
      const hashed = this.#hashedCount()
      if (!onHashed(hashed)) return null
      await this.#leftOrPolled()
      idleMilliseconds = this.#hashedCount() === hashed ? idleMilliseconds + POLL_MILLISECONDS : 0
    }
    return 'lost'
  }

  /** The thread says a word when it leaves; one that is lost says none, so that it is looked at from time to time as well. */
  #leftOrPolled(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MILLISECONDS)
      this.#onLeave = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #publish(byteCount: number): void {
    Atomics.store(this.#control, AVAILABLE, BigInt(byteCount))
    Atomics.notify(this.#control, AVAILABLE)
  }

  #hashedCount(): number {
    return Number(Atomics.load(this.#control, HASHED))
  }

  /** False when nothing was hashed for so long, or the thread failed. */
  #waitForProgress(milliseconds: number): boolean {
    const hashed = Atomics.load(this.#control, HASHED)
    return (
      Atomics.load(this.#control, STATE) === RUNNING &&
      Atomics.wait(this.#control, HASHED, hashed, milliseconds) !== 'timed-out'
    )
  }
}

function readOrNothing(descriptor: number, into: Uint8Array, length: number, position: number): number {
  try {
    return readSync(descriptor, into, 0, length, position)
  } catch {
    return 0
  }
}
