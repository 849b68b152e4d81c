/**
 * The whole pipeline under fuzzing: several captures are read, decoded and counted into one analysis, which is then judged and
 * summarized. Nothing is thrown, every total adds up in every table that splits it, texts are bounded and fit to be shown,
 * and neither the hash secret nor the blocks in which the bytes came change one character of the summary.
 */

import type { HashSecret } from '../../src/engine/index.ts'
import { seededRandom } from '../traffic/random.ts'
import { SessionAnalysis } from './session-analysis.ts'
import { checkSummary } from './summary-promises.ts'
import type { Target } from './target.ts'
import { fingerprint, promise } from './violation.ts'

/** A ceiling that a session reaches. */
const FEW_CONVERSATIONS = 20
/** Sessions of so many inputs and more are analysed once; shorter ones always twice, under another secret. */
const TWICE_SHARE = 0.25

export class PipelineTarget implements Target {
  readonly name = 'pipeline'
  readonly sessionLength = 64
  readonly frameShare = 0.85
  #first: SessionAnalysis | null = null
  /** The same under another secret and in other blocks; null in sessions that do without. */
  #second: SessionAnalysis | null = null
  #sessionNumber = 0
  #conversationCountMax = Infinity

  start(inputCount: number): void {
    this.#sessionNumber += 1
    const random = seededRandom(inputCount * 7 + this.#sessionNumber)
    const conversationCountMax = random.chance(0.2) ? FEW_CONVERSATIONS : undefined
    this.#conversationCountMax = conversationCountMax ?? Infinity
    this.#first = new SessionAnalysis([1, 2, 3, 4], conversationCountMax)
    const isTwice = inputCount < this.sessionLength || random.chance(TWICE_SHARE)
    const secret: HashSecret = [
      random.uint32() | 0,
      random.uint32() | 0,
      random.uint32() | 0,
      random.uint32() | 0,
    ]
    this.#second = isTwice ? new SessionAnalysis(secret, conversationCountMax) : null
  }

  feed(input: Uint8Array): void {
    this.#first!.read(input, null)
    this.#second?.read(input, seededRandom(fingerprint(input)))
  }

  finish(): void {
    const first = this.#first!
    const summary = first.summarize()
    checkSummary(summary, first.totals)
    promise(
      summary.conversationCount <= this.#conversationCountMax,
      () => `${summary.conversationCount} conversations`,
    )
    if (this.#second === null) return
    const one = JSON.stringify(summary)
    const other = JSON.stringify(this.#second.summarize())
    promise(
      one === other,
      () => `another secret and other blocks give another summary: ${difference(one, other)}`,
    )
  }
}

function difference(one: string, other: string): string {
  let at = 0
  while (one[at] === other[at]) at++
  return `${one.slice(Math.max(0, at - 120), at + 80)} … ${other.slice(Math.max(0, at - 20), at + 80)}`
}
