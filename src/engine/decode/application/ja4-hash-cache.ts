/** Remembers the hashes of the texts that JA4 hashes: a few clients' lists make up nearly all hellos. */

import { sha256 } from '../../net/sha256.ts'

/** Texts kept, one a slot. A hello whose lists are not among them costs two hashes, as it would without. */
const SLOT_COUNT = 256
/** Longer texts are hashed anew each time; real lists are below 200 characters. */
const TEXT_LENGTH_MAX = 512
const DIGEST_LENGTH = 6

const texts = new Uint8Array(SLOT_COUNT * TEXT_LENGTH_MAX)
const lengths = new Int32Array(SLOT_COUNT).fill(-1)
const digests = new Uint8Array(SLOT_COUNT * DIGEST_LENGTH)
const digest = new Uint8Array(32)

/** The first six bytes of the SHA-256 of `text[0 .. length)`, into `into`. */
export function ja4Digest(text: Uint8Array, length: number, into: Uint8Array): void {
  const slot = slotOf(text, length)
  if (lengths[slot] !== length || !isText(slot, text, length)) {
    sha256(text, 0, length, digest)
    if (length > TEXT_LENGTH_MAX || length === 0) {
      into.set(digest.subarray(0, DIGEST_LENGTH))
      return
    }
    texts.set(text.subarray(0, length), slot * TEXT_LENGTH_MAX)
    digests.set(digest.subarray(0, DIGEST_LENGTH), slot * DIGEST_LENGTH)
    lengths[slot] = length
  }
  const at = slot * DIGEST_LENGTH
  for (let i = 0; i < DIGEST_LENGTH; i++) into[i] = digests[at + i]!
}

/** Any spread will do: texts that share a slot only take turns in it. */
function slotOf(text: Uint8Array, length: number): number {
  let mixed = length
  for (let i = 0; i < length; i++) mixed = (Math.imul(mixed, 31) + text[i]!) | 0
  return (mixed ^ (mixed >>> 15)) & (SLOT_COUNT - 1)
}

function isText(slot: number, text: Uint8Array, length: number): boolean {
  const at = slot * TEXT_LENGTH_MAX
  for (let i = 0; i < length; i++) if (texts[at + i] !== text[i]) return false
  return true
}
