/** What a host tells a page unasked, over one call that lasts as long as the page. */

import { type Checked, flag, nullable, oneOf, record, tagged, text } from './check.ts'
import { openedAnalysis } from './captures.ts'
import { settingsForm } from './settings.ts'

/** Commands of the native menu that a page carries out. Each also has its place and its key in the page. */
export const menuCommands = [
  'open',
  'open-folder',
  'close-capture',
  'save-report',
  'save-json',
  'save-csv',
  'print',
  'find',
  'filter-clear',
  'back',
  'forward',
  'page-start',
  'page-overview',
  'page-conversations',
  'page-endpoints',
  'page-scanners',
  'page-findings',
  'page-capture',
  'page-settings',
  'command-palette',
  'shortcuts',
  'about',
] as const
export type MenuCommand = (typeof menuCommands)[number]

export const hostEvent = tagged('kind', {
  menu: record({ command: oneOf(menuCommands) }),
  /** A capture was asked for from outside: a double-click, the command line, a second start. */
  opened: record({ analysis: openedAnalysis }),
  /** The system's or the setting's choice changed. */
  theme: record({ isDark: flag, isHighContrast: flag }),
  /** Another window changed the settings. */
  settings: record({ settings: settingsForm }),
  /** The list of recent captures changed. */
  recent: record({}),
  /** Something the person should read once, such as settings that were set aside. */
  notice: record({ severity: oneOf(['info', 'warning', 'error']), message: text(1000), advice: text(1000) }),
})
export type HostEvent = Checked<typeof hostEvent>

export const about = record({
  name: text(100),
  version: text(100),
  host: oneOf(['desktop', 'web']),
  summarySchema: text(100),
  licence: text(100),
  platform: text(100),
  node: text(100),
  v8: text(100),
  electron: nullable(text(100)),
  chromium: nullable(text(100)),
  /** What it does on a network, in a sentence. */
  network: text(1000),
  logPath: nullable(text(4096)),
  settingsPath: text(4096),
})
export type About = Checked<typeof about>

/** What this host can do, so that a page shows only what works. */
export const hostFacts = record({
  host: oneOf(['desktop', 'web']),
  platform: oneOf(['linux', 'mac', 'windows', 'other']),
  /** `dialog`: `chooseCaptures` opens the system's; `folders`: `listFolder` lists what may be opened. */
  opensBy: oneOf(['dialog', 'folders']),
  hasNativeMenu: flag,
  canOpenLog: flag,
  isDark: flag,
  isHighContrast: flag,
  /** Captures this page was opened with. */
  opened: nullable(openedAnalysis),
})
export type HostFacts = Checked<typeof hostFacts>
