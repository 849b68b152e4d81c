/** One source fed to a reader to its end, as an analysis does it, for tests and measurements of readers. */

import type { CaptureEnding } from '../src/engine/capture/capture-ending.ts'
import type { CaptureReader } from '../src/engine/capture/capture-reader.ts'
import { SourceFeed } from '../src/node/capture/capture-source-feed.ts'
import type { CaptureProgress, CaptureSource } from '../src/node/capture/capture-source.ts'
import type { DecompressedSource } from '../src/node/decompress/decompress.ts'

/** Called after each block, and once more after the last. It drains the reader and says whether to go on. */
export type OnBlock = (progress: CaptureProgress) => 'continue' | 'cancel'

/** Closes a compressed source. Returns how the capture ended; null when `onBlock` did not drain the reader to the end. */
export async function feedCapture(
  source: CaptureSource | DecompressedSource,
  reader: CaptureReader,
  onBlock: OnBlock,
): Promise<CaptureEnding | null> {
  const feed = new SourceFeed(source, reader)
  try {
    for (let isMore = true; isMore && reader.ending === null;) {
      const fed = feed.feed()
      isMore = typeof fed === 'boolean' ? fed : await fed
      if (onBlock(source.progress) === 'continue' || !isMore) continue
      feed.cancel()
      onBlock(source.progress)
    }
    return reader.ending
  } finally {
    if ('close' in source) await source.close()
  }
}
