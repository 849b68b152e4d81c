/** The name a saved file is offered under: from the capture's, safe on every file system. */

import type { SaveRequest } from '../../contract/index.ts'

/** Names Windows keeps for devices, with or without an extension; superscript digits count as digits there. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])$/i
/** What no file name may hold on Windows, and what would be unseen or act on a terminal anywhere. */
const FORBIDDEN = /[<>:"/\\|?*]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
const LENGTH_MAX = 80
/** Leaves room for what is put behind it in the 255 bytes of a name that Linux file systems take. */
const BYTES_MAX = 200

/** Such as `office-report.html`, `office.json`, `office-conversations.csv`. */
export function saveNameFor(captureNames: readonly string[], request: SaveRequest): string {
  const base = safeBase(captureNames[0] ?? '')
  switch (request.kind) {
    case 'report':
      return `${base}-report.html`
    case 'json':
      return `${base}.json`
    case 'csv':
      return `${base}-${request.view.table}.csv`
  }
}

/** The capture's name without its extensions and without what a file name cannot hold. */
export function safeBase(name: string): string {
  const shown = name
    .replace(/\.(gz|zst|lz4)$/i, '')
    .replace(/\.[a-z0-9]{1,8}$/i, '')
    .replace(FORBIDDEN, '_')
  const bare = beginningOf(shown).replace(/^[. ]+|[. ]+$/g, '')
  return bare === '' || RESERVED.test(bare.split('.')[0]!) ? `capture-${bare}`.replace(/-$/, '') : bare
}

/** As much as fits, and no half of a character. */
function beginningOf(text: string): string {
  let beginning = ''
  let byteCount = 0
  for (const character of text) {
    byteCount += Buffer.byteLength(character)
    if (beginning.length + character.length > LENGTH_MAX || byteCount > BYTES_MAX) break
    beginning += character
  }
  return beginning
}
