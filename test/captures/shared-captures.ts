/** The captures kept beside the project: which there are, and what other tools say of them. Not part of it. */

import { existsSync, readFileSync } from 'node:fs'

export const SHARED = '../shared/captures'
export const hasSharedCaptures = existsSync(`${SHARED}/manifest.tsv`)

export interface SharedCapture {
  /** From the project's root. */
  readonly path: string
  readonly size: number
  readonly expectedPath: string
}

/** What tshark and capinfos say of a capture. */
export interface ExpectedFigures {
  /** Why there is no answer, where the tools gave none that could be read. */
  readonly error?: string
  readonly packets: number
  readonly wire_bytes: number
  readonly captured_bytes: number
  readonly min_epoch: number | null
  readonly max_epoch: number | null
  readonly out_of_order_timestamps: number
  readonly l3?: Readonly<Record<string, { packets: number; bytes: number }>>
  readonly l4_outermost?: Readonly<Record<string, { packets: number; bytes: number }>>
  readonly conversations?: Readonly<Record<'ipv4' | 'ipv6' | 'tcp' | 'udp', { count: number }>>
}

/** Every capture of the manifest, in its order; none where the folder is absent. */
export function sharedCaptures(): SharedCapture[] {
  if (!hasSharedCaptures) return []
  const [head, ...rows] = readFileSync(`${SHARED}/manifest.tsv`, 'utf8').trimEnd().split('\n')
  const columns = head!.split('\t')
  const column = (name: string): number => columns.indexOf(name)
  const [path, size, expected] = [column('path'), column('size'), column('expected')]
  return rows.map((row) => {
    const cells = row.split('\t')
    return {
      path: `${SHARED}/${cells[path]!}`,
      size: Number(cells[size]),
      expectedPath: `${SHARED}/${cells[expected]!}`,
    }
  })
}

export function expectedOf(capture: SharedCapture): ExpectedFigures {
  return JSON.parse(readFileSync(capture.expectedPath, 'utf8')) as ExpectedFigures
}

/** A fixed sample of `count` captures, spread over the manifest. */
export function sampleOf(captures: readonly SharedCapture[], count: number): SharedCapture[] {
  const step = Math.max(1, captures.length / count)
  return Array.from({ length: Math.min(count, captures.length) }, (_, i) => captures[Math.floor(i * step)]!)
}
