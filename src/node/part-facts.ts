/** What a part tells of its captures besides their packets: names, hashes, interfaces, notes, endings. */

import {
  type Checked,
  integer,
  list,
  nullable,
  number,
  oneOf,
  openRecord,
  text,
  tuple,
} from '../contract/check.ts'
import type { TrafficTotals } from '../engine/aggregate/traffic-totals.ts'
import type { CaptureEndingKind } from '../engine/capture/capture-ending.ts'
import type { CaptureInterface } from '../engine/capture/capture-interface.ts'
import {
  CaptureNoteBook,
  COMMENT_COUNT_MAX,
  COMMENT_LENGTH_MAX,
  type CaptureIssueKind,
} from '../engine/capture/capture-note-book.ts'
import { mergedEnding, type EndedCapture } from '../engine/capture/merged-ending.ts'
import { mergedNotes } from '../engine/capture/merged-notes.ts'
import type { CaptureFacts } from '../engine/summarize/summarize.ts'
import type { AnalysisOutcome } from './run-analysis.ts'

const INTERFACE_COUNT_MAX = 1 << 20
const CAPTURE_COUNT_MAX = 1 << 20

const word = text(64)
const moment = nullable(tuple(number(), integer(0, 999_999_999)))

const capture = openRecord({
  path: text(65_536),
  ending: openRecord({ kind: word, byteOffset: integer(), detail: text(65_536) }),
  byteOffset: integer(),
  file: openRecord({
    name: text(65_536),
    byteCount: integer(),
    sha256: text(64),
    format: oneOf(['pcap', 'pcapng']),
    compression: oneOf(['none', 'gzip', 'zstd', 'lz4']),
  }),
})

const captureInterface = openRecord({
  linkType: integer(0, 0xffff_ffff),
  snaplen: integer(),
  timestampResolution: text(64),
  name: nullable(text(COMMENT_LENGTH_MAX)),
  packetCount: integer(),
  droppedCount: nullable(number(0)),
})

const notes = openRecord({
  issues: list(openRecord({ kind: word, count: integer(), firstFrame: nullable(integer()) }), 1000),
  comments: list(
    openRecord({ frame: nullable(integer()), text: text(COMMENT_LENGTH_MAX) }),
    COMMENT_COUNT_MAX,
  ),
  commentCount: integer(),
  hardware: nullable(text(COMMENT_LENGTH_MAX)),
  operatingSystem: nullable(text(COMMENT_LENGTH_MAX)),
  application: nullable(text(COMMENT_LENGTH_MAX)),
  capturedBytesNotKept: integer(),
})

/** What stands in the part's section `facts`. */
export const partFacts = openRecord({
  captures: list(capture, CAPTURE_COUNT_MAX),
  interfaces: list(captureInterface, INTERFACE_COUNT_MAX),
  /** Of `interfaces`, those known when the first frames came. */
  firstInterfaceCount: integer(),
  notes,
  /** Times of the first, the earliest and the latest frame; null where there is none. */
  first: moment,
  earliest: moment,
  latest: moment,
  packetCount: integer(),
})

export type PartFacts = Checked<typeof partFacts>
type CaptureFile = CaptureFacts['files'][number]

/** Of an analysis that has come to its end. */
export function factsOfAnalysis(outcome: Extract<AnalysisOutcome, { ok: true }>): PartFacts {
  const { analysis, summary, endings } = outcome
  const { reader, aggregates } = analysis
  const { issues, comments, commentCount, hardware, operatingSystem, application, capturedBytesNotKept } =
    reader.notes
  return {
    captures: endings.map(({ name, ending, byteOffset }, place) => ({
      path: name,
      ending: ending ?? { kind: 'cancelled', byteOffset, detail: '' },
      byteOffset,
      file: summary.capture.files[place]!,
    })),
    interfaces: reader.interfaces.map((each) => ({
      linkType: each.linkType,
      snaplen: each.snaplen,
      timestampResolution: each.timestampResolution,
      name: each.name,
      packetCount: each.packetCount,
      droppedCount: each.droppedCount,
    })),
    firstInterfaceCount: analysis.firstInterfaceCount ?? reader.interfaces.length,
    notes: {
      issues,
      comments,
      commentCount,
      hardware,
      operatingSystem,
      application,
      capturedBytesNotKept,
    },
    ...timesOf(aggregates.totals),
    packetCount: aggregates.totals.packetCount,
  }
}

