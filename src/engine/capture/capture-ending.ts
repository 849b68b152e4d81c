/** Every way the reading of a capture can end, by name. */

/** How a capture ended. `complete` alone means that every byte was understood. */
export type CaptureEndingKind =
  | 'complete'
  // Nothing could be read: there is no summary, only this.
  | 'empty-file'
  | 'not-a-capture'
  | 'unsupported-format'
  | 'truncated-file-header'
  | 'unsupported-version'
  | 'bad-byte-order-magic'
  // Some of it was read: the summary covers what came before `byteOffset`.
  | 'truncated-record'
  | 'record-too-long'
  | 'bad-block-length'
  | 'block-length-mismatch'
  | 'block-too-short'
  | 'packet-exceeds-block'
  | 'unknown-interface'
  | 'too-many-interfaces'
  | 'truncated-compression'
  | 'damaged-compression'
  | 'compression-bomb'
  | 'read-error'
  | 'cancelled'

/** Endings that mean, at the beginning of a file, that it is no capture that can be read. */
export const NOTHING_READ_ENDINGS: readonly CaptureEndingKind[] = [
  'empty-file',
  'not-a-capture',
  'unsupported-format',
  'truncated-file-header',
  'unsupported-version',
  'bad-byte-order-magic',
]

export interface CaptureEnding {
  readonly kind: CaptureEndingKind
  /** First byte (of the uncompressed capture) that was not understood; the capture's length when complete. */
  readonly byteOffset: number
  /** One sentence for people: what was found there and what was expected. Empty when complete. */
  readonly detail: string
}
