/** What every host answers the same way; what differs between a desktop window and a browser page is its `HostParts`. */

import { basename } from 'node:path'
import {
  type About,
  type CaptureChoice,
  failed,
  type FolderListing,
  type Handlers,
  type HostEvent,
  type HostFacts,
  type OpenedAnalysis,
  type Outcome,
  type RecentCapture,
  type Saved,
  type SaveRequest,
  succeeded,
} from '../../contract/index.ts'
import { type Analyses, type OpenAnalysis } from './analyses.ts'
import { type CaptureOffers, captureChoiceOf } from './captures.ts'
import { saveNameFor } from './save-names.ts'
import { samplesIn } from './samples.ts'
import type { LogFile } from './log-file.ts'
import type { RecentCaptures } from './recent-captures.ts'
import type { NoteStore } from '../settings/settings-notes.ts'
import type { SettingsStore } from '../settings/settings-store.ts'

/** Where a save goes and what the page is told when it is done. */
export interface SaveTarget {
  readonly path: string
  readonly finish: (byteCount: number) => Promise<Saved> | Saved
}

/** `Page` is whoever asks: a window on the desktop, a browser page on the web. */
export interface HostParts<Page> {
  facts(page: Page): Omit<HostFacts, 'opened'>
  about(): Pick<About, 'host' | 'electron' | 'chromium'>
  /** Paths the person picked in the system's dialog; empty when it was closed. */
  chooseCaptures(page: Page): Promise<Outcome<readonly string[]>>
  listFolder(folderId: string | null): Promise<Outcome<FolderListing>>
  /** Whether this host may open the file at all. */
  mayOpen(path: string): boolean
  /** Null where pages cannot open windows; otherwise the window is opened with the captures. */
  readonly openWindow: ((paths: readonly string[]) => void) | null
  /** Asks where to save; null when the person thought better of it. */
  saveTarget(page: Page, kind: SaveRequest['kind'], name: string): Promise<SaveTarget | null>
  showSaved(path: string): Outcome<null>
  openLog(path: string): Promise<boolean>
  /** Called with everything the page should be told; the answer stops it. */
  listen(page: Page, listener: (event: HostEvent) => void): () => void
  /** Keeps what the page has open, so that a reloaded page finds it and a closed one frees it. */
  readonly opened: {
    get(page: Page): OpenAnalysis | null
    set(page: Page, analysis: OpenAnalysis | null): void
  }
  progressed(page: Page, share: number | null): void
  /** The list of recent captures changed; every page should look again. */
  recentChanged(): void
}

export interface HostServices {
  readonly version: string
  readonly analyses: Analyses
  readonly offers: CaptureOffers
  readonly recents: RecentCaptures
  readonly settings: SettingsStore
  readonly notes: NoteStore
  readonly log: LogFile
  readonly samplesFolder: string
}

const noSuchCapture = failed('not-allowed', 'This capture was not offered by the program.', {
  advice: 'Choose it again from the list or with Open.',
})
const noSuchAnalysis = failed('unknown-analysis', 'This capture is no longer open.', {
  advice: 'Open it again from the start page.',
})

const NETWORK_STATEMENT =
  'This program opens no connection to any network and sends nothing anywhere. Captures, findings and settings stay on this machine.'

