/** The native menu. Everything in it is also in the page; what the page does, it is told to do. */

import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { basename } from 'node:path'
import type { MenuCommand } from '../contract/index.ts'

export interface MenuActions {
  /** Carried out by the page of the window in front. */
  command(command: MenuCommand): void
  open(): void
  newWindow(): void
  openRecent(paths: readonly string[]): void
  forgetRecent(): void
  showLog(): void
}

export interface MenuState {
  readonly recent: readonly (readonly string[])[]
  readonly isPackaged: boolean
}

/** Replaces the application's menu. Called again whenever the recent captures change. */
export function setMenu(actions: MenuActions, state: MenuState): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, state, process.platform === 'darwin')))
}

type Item = MenuItemConstructorOptions

/** The menu as data. `isMac` adds the application's own menu and moves what belongs there. */
export function menuTemplate(actions: MenuActions, state: MenuState, isMac: boolean): Item[] {
  const command = (label: string, name: MenuCommand, accelerator?: string): Item => ({
    label,
    click: () => actions.command(name),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const separator: Item = { type: 'separator' }
  const about = command('About Network Traffic Analyzer', 'about')
  const settings = command('Settings…', 'page-settings', 'CmdOrCtrl+,')

  const file: Item = {
    label: '&File',
    submenu: [
      { label: 'Open…', accelerator: 'CmdOrCtrl+O', click: () => actions.open() },
      { label: 'Open Recent', submenu: recentItems(actions, state) },
      { label: 'New Window', accelerator: 'CmdOrCtrl+N', click: () => actions.newWindow() },
      separator,
      command('Save Report…', 'save-report', 'CmdOrCtrl+S'),
      command('Save as JSON…', 'save-json', 'CmdOrCtrl+Shift+S'),
      command('Save Table as CSV…', 'save-csv', 'CmdOrCtrl+E'),
      command('Print…', 'print', 'CmdOrCtrl+P'),
      separator,
      command('Close Capture', 'close-capture', 'CmdOrCtrl+Shift+W'),
      { role: 'close' },
      ...(isMac ? [] : [separator, settings, separator, { role: 'quit' } satisfies Item]),
    ],
  }
  const edit: Item = {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      separator,
      command('Filter…', 'find', 'CmdOrCtrl+F'),
      command('Clear Filter', 'filter-clear', 'CmdOrCtrl+Shift+F'),
    ],
  }
  const view: Item = {
    label: '&View',
    submenu: [
      command('Overview', 'page-overview', 'CmdOrCtrl+1'),
      command('Conversations', 'page-conversations', 'CmdOrCtrl+2'),
      command('Endpoints', 'page-endpoints', 'CmdOrCtrl+3'),
      command('Scanners', 'page-scanners', 'CmdOrCtrl+4'),
      command('Findings', 'page-findings', 'CmdOrCtrl+5'),
      command('Capture', 'page-capture', 'CmdOrCtrl+6'),
      command('Start', 'page-start', 'CmdOrCtrl+0'),
      separator,
      command('Back', 'back', isMac ? 'Cmd+[' : 'Alt+Left'),
      command('Forward', 'forward', isMac ? 'Cmd+]' : 'Alt+Right'),
      command('Command Palette…', 'command-palette', 'CmdOrCtrl+K'),
      separator,
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'resetZoom', accelerator: 'CmdOrCtrl+Shift+0' },
      { role: 'togglefullscreen' },
      ...(state.isPackaged
        ? []
        : ([separator, { role: 'reload' }, { role: 'toggleDevTools' }] satisfies Item[])),
    ],
  }
  const help: Item = {
    role: 'help',
    submenu: [
      command('Keyboard Shortcuts', 'shortcuts', 'F1'),
      { label: 'Show Log', click: () => actions.showLog() },
      ...(isMac ? [] : [separator, about]),
    ],
  }
  const mac: Item = {
    label: app.name,
    submenu: [
      about,
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
  return [...(isMac ? [mac] : []), file, edit, view, { role: 'windowMenu' }, help]
}

function recentItems(actions: MenuActions, { recent }: MenuState): Item[] {
  if (recent.length === 0) return [{ label: 'No Recent Captures', enabled: false }]
  return [
    ...recent.slice(0, 10).map((paths): Item => ({
      // An ampersand would underline the letter after it.
      label: menuText(paths.map((path) => basename(path)).join(', ')),
      click: () => actions.openRecent(paths),
    })),
    { type: 'separator' },
    { label: 'Clear Recent', click: () => actions.forgetRecent() },
  ]
}

function menuText(text: string): string {
  return text.slice(0, 80).replaceAll('&', '&&')
}
