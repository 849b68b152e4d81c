/** What stops a decompressor: thrown inside this folder and turned into an ending of the capture there. */

import type { CaptureEndingKind } from '../../engine/capture/capture-ending.ts'

export class DecompressionFailure extends Error {
  readonly kind: CaptureEndingKind

  constructor(kind: CaptureEndingKind, message: string) {
    super(message)
    this.name = 'DecompressionFailure'
    this.kind = kind
  }
}

export function truncatedCompression(what: string): DecompressionFailure {
  return new DecompressionFailure(
    'truncated-compression',
    `The ${what} data ends before its end mark: the file is cut.`,
  )
}

export function damagedCompression(what: string, how: string): DecompressionFailure {
  return new DecompressionFailure('damaged-compression', `The ${what} data is damaged: ${how}.`)
}
