/** CoAP: version 1, a token of up to eight bytes and a code. RFC 7252 section 3. */

export function couldBeCoap(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 4 || bytes[offset]! >>> 6 !== 1) return false
  const tokenLength = bytes[offset]! & 15
  const codeClass = bytes[offset + 1]! >>> 5
  return tokenLength <= 8 && 4 + tokenLength <= length && codeClass !== 1 && codeClass !== 6
}
