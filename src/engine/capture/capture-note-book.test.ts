import { describe, expect, it } from 'vitest'
import {
  CaptureNoteBook,
  COMMENT_COUNT_MAX,
  COMMENT_LENGTH_MAX,
  RESOLVED_NAME_COUNT_MAX,
  RESOLVED_NAME_LENGTH_MAX,
} from './capture-note-book.ts'

describe('CaptureNoteBook', () => {
  it('counts an issue and remembers the first frame of it', () => {
    const notes = new CaptureNoteBook()
    notes.addIssue('fraction-out-of-range', 7)
    notes.addIssue('captured-longer-than-original', 8)
    notes.addIssue('fraction-out-of-range', 9, 3)
    expect(notes.issues).toEqual([
      { kind: 'fraction-out-of-range', count: 4, firstFrame: 7 },
      { kind: 'captured-longer-than-original', count: 1, firstFrame: 8 },
    ])
  })

  it('counts comments beyond the last that it keeps, and cuts long ones', () => {
    const notes = new CaptureNoteBook()
    for (let i = 0; i < COMMENT_COUNT_MAX + 5; i++) notes.addComment(i, 'x'.repeat(COMMENT_LENGTH_MAX + 1))
    expect(notes.commentCount).toBe(COMMENT_COUNT_MAX + 5)
    expect(notes.comments).toHaveLength(COMMENT_COUNT_MAX)
    expect(notes.comments[0]?.text).toHaveLength(COMMENT_LENGTH_MAX)
  })

  it('counts names beyond the last that it keeps, and cuts long ones', () => {
    const notes = new CaptureNoteBook()
    for (let i = 0; i < RESOLVED_NAME_COUNT_MAX + 5; i++) notes.addResolvedName('192.0.2.1', 'n'.repeat(300))
    expect(notes.resolvedNameCount).toBe(RESOLVED_NAME_COUNT_MAX + 5)
    expect(notes.resolvedNames).toHaveLength(RESOLVED_NAME_COUNT_MAX)
    expect(notes.resolvedNames[0]?.name).toHaveLength(RESOLVED_NAME_LENGTH_MAX)
  })
})
