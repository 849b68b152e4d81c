/** A folder of CSV files, one for each table of the summary, for `--csv FOLDER`. */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaptureSummary } from '../../engine/index.ts'
import { csvTables } from './export-csv-tables.ts'
import { saveError } from '../saving/save-error.ts'
import { saveFile } from '../saving/save-file.ts'
import { listsHeld, type SummaryLists } from './summary-lists.ts'

/** Lines joined before they are written: each write costs a call of the system. */
const LINE_COUNT_PER_PIECE = 500

/**
 * Makes the folder when there is none and writes every file whole or not at all; files of other names stay. Null when
 * all are saved; else one sentence on the first that failed, and the files before it are the new ones.
 */
export async function saveCsvFolder(
  folder: string,
  summary: CaptureSummary,
  lists: SummaryLists = listsHeld(summary),
): Promise<string | null> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    return isFile
      ? `${folder} is a file, and the tables need a folder. Name another one.`
      : saveError(folder, error, false).message
  }
  for (const { fileName, lines } of csvTables(summary, lists)) {
    const saved = await saveFile(join(folder, fileName), inPieces(lines()))
    if (!saved.ok) return saved.error.message
  }
  return null
}

function* inPieces(lines: Iterable<string>): Generator<string, void, undefined> {
  let piece = ''
  let lineCount = 0
  for (const line of lines) {
    piece += line
    lineCount += 1
    if (lineCount % LINE_COUNT_PER_PIECE !== 0) continue
    yield piece
    piece = ''
  }
  yield piece
}
