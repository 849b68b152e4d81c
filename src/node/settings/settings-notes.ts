/** What a person noted about findings, kept per capture by its hash: it is there when the capture is opened again. */

import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Checked,
  failed,
  type FindingNote,
  findingNote,
  type Outcome,
  succeeded,
} from '../../contract/index.ts'
import { integer, list, record, text } from '../../contract/check.ts'
import { readRecord, writeRecord } from './settings-record.ts'

const NOTES_MAX = 10_000

const notesForm = record({
  version: integer(1, 1),
  captureKey: text(200),
  notes: list(findingNote, NOTES_MAX),
})
type Notes = Checked<typeof notesForm>

export class NoteStore {
  readonly #folder: string

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'notes')
  }

  notes(captureKey: string): Outcome<readonly FindingNote[]> {
    return succeeded(readRecord(this.#pathOf(captureKey), notesForm).value?.notes ?? [])
  }

  /** A note that is empty and not acknowledged is taken out. Answers with all notes of the capture. */
  async set(
    captureKey: string,
    note: Omit<FindingNote, 'changedAt'>,
    nowText: string,
  ): Promise<Outcome<readonly FindingNote[]>> {
    const path = this.#pathOf(captureKey)
    const others = (readRecord(path, notesForm).value?.notes ?? []).filter(
      ({ findingId }) => findingId !== note.findingId,
    )
    const isEmpty = note.note === '' && !note.isAcknowledged
    const notes = isEmpty ? others : [...others, { ...note, changedAt: nowText }]
    if (notes.length > NOTES_MAX) {
      return failed('not-supported', `No more than ${NOTES_MAX} findings of one capture can be noted.`)
    }
    makeFolder(this.#folder)
    const problem = await writeRecord(path, { version: 1, captureKey, notes } satisfies Notes)
    if (problem === null) return succeeded(notes)
    return failed('save-failed', problem, { file: path, advice: 'Then save the note again.' })
  }

  /** The key comes from a page: hashed, it cannot name any other file. */
  #pathOf(captureKey: string): string {
    return join(this.#folder, `${createHash('sha256').update(captureKey).digest('hex')}.json`)
  }
}

/** Where it cannot be made, the save into it says so. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch {
    return
  }
}
