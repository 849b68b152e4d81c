/** What differs in a browser: no dialogs, folders instead; saves become downloads; events go over a stream. */

import { failed, type HostFacts } from '../contract/index.ts'
import type { OpenAnalysis } from '../node/host/analyses.ts'
import type { HostParts } from '../node/host/handlers.ts'
import type { WebDownloads } from './web-downloads.ts'
import type { WebFolders } from './web-folders.ts'
import type { WebPage, WebPages } from './web-pages.ts'
import type { WebUploads } from './web-uploads.ts'

export interface WebPartsOptions {
  readonly pages: WebPages
  readonly folders: WebFolders
  readonly uploads: WebUploads
  readonly downloads: WebDownloads
  readonly samplesFolder: string
  /** Opens the captures of the command line for a page that is new; null where none were named. */
  readonly openInitial: () => OpenAnalysis | null
}

const desktopOnly = failed('not-supported', 'A page in a browser cannot do this; the desktop window can.')

export function webParts(options: WebPartsOptions): HostParts<WebPage> {
  const { pages, folders, uploads, downloads, samplesFolder } = options
  return {
    facts: () => ({
      host: 'web',
      platform: platformName(),
      opensBy: 'folders',
      hasNativeMenu: false,
      canOpenLog: false,
      // The browser knows; the page asks it with a media query.
      isDark: false,
      isHighContrast: false,
    }),
    about: () => ({ host: 'web', electron: null, chromium: null }),
    chooseCaptures: () => Promise.resolve(desktopOnly),
    listFolder: (folderId) => Promise.resolve(folders.list(folderId)),
    mayOpen: (path) =>
      folders.mayOpen(path) || isDirectlyBelow(path, uploads.folder) || isDirectlyBelow(path, samplesFolder),
    openWindow: null,
    saveTarget: (_, __, name) => Promise.resolve(downloads.target(name)),
    showSaved: () => desktopOnly,
    openLog: () => Promise.resolve(false),
    listen(page, listener) {
      page.listeners.add(listener)
      return () => void page.listeners.delete(listener)
    },
    opened: {
      get(page) {
        if (page.opened === undefined) page.opened = options.openInitial()
        return page.opened
      },
      set: (page, analysis) => {
        page.opened = analysis
      },
    },
    progressed: () => undefined,
    recentChanged: () => pages.tell({ kind: 'recent' }),
  }
}

/** Both folders are the program's own: what lies in them was put there by it. */
function isDirectlyBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`)
}

export function platformName(): HostFacts['platform'] {
  switch (process.platform) {
    case 'linux':
      return 'linux'
    case 'darwin':
      return 'mac'
    case 'win32':
      return 'windows'
    default:
      return 'other'
  }
}
