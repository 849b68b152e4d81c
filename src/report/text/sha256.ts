/** SHA-256 (FIPS 180-4) of text as UTF-8, as hexadecimal digits and as a Content-Security-Policy hash source. */

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** 64 hexadecimal digits, as `sha256sum` prints. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** `'sha256-…'` with its quotes, for one inline style or script (CSP Level 3, 2.3.1 hash-source). */
export function hashSource(text: string): string {
  return `'sha256-${base64(sha256(utf8ToBytes(text)))}'`
}

/** Base 64 (RFC 4648, section 4) with padding; not every runtime has `btoa` or `Uint8Array.toBase64`. */
function base64(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let digit = 0; digit < 4; digit++) {
      text += i + digit > bytes.length ? '=' : alphabet[(group >> (18 - 6 * digit)) & 63]!
    }
  }
  return text
}

/** The engine's word for a digest nobody computed, as of a file that was not read to its end. */
const UNKNOWN_DIGEST = /^0*$/

/** A file's digest, or that there is none. */
export function digestText(sha256: string): string {
  return UNKNOWN_DIGEST.test(sha256) ? 'not computed' : sha256
}
