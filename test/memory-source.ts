/** Bytes in memory as a capture source, for tests that need no file. */

import type { CaptureSource } from '../src/node/capture/capture-source.ts'

/** Gives at most `step` bytes at a time, so that whoever reads meets a border everywhere. */
export function memorySource(content: Uint8Array, step: number): CaptureSource {
  let offset = 0
  return {
    progress: { bytesRead: 0, bytesTotal: content.length },
    interruption: null,
    issues: [],
    read(into, at, length) {
      const part = content.subarray(offset, offset + Math.min(step, length))
      into.set(part, at)
      offset += part.length
      return part.length
    },
  }
}
