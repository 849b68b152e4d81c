/** Feeds a reader with bytes that are in memory already, at the price of one copy. */

import type { CaptureReader } from './capture-reader.ts'

/** Append `bytes` to what `reader` has. Drain the reader after each call: its window is bounded. */
export function pushBytes(reader: CaptureReader, bytes: Uint8Array): void {
  const room = reader.writable(bytes.length)
  room.bytes.set(bytes, room.offset)
  reader.commit(bytes.length)
}
