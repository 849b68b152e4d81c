/**
 * Files dropped onto the page: a browser gives their bytes, never their path, so they are copied into a folder that
 * only this user can read and that is removed when the program ends.
 */

import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync, statfsSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type CaptureChoice, failed, type Outcome, succeeded } from '../contract/index.ts'
import type { CaptureOffers } from '../node/host/captures.ts'
import { safeBase } from '../node/host/save-names.ts'

/** Larger files are better opened from the list of folders, which copies nothing. */
export const UPLOAD_BYTES_MAX = 4 * 2 ** 30
/** Free space an upload leaves, so that it cannot fill the disk the system lives on. */
const FREE_BYTES_MIN = 2 ** 30

class UploadTooLarge extends Error {}

export class WebUploads {
  readonly #folder: string
  readonly #offers: CaptureOffers
  readonly #bytesMax: number

  /** `folder` is private to this run; whoever made it removes it. */
  constructor(folder: string, offers: CaptureOffers, bytesMax = UPLOAD_BYTES_MAX) {
    this.#folder = join(folder, 'uploads')
    this.#offers = offers
    this.#bytesMax = bytesMax
    mkdirSync(this.#folder, { mode: 0o700 })
  }

  get folder(): string {
    return this.#folder
  }

  /** Takes the request's body as the file `name`. A body that is too large, or cut, leaves nothing behind. */
  async take(name: string, request: IncomingMessage): Promise<Outcome<CaptureChoice>> {
    const announced = Number(request.headers['content-length'] ?? 0)
    const room = Math.min(this.#bytesMax, this.#freeBytes() - FREE_BYTES_MIN)
    if (announced > room) return this.#tooLarge(name, room)
    const folder = join(this.#folder, randomBytes(8).toString('hex'))
    mkdirSync(folder, { mode: 0o700 })
    const path = join(folder, uploadName(name))
    try {
      await pipeline(request, limitedTo(room), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      return succeeded(this.#offers.offer(path))
    } catch (error) {
      rmSync(folder, { recursive: true, force: true })
      if (error instanceof UploadTooLarge) return this.#tooLarge(name, room)
      const { code } = error as NodeJS.ErrnoException
      return failed('file-unreadable', `${name} did not arrive whole (${code ?? 'the transfer was cut'}).`, {
        advice: 'Drop it again, or open it from the list of folders.',
      })
    }
  }

  #freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.#folder)
    return bavail * bsize
  }

  #tooLarge(name: string, room: number): Outcome<never> {
    const mebibytes = Math.max(0, Math.floor(room / 2 ** 20)).toLocaleString('en')
    return failed(
      'not-supported',
      `${name} is too large to be copied through the browser (${mebibytes} MiB at most).`,
      {
        file: name,
        advice: 'Start `nta serve` with its folder and open it from the list: that copies nothing.',
      },
    )
  }
}

/** The name as the person knows it, safe on this machine; only its last extensions are kept as they are. */
function uploadName(name: string): string {
  const extensions = /(\.[a-z0-9]{1,8}){0,2}$/i.exec(name)?.[0] ?? ''
  return `${safeBase(name)}${extensions.toLowerCase()}`
}

function limitedTo(byteCountMax: number): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (source) {
    let byteCount = 0
    for await (const piece of source) {
      byteCount += piece.length
      if (byteCount > byteCountMax) throw new UploadTooLarge()
      yield piece
    }
  }
}
