/** Captures a person can open. A page holds ids that the host made up, never paths: it can open only what was offered. */

import { type Checked, flag, integer, list, nullable, record, text } from './check.ts'

/** A capture file that may be opened by its id. */
export const captureChoice = record({
  id: text(100),
  name: text(1000),
  /** Where it lies, as text to show. */
  folder: text(4096),
  byteCount: integer(),
  /** ISO 8601, UTC. */
  modifiedAt: nullable(text(40)),
})
export type CaptureChoice = Checked<typeof captureChoice>

/** Captures opened before, latest first. Several files opened together are one entry. */
export const recentCapture = record({
  id: text(100),
  files: list(captureChoice, 100),
  /** ISO 8601, UTC. */
  openedAt: text(40),
  /** At least one of its files is no longer there. */
  isMissing: flag,
})
export type RecentCapture = Checked<typeof recentCapture>

export const sample = record({
  capture: captureChoice,
  title: text(200),
  /** One sentence: what there is to see. */
  shows: text(1000),
})
export type Sample = Checked<typeof sample>

/** One folder of those that may be opened. Only capture files and folders are listed. */
export const folderListing = record({
  id: text(100),
  path: text(4096),
  /** Null at the top of what may be opened. */
  parentId: nullable(text(100)),
  folders: list(record({ id: text(100), name: text(1000) }), 2000),
  captures: list(captureChoice, 2000),
  /** Entries left out because the folder holds more than a listing carries. */
  unlistedCount: integer(),
})
export type FolderListing = Checked<typeof folderListing>

/** An analysis that exists but may not have run yet. */
export const openedAnalysis = record({
  analysisId: text(100),
  files: list(captureChoice, 100),
  byteCount: integer(),
})
export type OpenedAnalysis = Checked<typeof openedAnalysis>
