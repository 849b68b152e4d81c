/** Reads a request's body up to a ceiling. */

import type { IncomingMessage } from 'node:http'

/** Larger than any call of the contract. */
export const BODY_BYTES_MAX = 1_000_000

/** The body as text, or null when it is too large. Stops reading at the ceiling, whatever length was announced. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) return null
  const pieces: Buffer[] = []
  let length = 0
  // The connection must outlive the reading: it still carries the answer.
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  for await (const piece of body) {
    length += piece.length
    if (length > BODY_BYTES_MAX) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
