/** A capture file in a folder of its own, for tests of what reads files from disk; both are gone after each test. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { openCaptureFile, type CaptureFileHandle } from '../src/node/capture/capture-file.ts'

export interface CaptureOnDisk {
  /** Of the test that runs. */
  readonly path: string
  /** Writes the file and opens it; whoever calls closes it. */
  open(content: Uint8Array): CaptureFileHandle
}

/** Call where tests are described: it hooks itself before and after each of them. */
export function captureOnDisk(name: string): CaptureOnDisk {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nta-capture-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    get path() {
      return join(folder, name)
    },
    open(content) {
      writeFileSync(this.path, content)
      const file = openCaptureFile(this.path)
      if ('kind' in file) throw new Error(file.message)
      return file
    },
  }
}
