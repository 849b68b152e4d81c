/** The notes of several captures as one. */

import { CaptureNoteBook } from './capture-note-book.ts'
import type { CaptureNotes } from './capture-reader.ts'

/**
 * Add up the notes of `parts`, in their order. Frame numbers are those of the single files and would mislead among frames
 * of all of them, so they are left out.
 */
export function mergedNotes(parts: readonly CaptureNotes[]): CaptureNotes {
  const merged = new CaptureNoteBook()
  for (const notes of parts) {
    for (const { kind, count } of notes.issues) merged.addIssue(kind, null, count)
    for (const { text } of notes.comments) merged.addComment(null, text)
    merged.commentCount += notes.commentCount - notes.comments.length
    for (const { address, name } of notes.resolvedNames) merged.addResolvedName(address, name)
    merged.resolvedNameCount += notes.resolvedNameCount - notes.resolvedNames.length
    merged.hardware ??= notes.hardware
    merged.operatingSystem ??= notes.operatingSystem
    merged.application ??= notes.application
    merged.sectionCount += notes.sectionCount
    merged.secretsBlockCount += notes.secretsBlockCount
    merged.capturedBytesNotKept += notes.capturedBytesNotKept
  }
  return merged
}
