/**
 * What threads gain: `npx tsx bench/threads.ts [--times 1,2,4] [--threads 1,2,3,4] [--rounds N]`.
 *
 * Runs the built `nta analyze` on the realistic capture, once and several times in a row, with each number of threads in
 * turn. Prints medians, processor time, memory, and whether the summaries are the same; nothing is judged.
 */

import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PCAP_FILE_HEADER_LENGTH } from '../src/engine/capture/pcap-file-header.ts'
import { median } from './compare.ts'
import { storedCapture } from './generate/stored-captures.ts'
import { describeMachine } from './machine.ts'
import { measure, type Measurement } from './measure.ts'

const BLOCK_BYTES = 1 << 24

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '1,2,4' },
    threads: { type: 'string', default: '1,2,3,4' },
    rounds: { type: 'string', default: '3' },
  },
})
const numbers = (list: string): number[] => list.split(',').map(Number)

const folder = mkdtempSync(join(tmpdir(), 'nta-threads-'))
try {
  console.log(describeMachine())
  const { path } = await storedCapture('realistic.pcap', undefined, console.log)
  for (const times of numbers(values.times)) await compare(times === 1 ? path : repeated(path, times), times)
} finally {
  rmSync(folder, { recursive: true })
}

async function compare(path: string, times: number): Promise<void> {
  const threadCounts = numbers(values.threads)
  const runs = new Map<number, Measurement[]>(threadCounts.map((threads) => [threads, []]))
  const summaries = new Set<string>()
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const threads of threadCounts) {
      const json = join(folder, 'summary.json')
      const options = ['--threads', String(threads), '--json', json, '--quiet', '--no-progress']
      runs
        .get(threads)!
        .push(await measure([process.execPath, 'out/cli/nta.mjs', 'analyze', path, ...options]))
      summaries.add(readFileSync(json, 'utf8'))
    }
  }
  const wall = (threads: number): number => median(runs.get(threads)!.map((run) => run.wallSeconds))
  console.log(`\nrealistic.pcap ${String(times)} times in a row`)
  for (const threads of threadCounts) {
    const of = runs.get(threads)!
    const cells = [
      `${String(threads)} threads`,
      `${wall(threads).toFixed(2)} s`,
      `× ${(wall(threadCounts[0]!) / wall(threads)).toFixed(2)}`,
      `${median(of.map((run) => run.cpuSeconds ?? NaN)).toFixed(1)} CPU s`,
      `${median(of.map((run) => run.peakMib ?? NaN)).toFixed(0)} MiB`,
    ]
    console.log(cells.map((cell) => cell.padStart(11)).join(' '))
  }
  console.log(summaries.size === 1 ? 'all summaries are the same' : 'SUMMARIES DIFFER')
}

/** The capture with its records several times, in a temporary file. */
function repeated(path: string, times: number): string {
  const copy = join(folder, `${String(times)}.pcap`)
  copyFileSync(path, copy)
  const source = openSync(path, 'r')
  const block = new Uint8Array(BLOCK_BYTES)
  for (let round = 1; round < times; round++) {
    let position = PCAP_FILE_HEADER_LENGTH
    for (;;) {
      const count = readSync(source, block, 0, BLOCK_BYTES, position)
      if (count === 0) break
      appendFileSync(copy, block.subarray(0, count))
      position += count
    }
  }
  closeSync(source)
  return copy
}
