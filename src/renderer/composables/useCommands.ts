/** Every command of the window in one list: the palette shows it, keys and the native menu carry it out. */

import { computed, type ComputedRef } from 'vue'
import type { AppState } from '../app-context.ts'
import { emptyFilter, type TableName, type TableView } from '../../contract/index.ts'
import { tableStateOf } from './useTableState.ts'

export interface Command {
  readonly id: string
  readonly label: string
  readonly group: 'Go to' | 'Capture' | 'Save' | 'Filter' | 'View' | 'Help'
  /** As shown, such as `Ctrl O`. */
  readonly key?: string
  readonly run: () => void
}

/** The table that `Save as CSV` means, by page and tab. */
export function tableOfPage(page: string, tab: string | null): TableName {
  if (page === 'scanners') return 'scanners'
  if (page === 'findings') return tab === 'dismissed' ? 'dismissed' : 'findings'
  if (page === 'capture') return 'issues'
  if (page === 'conversations' && (tab === 'endpoints' || tab === 'services')) return tab
  return 'conversations'
}

/** What Cmd is on a Mac is Ctrl elsewhere. */
export const commandKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'

export function useCommands(app: AppState): ComputedRef<readonly Command[]> {
  const { analysis, view, saving, opening, settings, dialog, findRequest, facts } = app
  const id = (): string | null => analysis.answerableId.value

  function saveCsv(isAll: boolean): void {
    const analysisId = id()
    const { page, tab, filter } = view.view.value
    if (analysisId === null) return
    const table = tableOfPage(page, tab)
    // A table's state goes by its table's name.
    const state = tableStateOf(table)
    const sort = state?.sort.value ?? null
    const shown: TableView = { table, filter, columns: [...(state?.filters.value ?? [])], sort }
    const all: TableView = { table, filter: emptyFilter, columns: [], sort }
    void saving.save({ kind: 'csv', analysisId, view: isAll ? all : shown })
  }

  return computed(() => {
    const hasResult = id() !== null
    // With a filter set, what is saved may not be what is seen.
    const wholeOnly = view.isFiltered.value ? ' of the whole capture' : ''
    const hasCapture = analysis.state.value.opened !== null
    const list: (Command | false)[] = [
      hasCapture && {
        id: 'page-overview',
        label: 'Overview',
        group: 'Go to',
        key: 'G O',
        run: () => view.go('overview'),
      },
      hasCapture && {
        id: 'page-conversations',
        label: 'Conversations',
        group: 'Go to',
        key: 'G C',
        run: () => view.go('conversations'),
      },
      hasCapture && {
        id: 'page-endpoints',
        label: 'Endpoints',
        group: 'Go to',
        key: 'G E',
        run: () => view.go('conversations', { tab: 'endpoints' }),
      },
      hasCapture && {
        id: 'page-services',
        label: 'Services',
        group: 'Go to',
        run: () => view.go('conversations', { tab: 'services' }),
      },
      hasCapture && {
        id: 'page-talkers',
        label: 'Who talks to whom',
        group: 'Go to',
        key: 'G W',
        run: () => view.go('conversations', { tab: 'talkers' }),
      },
      hasCapture && {
        id: 'page-scanners',
        label: 'Scanners',
        group: 'Go to',
        key: 'G S',
        run: () => view.go('scanners'),
      },
      hasCapture && {
        id: 'page-findings',
        label: 'Findings',
        group: 'Go to',
        key: 'G F',
        run: () => view.go('findings'),
      },
      hasCapture && {
        id: 'page-dismissed',
        label: 'Considered and dismissed',
        group: 'Go to',
        run: () => view.go('findings', { tab: 'dismissed' }),
      },
      hasCapture && {
        id: 'page-capture',
        label: 'Capture',
        group: 'Go to',
        key: 'G I',
        run: () => view.go('capture'),
      },
      hasCapture &&
        analysis.isReading.value && {
          id: 'page-analysing',
          label: 'Progress',
          group: 'Go to',
          run: () => view.go('analysing'),
        },
      { id: 'page-start', label: 'Start', group: 'Go to', key: 'G H', run: () => view.go('start') },
      {
        id: 'page-settings',
        label: 'Settings',
        group: 'Go to',
        key: `${commandKey} ,`,
        run: () => view.go('settings'),
      },
      {
        id: 'open',
        label: 'Open captures…',
        group: 'Capture',
        key: `${commandKey} O`,
        run: () => void opening.choose(),
      },
      analysis.isReading.value && {
        id: 'cancel',
        label: 'Cancel the analysis',
        group: 'Capture',
        run: analysis.cancel,
      },
      hasCapture && {
        id: 'read-again',
        label: 'Read the capture again',
        group: 'Capture',
        run: () => void analysis.readAgain(),
      },
      hasCapture && {
        id: 'close-capture',
        label: 'Close the capture',
        group: 'Capture',
        run: () => {
          view.clearFilter()
          view.go('start')
          void analysis.close()
        },
      },
      hasResult && {
        id: 'save-report',
        label: `Save the report${wholeOnly} (HTML)…`,
        group: 'Save',
        key: `${commandKey} S`,
        run: () => void saving.save({ kind: 'report', analysisId: id()! }),
      },
      hasResult && {
        id: 'save-json',
        label: `Save the summary${wholeOnly} (JSON)…`,
        group: 'Save',
        run: () => void saving.save({ kind: 'json', analysisId: id()! }),
      },
      hasResult && {
        id: 'save-csv',
        label: `Save what is shown (CSV): ${tableOfPage(view.view.value.page, view.view.value.tab)}…`,
        group: 'Save',
        run: () => saveCsv(false),
      },
      hasResult && {
        id: 'save-csv-all',
        label: `Save all rows (CSV): ${tableOfPage(view.view.value.page, view.view.value.tab)}…`,
        group: 'Save',
        run: () => saveCsv(true),
      },
      hasCapture && {
        id: 'print',
        label: 'Print this page…',
        group: 'Save',
        key: `${commandKey} P`,
        run: () => window.print(),
      },
      hasCapture && {
        id: 'find',
        label: 'Filter by text',
        group: 'Filter',
        key: '/',
        run: () => findRequest.value++,
      },
      view.isFiltered.value && {
        id: 'filter-clear',
        label: 'Clear the filter',
        group: 'Filter',
        key: 'Shift Esc',
        run: view.clearFilter,
      },
      view.filter.value.time !== null && {
        id: 'time-clear',
        label: 'Show the whole time range',
        group: 'Filter',
        key: 'Esc',
        run: () => view.setTime(null),
      },
      { id: 'back', label: 'Back', group: 'View', key: 'Alt ←', run: view.back },
      { id: 'forward', label: 'Forward', group: 'View', key: 'Alt →', run: view.forward },
      {
        id: 'theme-light',
        label: 'Light theme',
        group: 'View',
        run: () => void settings.change({ theme: 'light' }),
      },
      {
        id: 'theme-dark',
        label: 'Dark theme',
        group: 'View',
        run: () => void settings.change({ theme: 'dark' }),
      },
      {
        id: 'theme-system',
        label: "The system's theme",
        group: 'View',
        run: () => void settings.change({ theme: 'system' }),
      },
      {
        id: 'density',
        label: 'Compact or comfortable rows',
        group: 'View',
        run: () =>
          void settings.change({
            density: settings.settings.value.density === 'compact' ? 'comfortable' : 'compact',
          }),
      },
      {
        id: 'zone-utc',
        label: 'Times in UTC',
        group: 'View',
        run: () => void settings.change({ timeZone: 'utc' }),
      },
      {
        id: 'zone-local',
        label: 'Times in local time',
        group: 'View',
        run: () => void settings.change({ timeZone: 'local' }),
      },
      {
        id: 'zone-relative',
        label: 'Times since the capture began',
        group: 'View',
        run: () => void settings.change({ timeZone: 'relative' }),
      },
      {
        id: 'command-palette',
        label: 'All commands',
        group: 'Help',
        key: `${commandKey} K`,
        run: () => (dialog.value = 'palette'),
      },
      {
        id: 'shortcuts',
        label: 'Keyboard shortcuts',
        group: 'Help',
        key: '?',
        run: () => (dialog.value = 'shortcuts'),
      },
      facts.value !== null && {
        id: 'log',
        label: 'Show the log',
        group: 'Help',
        run: () => (dialog.value = 'log'),
      },
      {
        id: 'about',
        label: 'About Network Traffic Analyzer',
        group: 'Help',
        run: () => (dialog.value = 'about'),
      },
    ]
    return list.filter((command) => command !== false)
  })
}

/** Commands of the native menu have the same ids, but for one that only some hosts offer. */
export function runCommand(commands: readonly Command[], id: string): void {
  commands.find((command) => command.id === (id === 'open-folder' ? 'open' : id))?.run()
}