function timesOf(totals: TrafficTotals): Pick<PartFacts, 'first' | 'earliest' | 'latest'> {
  const { timedPacketCount, firstTimedFrame, firstSeconds, firstNanoseconds } = totals
  const earliest = totals.earliest()
  const latest = totals.latest()
  const isTimedFirst = timedPacketCount > 0 && firstTimedFrame === 1
  return {
    first: isTimedFirst ? [firstSeconds, firstNanoseconds] : null,
    earliest: earliest === null ? null : [earliest.seconds, earliest.nanoseconds],
    latest: latest === null ? null : [latest.seconds, latest.nanoseconds],
  }
}

/**
 * The facts of several parts as one reading of all their captures would have them. `named` is the order in which the parts
 * were named, `inTime` the order in which their frames come.
 */
export function mergedFacts(named: readonly PartFacts[], inTime: readonly PartFacts[]): PartFacts {
  const [only] = named
  if (only !== undefined && named.length === 1) return only
  const notesOf = mergedNotes(named.map((facts) => noteBook(facts.notes)))
  const { issues, comments, commentCount, hardware, operatingSystem, application, capturedBytesNotKept } =
    notesOf
  return {
    captures: named.flatMap(({ captures }) => captures),
    // Interfaces that a capture describes further on are numbered when its frames come.
    interfaces: [
      ...named.flatMap(({ interfaces, firstInterfaceCount }) => interfaces.slice(0, firstInterfaceCount)),
      ...inTime.flatMap(({ interfaces, firstInterfaceCount }) => interfaces.slice(firstInterfaceCount)),
    ],
    firstInterfaceCount: named.reduce(
      (sum, { interfaces, firstInterfaceCount }) => sum + Math.min(interfaces.length, firstInterfaceCount),
      0,
    ),
    notes: {
      issues,
      comments,
      commentCount,
      hardware,
      operatingSystem,
      application,
      capturedBytesNotKept,
    },
    first: inTime[0]?.first ?? null,
    earliest: extremeOf(inTime, 'earliest', -1),
    latest: extremeOf(inTime, 'latest', 1),
    packetCount: named.reduce((sum, { packetCount }) => sum + packetCount, 0),
  }
}

type Moment = NonNullable<PartFacts['earliest']>

function extremeOf(parts: readonly PartFacts[], name: 'earliest' | 'latest', sign: 1 | -1): Moment | null {
  let extreme: Moment | null = null
  for (const { [name]: each } of parts) {
    if (each !== null && (extreme === null || sign * compareMoments(each, extreme) > 0)) extreme = each
  }
  return extreme
}

export function compareMoments(x: Moment, y: Moment): number {
  return x[0] - y[0] || x[1] - y[1]
}

/** As the summary wants them. */
export function captureFactsOf(facts: PartFacts): CaptureFacts {
  const endings = facts.captures.map(({ path, ending, byteOffset }): EndedCapture => ({
    name: path,
    ending: { ...ending, kind: ending.kind as CaptureEndingKind },
    byteOffset,
  }))
  const [only] = endings
  return {
    files: facts.captures.map(({ file }) => file satisfies CaptureFile),
    interfaces: facts.interfaces.map((each, id): CaptureInterface => ({
      ...each,
      id,
      description: null,
      receivedCount: null,
    })),
    ending: (endings.length === 1 ? only?.ending : null) ?? mergedEnding(endings),
    notes: noteBook(facts.notes),
  }
}

function noteBook(stored: PartFacts['notes']): CaptureNoteBook {
  const book = new CaptureNoteBook()
  for (const { kind, count, firstFrame } of stored.issues) {
    book.addIssue(kind as CaptureIssueKind, firstFrame, count)
  }
  for (const comment of stored.comments) book.addComment(comment.frame, comment.text)
  book.commentCount = stored.commentCount
  book.hardware = stored.hardware
  book.operatingSystem = stored.operatingSystem
  book.application = stored.application
  book.capturedBytesNotKept = stored.capturedBytesNotKept
  return book
}
