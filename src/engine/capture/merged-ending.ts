/** How several captures ended, as one ending. */

import type { CaptureEnding } from './capture-ending.ts'

/** One of the captures: what people know it by, and how its reading ended. */
export interface EndedCapture {
  readonly name: string
  /** Null while it is being read. */
  readonly ending: CaptureEnding | null
  /** Bytes of it that were understood. */
  readonly byteOffset: number
}

/** Complete when every capture is; otherwise the first one that is not says why. */
export function mergedEnding(captures: readonly EndedCapture[]): CaptureEnding {
  const damaged = captures.filter(({ ending }) => ending?.kind !== 'complete')
  const first = damaged[0]
  const ending = first?.ending ?? null
  if (first === undefined || ending === null) {
    const byteOffset = captures.reduce((sum, capture) => sum + capture.byteOffset, 0)
    return { kind: 'complete', byteOffset, detail: '' }
  }
  const { kind, byteOffset, detail } = ending
  const others = damaged.length > 1 ? ` ${damaged.length - 1} more of the captures did not end well.` : ''
  return { kind, byteOffset, detail: `${first.name}: ${detail}${others}` }
}
