/** Collects what a reader notices about the file itself: oddities by name, comments, names, who wrote it. */

import type { CaptureNotes } from './capture-reader.ts'

/** Oddities of a container that lose no packet. */
export type CaptureIssueKind =
  | 'captured-longer-than-original'
  | 'captured-longer-than-snaplen'
  | 'fraction-out-of-range'
  | 'zero-filled-record'
  | 'captured-bytes-skipped'
  | 'unusual-version'
  | 'option-overruns-block'
  | 'option-wrong-length'
  | 'duplicate-option'
  | 'timestamp-resolution-implausible'
  | 'timestamp-out-of-range'
  | 'name-record-overruns-block'
  | 'unknown-block'
  | 'block-skipped'
  | 'statistics-for-unknown-interface'
  | 'interface-not-listed'
  | 'garbage-after-gzip'
  | 'file-still-growing'
  | 'file-changed-while-read'
  | 'file-replaced-while-read'

/** Comments kept. More would let one file fill the summary, fewer would lose real annotations. */
export const COMMENT_COUNT_MAX = 1_000
/** Characters kept of one comment or of a text of the section header. */
export const COMMENT_LENGTH_MAX = 4_096
/**
 * Characters kept of an interface's name and description. Linux has names of 15 characters, Windows of 50 with the device's
 * identifier; there can be 65,536 of them, which comments cannot.
 */
export const INTERFACE_NAME_LENGTH_MAX = 256
/** Names kept from name resolution blocks. */
export const RESOLVED_NAME_COUNT_MAX = 10_000
/** Characters kept of one name; a DNS name has at most 253 (RFC 1035, 2.3.4). */
export const RESOLVED_NAME_LENGTH_MAX = 255

interface CountedIssue {
  readonly kind: CaptureIssueKind
  count: number
  readonly firstFrame: number | null
}

interface CaptureComment {
  readonly frame: number | null
  readonly text: string
}

interface ResolvedName {
  readonly address: string
  readonly name: string
}

export class CaptureNoteBook implements CaptureNotes {
  readonly issues: CountedIssue[] = []
  readonly comments: CaptureComment[] = []
  commentCount = 0
  readonly resolvedNames: ResolvedName[] = []
  resolvedNameCount = 0
  hardware: string | null = null
  operatingSystem: string | null = null
  application: string | null = null
  sectionCount = 0
  secretsBlockCount = 0
  capturedBytesNotKept = 0

  /** Count an oddity. `firstFrame` is the 1-based number of the first frame at or after it; null when none can follow. */
  addIssue(kind: CaptureIssueKind, firstFrame: number | null, count = 1): void {
    for (const issue of this.issues) {
      if (issue.kind === kind) {
        issue.count += count
        return
      }
    }
    this.issues.push({ kind, count, firstFrame })
  }

  /** Keep a comment, cut at COMMENT_LENGTH_MAX; beyond COMMENT_COUNT_MAX it is only counted. */
  addComment(frame: number | null, text: string): void {
    this.commentCount += 1
    if (this.comments.length < COMMENT_COUNT_MAX) {
      this.comments.push({ frame, text: text.slice(0, COMMENT_LENGTH_MAX) })
    }
  }

  /** Keep a name; beyond RESOLVED_NAME_COUNT_MAX it is only counted. */
  addResolvedName(address: string, name: string): void {
    this.resolvedNameCount += 1
    if (this.resolvedNames.length < RESOLVED_NAME_COUNT_MAX) {
      this.resolvedNames.push({ address, name: name.slice(0, RESOLVED_NAME_LENGTH_MAX) })
    }
  }
}
