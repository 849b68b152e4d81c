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
} from '../../contract/check.ts'
import type { TrafficTotals } from '../../engine/aggregate/traffic-totals.ts'
import type { CaptureEndingKind } from '../../engine/capture/capture-ending.ts'
import type { CaptureInterface } from '../../engine/capture/capture-interface.ts'
import {
  CaptureNoteBook,
  COMMENT_COUNT_MAX,
  COMMENT_LENGTH_MAX,
  INTERFACE_NAME_LENGTH_MAX,
  type CaptureIssueKind,
} from '../../engine/capture/capture-note-book.ts'
import { CAPTURE_LIMITS } from '../../engine/capture/capture-limits.ts'
import type { CaptureNotes } from '../../engine/capture/capture-reader.ts'
import { mergedEnding, type EndedCapture } from '../../engine/capture/merged-ending.ts'
import { mergedNotes } from '../../engine/capture/merged-notes.ts'
import type { CaptureFacts } from '../../engine/index.ts'
import type { AnalysisOutcome } from '../run-analysis.ts'

/** One more stands for all others. */
const LISTED_INTERFACE_COUNT_MAX = CAPTURE_LIMITS.listedInterfaceCountMax
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
  name: nullable(text(INTERFACE_NAME_LENGTH_MAX)),
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
  interfaces: list(captureInterface, LISTED_INTERFACE_COUNT_MAX + 1),
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
    notes: storedNotes(reader.notes),
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
  const allNotes = mergedNotes(named.map((facts) => noteBook(facts.notes)))
  const { interfaces, newlyUnlistedCount } = mergedInterfaces(named, inTime)
  if (newlyUnlistedCount > 0) allNotes.addIssue('interface-not-listed', null, newlyUnlistedCount)
  return {
    captures: named.flatMap(({ captures }) => captures),
    interfaces,
    firstInterfaceCount: Math.min(
      interfaces.length,
      named.reduce((sum, facts) => sum + Math.min(facts.interfaces.length, facts.firstInterfaceCount), 0),
    ),
    notes: storedNotes(allNotes),
    first: inTime[0]?.first ?? null,
    earliest: extremeOf(inTime, 'earliest', -1),
    latest: extremeOf(inTime, 'latest', 1),
    packetCount: named.reduce((sum, { packetCount }) => sum + packetCount, 0),
  }
}

type Interfaces = PartFacts['interfaces']

/** One list with one ceiling, as `MergedReader` has it; a part's entry past the ceiling stands for its rest. */
function mergedInterfaces(
  named: readonly PartFacts[],
  inTime: readonly PartFacts[],
): { readonly interfaces: Interfaces; readonly newlyUnlistedCount: number } {
  const listed = ({ interfaces }: PartFacts): Interfaces => interfaces.slice(0, LISTED_INTERFACE_COUNT_MAX)
  const all = [
    ...named.flatMap((facts) => listed(facts).slice(0, facts.firstInterfaceCount)),
    // Interfaces that a capture describes further on are numbered when its frames come.
    ...inTime.flatMap((facts) => listed(facts).slice(facts.firstInterfaceCount)),
  ]
  const unlisted = [
    ...all.splice(LISTED_INTERFACE_COUNT_MAX),
    ...named.flatMap(({ interfaces }) => interfaces.slice(LISTED_INTERFACE_COUNT_MAX)),
  ]
  const newlyUnlistedCount = unlisted.length - named.filter(hasRest).length
  const [first] = unlisted
  if (first === undefined) return { interfaces: all, newlyUnlistedCount }
  const dropped = unlisted.flatMap(({ droppedCount }) => (droppedCount === null ? [] : [droppedCount]))
  const rest = {
    ...first,
    name: null,
    packetCount: unlisted.reduce((sum, { packetCount }) => sum + packetCount, 0),
    droppedCount: dropped.length === 0 ? null : dropped.reduce((sum, count) => sum + count, 0),
  }
  return { interfaces: [...all, rest], newlyUnlistedCount }
}

function hasRest({ interfaces }: PartFacts): boolean {
  return interfaces.length > LISTED_INTERFACE_COUNT_MAX
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

/** The reverse of `noteBook`. */
function storedNotes(book: CaptureNotes): PartFacts['notes'] {
  const { issues, comments, commentCount, hardware, operatingSystem, application, capturedBytesNotKept } =
    book
  return { issues, comments, commentCount, hardware, operatingSystem, application, capturedBytesNotKept }
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
