/** Opens captures in the window they belong in: the one that has them, else an empty one, else a new one. */

import { type HostParts, type HostServices, openHere } from '../node/host/handlers.ts'
import type { DesktopPage } from './desktop-page.ts'
import type { Windows } from './windows.ts'

export async function openInWindow(
  windows: Windows,
  services: Pick<HostServices, 'analyses' | 'recents'>,
  parts: Pick<HostParts<DesktopPage>, 'opened' | 'recentChanged'>,
  paths: readonly string[],
): Promise<void> {
  const page = pageFor(windows, paths)
  if (page.opened === null) {
    const analysis = await openHere(services, parts, page, paths)
    // A page that is still loading asks for what it was opened with; one that stands there is told.
    page.tell({ kind: 'opened', analysis })
  }
  bringToFront(page)
}

function pageFor(windows: Windows, paths: readonly string[]): DesktopPage {
  const key = JSON.stringify(paths)
  return (
    windows.all.find(({ opened }) => opened !== null && JSON.stringify(opened.paths) === key) ??
    windows.all.find(({ opened }) => opened === null) ??
    windows.open()
  )
}

export function bringToFront(page: DesktopPage | null): void {
  if (page === null) return
  if (page.window.isMinimized()) page.window.restore()
  page.window.focus()
}
