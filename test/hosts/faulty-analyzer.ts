/**
 * An analyzer process that fails on purpose, for tests of its host: the name of the first capture says how. Each fault
 * comes after a partial result of 12 packets and 710 of 1,000 bytes.
 */

import { basename } from 'node:path'
import { failed, succeeded } from '../../src/contract/index.ts'
import type { CaptureSummary } from '../../src/engine/index.ts'
import type { AnalysisResult, AnalysisRunner } from '../../src/node/service/runner.ts'
import { serveAnalyzer } from '../../src/node/analyzer/serve.ts'
import { RowTables } from '../../src/node/rows/row-window.ts'
import { emptySummary } from '../report/empty-summary.ts'

/** Of twelve packets, to be told from a summary that nobody filled in. */
function twelvePackets(): CaptureSummary {
  const summary = emptySummary()
  return { ...summary, capture: { ...summary.capture, packetCount: 12 } }
}

const forever = new Promise<never>(() => undefined)

const faults: Readonly<Record<string, () => Promise<void>>> = {
  none: () => Promise.resolve(),
  crash: () => process.abort(),
  exit: () => process.exit(7),
  'kill-itself': async () => {
    process.kill(process.pid, 'SIGKILL')
    await forever
  },
  'run-out-of-memory': () => {
    const kept: number[][] = []
    for (;;) kept.push(new Array<number>(1_000_000).fill(Math.random()))
  },
  'block-for-ever': () => {
    for (;;) Math.random()
  },
  'wait-for-ever': () => forever,
  throw: () => Promise.reject(new Error('a mistake in the program')),
}

const twice = ({ capture: { files } }: CaptureSummary): CaptureSummary['capture']['files'] => [
  ...files,
  ...files,
]

/** Ends its process where the asked rule is `crash`, and otherwise holds on to the thread for longer than patience. */
const slowWhatIf: AnalysisResult['whatIf'] = (request) => {
  if (request.curve?.rule === 'crash') process.abort()
  const endMs = performance.now() + 2500
  while (performance.now() < endMs) Math.random()
  return Promise.resolve(failed('cancelled', 'Withdrawn.'))
}

const run: AnalysisRunner = async (paths, _, hooks) => {
  hooks.onProgress({ phase: 'reading', bytesRead: 710, bytesTotal: 1000, packetCount: 12 })
  hooks.onPartial?.(twelvePackets())
  // One turn of the loop, so that the partial result leaves before the fault.
  await new Promise((resolve) => setTimeout(resolve, 50))
  await (faults[basename(paths[0]!)] ?? faults['none']!)()
  const partial = twelvePackets()
  // More than the partial result has: sixteen packets.
  const summary = { ...partial, capture: { ...partial.capture, packetCount: 16, files: twice(partial) } }
  return succeeded({ summary, tables: new RowTables(summary), whatIf: slowWhatIf, scoreOf: () => null })
}

process.once('disconnect', () => process.exit(0))
serveAnalyzer(
  {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  },
  { run },
)
