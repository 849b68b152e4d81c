/** The domain someone registered, near enough, from a DNS name: its last two labels, or three. */

import { ascii, lowerCase } from '../../decode/application/ascii.ts'

/**
 * Second labels under which registries of two-letter top-level domains sell names, as in `example.co.uk`. The commonest
 * of the Public Suffix List (publicsuffix.org), which has thousands more: a name under a rare one is put together with
 * its neighbours, which makes a domain look busier, never quieter.
 */
// prettier-ignore
const SECOND_LEVELS = [
  'ac', 'co', 'com', 'edu', 'gen', 'go', 'gob', 'gouv', 'gov', 'gv', 'id', 'ind', 'ltd', 'mil', 'ne', 'net', 'nhs', 'nom', 'or',
  'org', 'plc', 'police', 'sch', 'web',
].map(ascii)

/**
 * Where the parent domain starts in the name `bytes[offset .. offset + length)`, counted from `offset`. The name is
 * labels with their lengths, without the last zero. A name of fewer labels is its own parent.
 */
export function parentDomainStart(bytes: Uint8Array, offset: number, length: number): number {
  // Starts of the last three labels; -1 where there are fewer.
  let third = -1
  let second = -1
  let last = -1
  for (let at = 0; at < length; at += bytes[offset + at]! + 1) {
    third = second
    second = last
    last = at
  }
  if (second === -1) return 0
  const isCountry = length - last === 3
  if (third !== -1 && isCountry && isSecondLevel(bytes, offset + second)) return third
  return second
}

function isSecondLevel(bytes: Uint8Array, at: number): boolean {
  const length = bytes[at]!
  for (const label of SECOND_LEVELS) {
    if (label.length !== length) continue
    let i = 0
    while (i < length && lowerCase(bytes[at + 1 + i]!) === label[i]) i++
    if (i === length) return true
  }
  return false
}

/** Bytes of the longest label. */
export function longestLabel(bytes: Uint8Array, offset: number, length: number): number {
  let longest = 0
  for (let at = 0; at < length; at += bytes[offset + at]! + 1)
    longest = Math.max(longest, bytes[offset + at]!)
  return longest
}
