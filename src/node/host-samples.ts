/** The small captures that come with the program, for a first look. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { list, record, text } from '../contract/check.ts'
import type { Checked, Sample } from '../contract/index.ts'
import { type CaptureOffers, hasCaptureName } from './host-captures.ts'

/** `samples/samples.json`: what each capture is called and what there is to see. */
const indexForm = record({
  samples: list(record({ file: text(200), title: text(200), shows: text(1000) }), 50),
})

/** The samples in the order of their index; without one, every capture of the folder under its own name. */
export function samplesIn(folder: string, offers: CaptureOffers): Sample[] {
  const files = new Set(captureFilesIn(folder))
  const index = readIndex(join(folder, 'samples.json'))
  const described = index?.samples ?? [...files].sort().map((file) => ({ file, title: file, shows: '' }))
  return described
    .filter(({ file }) => files.has(file))
    .slice(0, 50)
    .map(({ file, title, shows }) => ({ capture: offers.offer(join(folder, file)), title, shows }))
}

function captureFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(hasCaptureName)
  } catch {
    return []
  }
}

function readIndex(path: string): Checked<typeof indexForm> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return indexForm.problem(value, 'samples') === null ? (value as Checked<typeof indexForm>) : null
  } catch {
    return null
  }
}
