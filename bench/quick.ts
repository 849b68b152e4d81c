/**
 * `bench --quick`: has nta become slower? On any machine, loaded or not: nta's processor time is divided by that of a fixed loop
 * over the same file in the same minute, and only that ratio is judged. Processor time, because waiting for a busy machine is
 * not nta's doing; the least of several runs, taken in turn, because neighbours on the machine can only add to it.
 */

import { join } from 'node:path'
import { storedCapture } from './generate/stored-captures.ts'
import { measure } from './measure.ts'
import { nta } from './programs.ts'

const YARDSTICK = join(import.meta.dirname, 'programs/yardstick.mjs')
const RUN_COUNT = 5

/**
 * Passes of the loop over the file, so that it takes about as long as nta does, and the largest ratio allowed: 1.4 times what
 * was measured when it was set (repeated runs differed by less than a tenth). Lower would fail on a machine with other caches;
 * higher would let half as much work again per packet through. Lower it whenever nta becomes faster.
 */
const checks = [
  { capture: 'realistic-64m.pcap', passes: 20, ratioMax: 1.9 },
  { capture: 'small-50m.pcap', passes: 10, ratioMax: 2.3 },
] as const

/** True when every ratio is within its limit. */
export async function quickCheck(tell: (line: string) => void): Promise<boolean> {
  let isWithin = true
  for (const { capture, passes, ratioMax } of checks) {
    const { path } = await storedCapture(capture, undefined, tell)
    const loop: number[] = []
    const own: number[] = []
    for (let run = 0; run < RUN_COUNT; run++) {
      loop.push(await seconds([process.execPath, YARDSTICK, path, String(passes)]))
      own.push(await seconds(nta.command(path, '')))
    }
    const ratio = Math.min(...own) / Math.min(...loop)
    const verdict = ratio <= ratioMax ? 'ok' : 'TOO SLOW'
    isWithin &&= ratio <= ratioMax
    const times = `nta ${Math.min(...own).toFixed(3)} s, loop ${Math.min(...loop).toFixed(3)} s`
    tell(`${capture.padEnd(20)} ${times}, ratio ${ratio.toFixed(2)} of at most ${ratioMax}  ${verdict}`)
  }
  return isWithin
}

/** Of all threads, hashing included; where the machine cannot tell, the time on the clock. */
async function seconds(command: readonly string[]): Promise<number> {
  const { failure, cpuSeconds, wallSeconds } = await measure(command)
  if (failure !== null) throw new Error(`${command.join(' ')}: ${failure}`)
  return cpuSeconds ?? wallSeconds
}
