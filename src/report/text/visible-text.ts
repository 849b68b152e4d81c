/**
 * Text from packets made fit for people: what cannot be seen, or would turn the text around it (Unicode Bidirectional
 * Algorithm, UAX #9), is written out as `\u{hex}`, as tcpdump and tshark write control characters.
 */

/** Controls, formats (bidi overrides, zero-width), line and paragraph separators, lone surrogates, private use. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu

/** The text with every unseen character written out. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
}

/**
 * Characters shown of a name, comment or other text a packet brings. Longer than any name a protocol allows (a DNS
 * name has 253, RFC 1035); less would cut real ones, more lets one crafted name fill a page. The data keeps all of it.
 */
export const SHOWN_LENGTH_MAX = 500

/** The text, or its beginning with its length named. */
export function cutText(text: string, lengthMax = SHOWN_LENGTH_MAX): string {
  return text.length <= lengthMax ? text : `${text.slice(0, lengthMax)}… (${text.length} characters in all)`
}
