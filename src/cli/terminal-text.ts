/** Text from files and packets made harmless for a terminal: no control, invisible or direction-turning characters. */

const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu

/** The text with each such character as `\u{…}`; a line break stays one only where `keepsLines` says so. */
export function terminalText(text: string, keepsLines = false): string {
  return text.replace(UNSHOWABLE, (character) =>
    keepsLines && character === '\n' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
