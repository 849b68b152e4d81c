/** A finding's title beside a column that names its source already. */

import type { FindingRow } from '../../contract/index.ts'

/** Titles are sentences whose subject is the source: without it they begin with what it did. */
export function titleWithoutSource({ title, actors }: Pick<FindingRow, 'title' | 'actors'>): string {
  const [actor] = actors
  if (actors.length !== 1 || actor === undefined || !title.startsWith(`${actor} `)) return title
  const rest = title.slice(actor.length + 1)
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`
}
