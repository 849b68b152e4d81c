/** The analyses that are open: which files each is of, which process holds its result, where it keeps partial ones. */

import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Outcome, type RuleInfo, succeeded } from '../../contract/index.ts'
import { CrashBreaker } from '../analyzer/breaker.ts'
import { type AnalyzerChild, AnalyzerClient } from '../analyzer/client.ts'
import { AnalyzerSpare } from '../analyzer/spare.ts'

export interface OpenAnalysis {
  readonly id: string
  readonly paths: readonly string[]
  /** Names of the files, to be shown. */
  readonly name: string
  readonly client: AnalyzerClient
  readonly snapshotPath: string
}

export interface AnalysesOptions {
  readonly spawn: () => AnalyzerChild
  readonly isStopped: (pid: number) => boolean
  readonly now: () => number
  readonly log: (line: string) => void
  /** A folder of this run alone. */
  readonly folder: string
  /** Processes that hold a result at once; the one asked longest ago is ended for a new one. */
  readonly countMax: number
  /** Something the person should read about a capture that is open. */
  readonly tell: (notice: AnalysisNotice) => void
}

export interface AnalysisNotice {
  readonly message: string
  readonly advice: string
}

/** Captures whose crashes are remembered. */
const BREAKERS_MAX = 200

export class Analyses {
  readonly #options: AnalysesOptions
  readonly #open = new Map<string, OpenAnalysis>()
  readonly #breakers = new Map<string, CrashBreaker>()
  readonly #spare: AnalyzerSpare
  #rules: readonly RuleInfo[] | null = null

  constructor(options: AnalysesOptions) {
    this.#options = options
    this.#spare = new AnalyzerSpare(options.spawn)
  }

  /** A capture will soon be opened: have a process ready for it. */
  prepare(): void {
    this.#spare.prepare()
  }

  open(paths: readonly string[]): OpenAnalysis {
    const { isStopped, now, log, folder, tell } = this.#options
    const name = paths
      .map((path) => basename(path))
      .join(', ')
      .slice(0, 1000)
    const id = `analysis-${randomBytes(12).toString('hex')}`
    const analysis: OpenAnalysis = {
      id,
      paths,
      name,
      client: new AnalyzerClient({
        spawn: () => this.#spare.take(),
        isStopped,
        now,
        log,
        breaker: this.#breakerOf(paths),
        onRecovery: () =>
          tell({
            message: `${shortName(name)} is being read again: the process that held its result has ended.`,
            advice: 'Its tables and charts answer when it has been read.',
          }),
      }),
      snapshotPath: join(folder, `${id}.json`),
    }
    this.#open.set(id, analysis)
    this.#makeRoom(analysis)
    return analysis
  }

  /** Null when it was closed. */
  find(id: string): OpenAnalysis | null {
    const analysis = this.#open.get(id)
    if (analysis === undefined) return null
    this.#open.delete(id)
    this.#open.set(id, analysis)
    if (!analysis.client.isRunning) this.#makeRoom(analysis)
    return analysis
  }

  /** Ends processes until another one may run. What they held is read again when somebody asks for it. */
  #makeRoom(wanting: OpenAnalysis): void {
    const { countMax, tell } = this.#options
    const running = [...this.#open.values()].filter((one) => one !== wanting && one.client.isRunning)
    // Whoever is being answered is the last to go; among others, the one asked longest ago the first.
    const inOrder = [
      ...running.filter(({ client }) => !client.isBusy),
      ...running.filter(({ client }) => client.isBusy),
    ]
    for (const { client, name } of inOrder.slice(0, Math.max(0, running.length - countMax + 1))) {
      client.rest()
      tell({
        message: `${shortName(name)} gave its memory back: at most ${countMax} captures are held at once.`,
        advice: 'Go back to it and it is read again. Close captures you no longer need.',
      })
    }
  }

  /** What the rules say of themselves. They live where the engine runs, so a process is asked once, and ended. */
  async rules(): Promise<Outcome<readonly RuleInfo[]>> {
    if (this.#rules !== null) return succeeded(this.#rules)
    const client = new AnalyzerClient({ ...this.#options, breaker: new CrashBreaker(this.#options.now) })
    try {
      const outcome = await client.call('rules', {})
      if (outcome.ok) this.#rules = outcome.value
      return outcome
    } finally {
      client.close()
    }
  }

  close(id: string): void {
    const analysis = this.#open.get(id)
    if (analysis === undefined) return
    this.#open.delete(id)
    analysis.client.close()
    rmSync(analysis.snapshotPath, { force: true })
  }

  /** Ends every process. */
  closeAll(): void {
    for (const id of [...this.#open.keys()]) this.close(id)
    this.#spare.close()
  }

  /** Crashes are counted per capture, so that closing and opening it again is not a way round. */
  #breakerOf(paths: readonly string[]): CrashBreaker {
    const key = JSON.stringify(paths)
    let breaker = this.#breakers.get(key)
    if (breaker === undefined) {
      breaker = new CrashBreaker(this.#options.now)
      this.#breakers.set(key, breaker)
      for (const oldest of this.#breakers.keys()) {
        if (this.#breakers.size <= BREAKERS_MAX) break
        this.#breakers.delete(oldest)
      }
    }
    return breaker
  }
}

/** Long names of many files would leave no room for what is said of them. */
function shortName(name: string): string {
  return name.length > 120 ? `${name.slice(0, 119)}…` : name
}
