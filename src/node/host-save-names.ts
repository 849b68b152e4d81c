/** The name a saved file is offered under: from the capture's, safe on every file system. */

import type { SaveRequest } from '../contract/index.ts'

/** Names Windows keeps for devices, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i
/** What no file name may hold on Windows, and what would be unseen or act on a terminal anywhere. */
const FORBIDDEN = /[<>:"/\\|?*]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
const LENGTH_MAX = 80

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
  const bare = name
    .replace(/\.(gz|zst|lz4)$/i, '')
    .replace(/\.[a-z0-9]{1,8}$/i, '')
    .replace(FORBIDDEN, '_')
    .slice(0, LENGTH_MAX)
    .replace(/^[. ]+|[. ]+$/g, '')
  return bare === '' || RESERVED.test(bare.split('.')[0]!) ? `capture-${bare}`.replace(/-$/, '') : bare
}
