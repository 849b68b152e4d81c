/**
 * Names of the DNS and of NetBIOS as people write them. RFC 1035 section 5.1, RFC 1001 section 14.1. What cannot be shown is
 * escaped as in every other text of a packet (display-text) and not as `\DDD`: UTF-8 names, as mDNS has them, stay readable,
 * and a name is the same text in a finding, in the table of names and in a search.
 */

import { displayText, ROW_TEXT_LENGTH_MAX } from './display-text.ts'

const DOT = 0x2e

/**
 * Labels with their lengths as text with dots. A dot inside a label is written `\.`, so that it is not taken for a
 * border; the root is `.`.
 */
export function dnsNameText(bytes: Uint8Array): string {
  if (bytes.length === 0) return '.'
  let text = ''
  for (let at = 0; at < bytes.length; at += bytes[at]! + 1) {
    const label = bytes.subarray(at + 1, at + 1 + bytes[at]!)
    const shown = displayText(label, 0, label.length, ROW_TEXT_LENGTH_MAX)
    const part = label.includes(DOT) ? shown.replaceAll('.', '\\.') : shown
    if (text.length + part.length + 2 > ROW_TEXT_LENGTH_MAX) return `${text}.…`
    text = at === 0 ? part : `${text}.${part}`
  }
  return text
}

/** Order of two names as their texts would have it: a label's length stands where the text has a dot. */
export function compareDnsNames(x: Uint8Array, y: Uint8Array): number {
  let borderX = 0
  let borderY = 0
  const shared = Math.min(x.length, y.length)
  for (let i = 0; i < shared; i++) {
    const atBorderX = i === borderX
    const atBorderY = i === borderY
    if (atBorderX) borderX += x[i]! + 1
    if (atBorderY) borderY += y[i]! + 1
    // In front of the first label the text has nothing.
    if (i === 0) continue
    const difference = (atBorderX ? DOT : x[i]!) - (atBorderY ? DOT : y[i]!)
    if (difference !== 0) return difference
  }
  return x.length - y.length
}

/** Sixteen bytes in 32 letters: fifteen of name, padded with spaces, and a suffix that says what for, as `NAME<20>`. */
export function netbiosNameText(bytes: Uint8Array): string {
  const first = bytes.length === 0 ? 0 : bytes[0]!
  if (first !== 32 || bytes.length < 33) return dnsNameText(bytes)
  const decoded = new Uint8Array(16)
  for (let i = 0; i < 16; i++) {
    // The table folds names to lower case: a to p.
    const high = bytes[1 + 2 * i]! - 0x61
    const low = bytes[2 + 2 * i]! - 0x61
    if (high < 0 || high > 15 || low < 0 || low > 15) return dnsNameText(bytes)
    decoded[i] = (high << 4) | low
  }
  let length = 15
  while (length > 0 && (decoded[length - 1] === 0x20 || decoded[length - 1] === 0)) length--
  const suffix = decoded[15]!.toString(16).padStart(2, '0')
  return `${displayText(decoded, 0, length)}<${suffix}>`
}
