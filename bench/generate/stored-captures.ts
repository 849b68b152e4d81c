/** The folder that holds the generated captures, and whether one is there already: same name, size and parameters. */

import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { captureNamed, type BenchCapture } from './catalogue.ts'

/** What stands beside each capture in `<name>.json`. */
export interface CaptureRecord {
  readonly parameters: BenchCapture['parameters']
  readonly byteCount: number
  /** 0 when it was not counted. */
  readonly frameCount: number
}

export interface StoredCapture extends CaptureRecord {
  readonly name: string
  readonly path: string
}

/** `$NTA_BENCH_DIR`, or a folder among the system's temporary ones. */
export function benchFolder(): string {
  return resolve(process.env['NTA_BENCH_DIR'] ?? join(tmpdir(), 'nta-bench'))
}

/**
 * The capture of this name (see catalogue.ts), written now unless it is there already. Refuses a folder inside the project:
 * these are gigabytes and must never be committed. `tell` hears one line when something is written.
 */
export async function storedCapture(
  name: string,
  folder = benchFolder(),
  tell: (line: string) => void = () => undefined,
): Promise<StoredCapture> {
  const capture = captureNamed(name)
  refuseProjectFolder(folder)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  const present = readRecord(capture, path)
  if (present) return { ...present, name, path }

  const fromPath = capture.from === undefined ? '' : (await storedCapture(capture.from, folder, tell)).path
  const started = performance.now()
  const unfinished = `${path}.part`
  const frameCount = await capture.write(unfinished, fromPath)
  renameSync(unfinished, path)
  const record = { parameters: capture.parameters, byteCount: statSync(path).size, frameCount }
  writeFileSync(`${path}.json`, `${JSON.stringify(record, null, 2)}\n`)
  const seconds = (performance.now() - started) / 1000
  const rate = record.byteCount / 1e6 / seconds
  tell(
    `${name}: ${record.byteCount} bytes, ${frameCount} frames, ${seconds.toFixed(1)} s, ${rate.toFixed(0)} MB/s`,
  )
  return { ...record, name, path }
}

/** Null unless the file is there with the size and parameters that its record tells of. */
function readRecord(capture: BenchCapture, path: string): CaptureRecord | null {
  if (!existsSync(path) || !existsSync(`${path}.json`)) return null
  const record = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as CaptureRecord
  const same = JSON.stringify(record.parameters) === JSON.stringify(capture.parameters)
  return same && statSync(path).size === record.byteCount ? record : null
}

function refuseProjectFolder(folder: string): void {
  const project = resolve(import.meta.dirname, '../..')
  const way = relative(project, folder)
  if (!way.startsWith('..') && !isAbsolute(way)) {
    throw new Error(`${folder} is inside the project; set NTA_BENCH_DIR to a folder outside it`)
  }
}
