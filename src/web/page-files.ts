/** The built page: its files are listed once at the start, and nothing that is not on the list is ever opened. */

import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { pageFileTypes } from '../contract/index.ts'

export interface PageFile {
  readonly type: string
  readonly bytes: Buffer
}

/** Answers with the file of a request's path, or null. Paths are compared as they came: `..` and `%2e` match nothing. */
export type PageFiles = (path: string) => PageFile | null

/** Reads the names below `folder`; null when there is no built page in it. */
export function pageFilesIn(folder: string): PageFiles | null {
  const files = new Map<string, { readonly file: string; readonly type: string }>()
  let names: string[]
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return null
  }
  for (const name of names) {
    const type = pageFileTypes[extname(name)]
    const file = join(folder, name)
    if (type !== undefined) files.set(`/${relative(folder, file).split(sep).join('/')}`, { file, type })
  }
  const index = files.get('/index.html')
  if (index === undefined) return null
  files.set('/', index)

  return (path) => {
    const known = files.get(path)
    if (known === undefined) return null
    try {
      return { type: known.type, bytes: readFileSync(known.file) }
    } catch {
      return null
    }
  }
}
