/** Bytes written by hand: annotated hex, text, runs of a byte, and the Internet checksum (RFC 1071). */

/**
 * Annotated hex to bytes. On each line everything after two spaces is a comment, and so is a line that starts with `#`:
 *
 *     bytes(`
 *       9c40 0016  source port 40000, destination port 22
 *       5002 0400  header of 5 words, SYN, window 1024
 *     `)
 */
export function bytes(annotatedHex: string): Uint8Array {
  const digits = annotatedHex
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split(/\s{2,}/)[0] ?? '')
    .join('')
    .replace(/\s/g, '')
  if (/[^0-9a-f]/i.test(digits))
    throw new Error(`not hexadecimal (a comment needs two spaces before it): ${digits}`)
  if (digits.length % 2 !== 0) throw new Error(`an odd number of hexadecimal digits: ${digits}`)
  const result = new Uint8Array(digits.length / 2)
  for (let i = 0; i < result.length; i++) result[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
  return result
}

/** UTF-8 bytes of a text. */
export function text(characters: string): Uint8Array {
  return new TextEncoder().encode(characters)
}

/** `length` bytes of `value`. */
export function filled(length: number, value = 0): Uint8Array {
  return new Uint8Array(length).fill(value)
}

/** The parts one after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    result.set(part, offset)
    offset += part.length
  }
  return result
}

/** A copy of `original` with `replacement` written over it at `offset`. */
export function patched(
  original: Uint8Array,
  offset: number,
  replacement: Uint8Array | readonly number[],
): Uint8Array {
  const result = original.slice()
  result.set(replacement, offset)
  return result
}

/** The Internet checksum of the parts taken as one run of bytes (only the last part may be odd), RFC 1071. */
export function internetChecksum(...parts: readonly Uint8Array[]): number {
  let sum = 0
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 2) sum += ((part[i] ?? 0) << 8) | (part[i + 1] ?? 0)
  }
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000)
  return ~sum & 0xffff
}

/** The whole numbers from `first` to `last`, both included: `range(1, 1024)` are the system ports. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
