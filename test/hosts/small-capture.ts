/** A capture small enough to write for every test: one web visit, and one host that probes thirty ports. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Frame, httpVisit, inTimeOrder, pcap, portScan, range } from '../traffic/index.ts'

export function smallFrames(): Frame[] {
  return inTimeOrder(
    httpVisit({ originator: '10.0.0.5', responder: '10.0.0.1' }),
    portScan({ scanner: '10.0.0.66', target: '10.0.0.1', ports: range(1000, 1029), openPorts: [1005] }),
  )
}

/** A folder that `remove` takes away again, with one capture in it. */
export function makeCaptureFolder(): { folder: string; capture: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'captures-'))
  const capture = join(folder, 'small.pcap')
  writeFileSync(capture, pcap(smallFrames()))
  return { folder, capture, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
