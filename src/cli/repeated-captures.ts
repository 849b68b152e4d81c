/** Captures that were named twice: they are counted as often as they are named, which is seldom what is meant. */

import { realpathSync } from 'node:fs'
import type { CaptureSummary } from '../engine/index.ts'
import { isComputed } from './figures.ts'

/** A sentence for each file that repeats another. `paths` and `files` are in one order. */
export function repeatedCaptures(
  paths: readonly string[],
  files: CaptureSummary['capture']['files'],
): string[] {
  const firstOf = new Map<string, string>()
  const sentences: string[] = []
  paths.forEach((path, index) => {
    const keys = [files[index]?.sha256 ?? '', realPath(path)].filter((key) => isComputed(key))
    const earlier = keys.map((key) => firstOf.get(key)).find((one) => one !== undefined)
    for (const key of keys) if (!firstOf.has(key)) firstOf.set(key, path)
    if (earlier === undefined) return
    const what =
      earlier === path ? `${path} is named more than once` : `${path} is the same file as ${earlier}`
    sentences.push(`${what}; its packets are counted each time.`)
  })
  return sentences
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
