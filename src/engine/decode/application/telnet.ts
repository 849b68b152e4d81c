/** Telnet, known by its option negotiation. RFC 854, RFC 855; options of the IANA Telnet registry. */

const IAC = 255
const SUBNEGOTIATION = 250

/** 0 to 49, 138 to 140, and 255, which extends the list. */
function isTelnetOption(option: number): boolean {
  return option <= 49 || (option >= 138 && option <= 140) || option === 255
}

/** A payload that opens with IAC and WILL, WON'T, DO, DON'T or SB of a registered option. */
export function looksLikeTelnet(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 3 || bytes[offset] !== IAC) return false
  const command = bytes[offset + 1]!
  if (command < SUBNEGOTIATION || command === IAC || !isTelnetOption(bytes[offset + 2]!)) return false
  if (command === SUBNEGOTIATION || length === 3) return true
  if (bytes[offset + 3] !== IAC) return length <= 64
  return length < 5 || bytes[offset + 4]! >= 240
}
