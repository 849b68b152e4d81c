/**
 * Memory on the captures that make tables grow: `npx tsx bench/memory.ts [NAME…] [--heap MIB] [--limit MIB]`.
 *
 * Prints nta's largest resident size for each capture, and what a further conversation costs. `--heap` caps V8's heap;
 * `--limit` runs nta in a control group of that size, where one byte more ends it (Linux, as root; skipped with the reason
 * elsewhere). Never RLIMIT_AS: V8 reserves far more addresses than it uses. Exit status 1 when a run does not end well.
 */

import { parseArgs } from 'node:util'
import { limitedGroup } from './memory-limit.ts'
import { storedCapture } from './generate/stored-captures.ts'
import { describeMachine } from './machine.ts'
import { measure, type Measurement } from './measure.ts'
import { nta } from './programs.ts'

const USUAL = [
  'conversations-1m.pcap',
  'conversations-3m.pcap',
  'conversations-5m.pcap',
  'conversations-10m.pcap',
  'small.pcap',
  'syn-flood-20m.pcap',
  'dns-names-1m.pcap',
  'interfaces-100k.pcapng',
  'bomb-2g.pcap.gz',
  'bomb-2g.pcap.zst',
]
/** Unpacks to more than the ratio that is followed (src/node/decompress/decompress.ts): what was read is told, and that is its good end. */
const READ_IN_PART = ['bomb-2g.pcap.zst']
const TIMEOUT_SECONDS = 900

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { heap: { type: 'string' }, limit: { type: 'string' } },
})
process.exitCode = await main()

async function main(): Promise<number> {
  const missing = nta.missing()
  if (missing !== null) {
    console.error(missing)
    return 1
  }
  const group = values.limit === undefined ? null : limitedGroup(Number(values.limit))
  if (typeof group === 'string') {
    console.error(`skipped: ${group}`)
    return 0
  }
  console.log(describeMachine())
  let failureCount = 0
  const peaks = new Map<string, number>()
  try {
    for (const name of positionals.length > 0 ? positionals : USUAL) {
      const { path, byteCount, frameCount } = await storedCapture(name, undefined, console.log)
      const command = withHeap(nta.command(path, ''))
      const run = await measure(group ? group.wrap(command) : command, { timeoutSeconds: TIMEOUT_SECONDS })
      const isExpected = READ_IN_PART.includes(name) ? run.exitCode === 2 : run.failure === null
      if (!isExpected) failureCount++
      if (run.peakMib !== null) peaks.set(name, run.peakMib)
      console.log(
        `${name.padEnd(24)} ${(byteCount / 2 ** 20).toFixed(0)} MiB, ${frameCount} frames: ${inBrief(run)}`,
      )
    }
  } finally {
    group?.remove()
  }
  // Both below the ceiling of conversations that are listed one by one; beyond it memory stands still.
  const [few, many] = [peaks.get('conversations-1m.pcap'), peaks.get('conversations-3m.pcap')]
  if (few !== undefined && many !== undefined) {
    const bytesEach = ((many - few) * 2 ** 20) / 2_000_000
    console.log(`from 1 to 3 million conversations: ${bytesEach.toFixed(0)} bytes for each further one`)
  }
  return failureCount === 0 ? 0 : 1
}

function withHeap(command: readonly string[]): readonly string[] {
  const [node = '', ...args] = command
  return values.heap === undefined ? command : [node, `--max-old-space-size=${values.heap}`, ...args]
}

function inBrief(run: Measurement): string {
  const peak = run.peakMib === null ? 'peak not known here' : `peak ${Math.round(run.peakMib)} MiB`
  const figures = `${peak}, ${run.wallSeconds.toFixed(2)} s`
  return run.failure === null ? figures : `${figures}, ${run.failure}`
}
