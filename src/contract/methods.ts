/**
 * Everything a page can ask of its host, in one table. Each method has an input, events while it runs and one
 * output; a method added here is a type error in every host and in the tests until they follow.
 */

import { type Check, type Checked, flag, list, nothing, nullable, record, text } from './check.ts'
import { analysisEnd, analyzeEvent, analyzeRequest, ruleInfo, whatIf, whatIfRequest } from './analysis.ts'
import { captureChoice, folderListing, openedAnalysis, recentCapture, sample } from './captures.ts'
import { evidence } from './finding-rows.ts'
import { about, hostEvent, hostFacts } from './host-events.ts'
import { rowsRequest, rowWindow } from './row-window.ts'
import { findingNote, saved, saveEvent, saveRequest } from './saving.ts'
import { settingsChangeForm, settingsForm } from './settings.ts'
import { matrix, matrixRequest, timeline, timelineRequest } from './traffic-views.ts'

const empty = record({})
const idsMax = 100

export const methods = {
  /** First call of a page: where it runs and what it was opened with. */
  hello: { in: empty, event: nothing, out: hostFacts },
  /** Lasts as long as the page; ends only when cancelled. */
  hostEvents: { in: empty, event: hostEvent, out: nothing },
  about: { in: empty, event: nothing, out: about },

  /** The system's dialog; an empty list when it was closed. Desktop only. */
  chooseCaptures: { in: empty, event: nothing, out: list(captureChoice, idsMax) },
  /** One folder of those given on the command line; null for the list of them. Browser only. */
  listFolder: { in: record({ folderId: nullable(text(100)) }), event: nothing, out: folderListing },
  recentCaptures: { in: empty, event: nothing, out: list(recentCapture, 50) },
  /** Null forgets all. */
  forgetRecent: { in: record({ id: nullable(text(100)) }), event: nothing, out: list(recentCapture, 50) },
  samples: { in: empty, event: nothing, out: list(sample, 50) },
  /** Ids of captures, of a recent entry or of a sample. Several become one analysis, merged in order of time. */
  openCaptures: {
    in: record({ ids: list(text(100), idsMax), inNewWindow: flag }),
    event: nothing,
    /** Null when it went to a new window. */
    out: nullable(openedAnalysis),
  },
  /** Frees what the analysis holds. Closing a window does it too. */
  closeAnalysis: { in: record({ analysisId: text(100) }), event: nothing, out: nothing },

  /**
   * Reads the capture. Asked again it reads again, in a fresh process, with the settings of now. Cancelled, the call
   * ends at once and the other methods answer from what had been read; a run that was interrupted says so in its end.
   */
  analyze: { in: analyzeRequest, event: analyzeEvent, out: analysisEnd },
  rows: { in: rowsRequest, event: nothing, out: rowWindow },
  timeline: { in: timelineRequest, event: nothing, out: timeline },
  matrix: { in: matrixRequest, event: nothing, out: matrix },
  evidence: { in: record({ analysisId: text(100), findingId: text(200) }), event: nothing, out: evidence },
  /** Every rule with its thresholds, their defaults and reasons; also without a capture. */
  rules: { in: empty, event: nothing, out: list(ruleInfo, 100) },
  whatIf: { in: whatIfRequest, event: nothing, out: whatIf },

  save: { in: saveRequest, event: saveEvent, out: saved },
  /** Shows a saved file in its folder. Desktop only, and only a file this run saved. */
  showSaved: { in: record({ path: text(4096) }), event: nothing, out: nothing },

  findingNotes: { in: record({ captureKey: text(200) }), event: nothing, out: list(findingNote, 10_000) },
  setFindingNote: {
    in: record({ captureKey: text(200), findingId: text(200), isAcknowledged: flag, note: text(4000) }),
    event: nothing,
    out: list(findingNote, 10_000),
  },

  settings: { in: empty, event: nothing, out: settingsForm },
  /** Changes some settings, the allow-list among them, and answers with all. */
  setSettings: { in: record({ change: settingsChangeForm }), event: nothing, out: settingsForm },
  resetSettings: { in: empty, event: nothing, out: settingsForm },

  /** The end of the log as text; on the desktop `isOpened` says it was also opened in the system's viewer. */
  openLog: {
    in: empty,
    event: nothing,
    out: record({ path: text(4096), tail: text(300_000), isOpened: flag }),
  },
} as const satisfies Record<
  string,
  { readonly in: Check<unknown>; readonly event: Check<unknown>; readonly out: Check<unknown> }
>

export type MethodName = keyof typeof methods
export type In<M extends MethodName> = Checked<(typeof methods)[M]['in']>
export type Event<M extends MethodName> = Checked<(typeof methods)[M]['event']>
export type Out<M extends MethodName> = Checked<(typeof methods)[M]['out']>

export const methodNames = Object.keys(methods) as readonly MethodName[]

export function isMethodName(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(methods, name)
}

/** No message between processes is larger than this, in bytes of JSON. */
export const messageBytesMax = 1_000_000
