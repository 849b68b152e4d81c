/** How many ports, hosts or points a window of a scan held after each probe: what a rule that counts compares. */

import type { Finding } from '../../engine/index.ts'

type Probe = NonNullable<Finding['evidence']>['probes'][number]

const OPEN = 0
/** Weights as in the rule for vertical scans: a port below 1024 three, any other one, the seven mail ports three together. */
const PRIVILEGED_PORTS = 1024
const PRIVILEGED_WEIGHT = 3
const MAIL_PORTS: readonly number[] = [25, 110, 143, 465, 587, 993, 995]

/** Which probes each measure counts together. That a port answered and was left unused is a probe like any other. */
const groups: Readonly<Record<string, 'target' | 'port' | 'all'>> = {
  failedPorts: 'target',
  unusedPorts: 'target',
  stealthPorts: 'target',
  ports: 'target',
  failedHosts: 'port',
  unusedHosts: 'port',
  walkedHosts: 'port',
  stealthHosts: 'port',
  hosts: 'port',
  failedPairs: 'all',
  unansweredTargets: 'all',
  blindTargets: 'all',
  walkedTargets: 'all',
  blockTargets: 'all',
  slowTargets: 'all',
  oddTargets: 'all',
}

/**
 * The most that any group has held so far, after each probe; it never falls, and ends at what the finding measured.
 * Null for a measure that is no count of probes.
 */
export function runningCount(
  measure: string,
  probes: readonly Probe[],
  limits: Readonly<Record<string, number>>,
): number[] | null {
  if (measure === 'weight') return runningWeight(probes, limits['weightGapSeconds'] ?? Infinity)
  if (!Object.hasOwn(groups, measure)) return null
  const group = groups[measure]!
  // A sweep counts the hosts that do not answer.
  const isOfFailures = measure === 'unansweredTargets'
  const seconds = limits['windowSeconds'] ?? Infinity
  const windows = new Map<number, Window>()
  let most = 0
  return probes.map(([time, target, port, outcome]) => {
    if (isOfFailures && outcome === OPEN) return most
    const key = group === 'target' ? target : group === 'port' ? port : 0
    let window = windows.get(key)
    if (window === undefined) windows.set(key, (window = new Window(seconds)))
    most = Math.max(most, window.add(time, `${target} ${port}`))
    return most
  })
}

/** Different places within the last seconds; a place tried again counts once. */
class Window {
  readonly #seconds: number
  /** Latest time of each place, the place tried longest ago first. */
  readonly #times = new Map<string, number>()

  constructor(seconds: number) {
    this.#seconds = seconds
  }

  add(time: number, place: string): number {
    this.#times.delete(place)
    this.#times.set(place, time)
    for (const [oldest, at] of this.#times) {
      if (time - at <= this.#seconds) break
      this.#times.delete(oldest)
    }
    return this.#times.size
  }
}

/** A pause longer than the gap begins a new sum, as in scanlogd. */
function runningWeight(probes: readonly Probe[], gapSeconds: number): number[] {
  const runs = new Map<number, { at: number; sum: number; readonly ports: Set<number> }>()
  let most = 0
  return probes.map(([time, target, port, outcome]) => {
    // An open port breaks nothing and adds nothing.
    if (outcome === OPEN) return most
    let run = runs.get(target)
    if (run === undefined || time - run.at > gapSeconds) {
      runs.set(target, (run = { at: time, sum: 0, ports: new Set() }))
    }
    run.at = time
    if (!run.ports.has(port)) run.sum += weightOf(port)
    run.ports.add(port)
    most = Math.max(most, run.sum)
    return most
  })
}

function weightOf(port: number): number {
  if (MAIL_PORTS.includes(port)) return PRIVILEGED_WEIGHT / MAIL_PORTS.length
  return port < PRIVILEGED_PORTS ? PRIVILEGED_WEIGHT : 1
}