/** Handlers for the whole contract. Inputs have been checked and the page has been found trustworthy. */
export function hostHandlers<Page>(services: HostServices, parts: HostParts<Page>): Handlers<Page> {
  const { analyses, offers, recents, settings, notes, log } = services

  const recentList = (): RecentCapture[] =>
    recents
      .list()
      .filter(({ paths }) => paths.every((path) => parts.mayOpen(path)))
      .map((entry) => {
        offers.offerAs(entry.id, entry.paths)
        const files = entry.paths.map((path): CaptureChoice => captureChoiceOf(path, entry.id))
        return {
          id: entry.id,
          files,
          openedAt: entry.openedAt,
          isMissing: files.some((file) => file.modifiedAt === null),
        }
      })

  const withAnalysis = <T>(
    id: string,
    answer: (analysis: OpenAnalysis) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    const analysis = analyses.find(id)
    return analysis === null ? Promise.resolve(noSuchAnalysis) : answer(analysis)
  }

  return {
    hello: (_, __, page) => {
      const analysis = parts.opened.get(page)
      const opened = analysis === null ? null : openedAnalysisOf(analysis)
      return resolved({ ...parts.facts(page), opened })
    },
    hostEvents: (_, { emit, signal }, page) =>
      new Promise((resolve) => {
        const stop = parts.listen(page, emit)
        for (const notice of [...settings.notices, ...recents.notices]) emit({ kind: 'notice', ...notice })
        signal.addEventListener('abort', () => {
          stop()
          resolve(failed('cancelled', 'The page stopped listening.'))
        })
      }),
    about: () =>
      resolved({
        name: 'Network Traffic Analyzer',
        version: services.version,
        summarySchema: 'nta.summary/1',
        licence: 'MIT',
        platform: `${process.platform} ${process.arch}`,
        node: process.versions.node,
        v8: process.versions.v8,
        network: NETWORK_STATEMENT,
        logPath: log.path,
        settingsPath: settings.path,
        ...parts.about(),
      }),

    chooseCaptures: async (_, __, page) => {
      const chosen = await parts.chooseCaptures(page)
      return chosen.ok ? succeeded(chosen.value.slice(0, 100).map((path) => offers.offer(path))) : chosen
    },
    listFolder: ({ folderId }) => parts.listFolder(folderId),
    recentCaptures: () => {
      // Whoever looks at what was open before is about to open something.
      analyses.prepare()
      return resolved(recentList())
    },
    forgetRecent: async ({ id }) => {
      await recents.forget(id)
      parts.recentChanged()
      return succeeded(recentList())
    },
    samples: () => resolved(samplesIn(services.samplesFolder, offers)),
    openCaptures: async ({ ids, inNewWindow }, _, page) => {
      const paths: string[] = []
      for (const id of ids) {
        const found = offers.pathsOf(id)
        if (found === null || !found.every((path) => parts.mayOpen(path))) return noSuchCapture
        paths.push(...found)
      }
      if (paths.length === 0) return failed('bad-request', 'No capture was chosen.')
      if (inNewWindow && parts.openWindow !== null) {
        parts.openWindow(paths)
        return succeeded(null)
      }
      return succeeded(await openHere(services, parts, page, paths))
    },
    closeAnalysis: ({ analysisId }, _, page) => {
      if (parts.opened.get(page)?.id === analysisId) parts.opened.set(page, null)
      analyses.close(analysisId)
      return resolved(null)
    },

    analyze: ({ analysisId }, { emit, signal }, page) =>
      withAnalysis(analysisId, async ({ client, paths, name, snapshotPath }) => {
        const { thresholds, allowList } = settings.current
        try {
          return await client.analyze({ paths, thresholds, allowList, snapshotPath }, name, {
            signal,
            onEvent(event) {
              if (event.kind === 'progress') {
                const { bytesRead, bytesTotal } = event.progress
                parts.progressed(page, bytesTotal === 0 ? 0 : bytesRead / bytesTotal)
              }
              emit(event)
            },
          })
        } finally {
          parts.progressed(page, null)
        }
      }),
    rows: (input, { signal }) =>
      withAnalysis(input.analysisId, ({ client }) => client.call('rows', input, { signal })),
    timeline: (input, { signal }) =>
      withAnalysis(input.analysisId, ({ client }) => client.call('timeline', input, { signal })),
    matrix: (input, { signal }) =>
      withAnalysis(input.analysisId, ({ client }) => client.call('matrix', input, { signal })),
    evidence: (input, { signal }) =>
      withAnalysis(input.analysisId, ({ client }) => client.call('evidence', input, { signal })),
    whatIf: (input, { signal }) =>
      withAnalysis(input.analysisId, ({ client }) => client.call('whatIf', input, { signal })),

    rules: () => analyses.rules(),

    save: (request, { emit, signal }, page) =>
      withAnalysis(request.analysisId, async ({ client, paths }) => {
        const name = saveNameFor(
          paths.map((path) => basename(path)),
          request,
        )
        const target = await parts.saveTarget(page, request.kind, name)
        if (target === null) return succeeded({ kind: 'dismissed', reason: 'closed' } as const)
        const order = { request, path: target.path }
        const written = await client.call('save', order, { onEvent: emit, signal })
        return written.ok ? succeeded(await target.finish(written.value.byteCount)) : written
      }),
    showSaved: ({ path }) => Promise.resolve(parts.showSaved(path)),

    findingNotes: ({ captureKey }) => Promise.resolve(notes.notes(captureKey)),
    setFindingNote: ({ captureKey, ...note }) => notes.set(captureKey, note, new Date().toISOString()),

    settings: () => resolved(settings.current),
    setSettings: ({ change }) => settings.change(change),
    resetSettings: () => settings.reset(),

    openLog: async () =>
      succeeded({ path: log.path, tail: log.tail(), isOpened: await parts.openLog(log.path) }),
  }
}

/** Opens captures in a page and puts them on top of the recent ones. What the page had open before is closed. */
export async function openHere<Page>(
  { analyses, recents }: Pick<HostServices, 'analyses' | 'recents'>,
  { opened, recentChanged }: Pick<HostParts<Page>, 'opened' | 'recentChanged'>,
  page: Page,
  paths: readonly string[],
): Promise<OpenedAnalysis> {
  const before = opened.get(page)
  if (before !== null) analyses.close(before.id)
  const analysis = analyses.open(paths)
  opened.set(page, analysis)
  await recents.add(paths, new Date().toISOString())
  recentChanged()
  return openedAnalysisOf(analysis)
}

export function openedAnalysisOf({ id, paths }: OpenAnalysis): OpenedAnalysis {
  const files = paths.slice(0, 100).map((path) => captureChoiceOf(path, id))
  return { analysisId: id, files, byteCount: files.reduce((sum, file) => sum + file.byteCount, 0) }
}

function resolved<T>(value: T): Promise<Outcome<T>> {
  return Promise.resolve(succeeded(value))
}
