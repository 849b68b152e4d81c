/** The program's log: lines of text in one file that is kept small, and never a byte of what captures held. */

import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** At this size the file becomes `<path>.old` and a new one begins: a megabyte is some ten thousand lines. */
const LOG_BYTES_MAX = 1_000_000
const LINE_LENGTH_MAX = 2000

export class LogFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  }

  /** One line with the time before it. A log that cannot be written is not worth stopping for. */
  write(line: string): void {
    const clean = line.slice(0, LINE_LENGTH_MAX).replace(unprintable, (character) => {
      return `\\u{${character.codePointAt(0)!.toString(16)}}`
    })
    try {
      if ((statSync(this.path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) {
        renameSync(this.path, `${this.path}.old`)
      }
      appendFileSync(this.path, `${new Date().toISOString()} ${clean}\n`, { mode: 0o600 })
    } catch {
      return
    }
  }

  /** The last lines, at most `byteCountMax` bytes of them. */
  tail(byteCountMax = 100_000): string {
    try {
      const file = openSync(this.path, 'r')
      try {
        const { size } = fstatSync(file)
        const length = Math.min(size, byteCountMax)
        const bytes = Buffer.alloc(length)
        readSync(file, bytes, 0, length, size - length)
        const text = bytes.toString('utf8')
        return length < size ? text.slice(text.indexOf('\n') + 1) : text
      } finally {
        closeSync(file)
      }
    } catch {
      return ''
    }
  }
}

/** Controls, bidirectional marks and line breaks: a file name may hold them, a terminal that shows the log may obey them. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
