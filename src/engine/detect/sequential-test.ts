/**
 * Threshold random walk: each first contact that fails makes a scanner likelier, each that succeeds a benign host
 * (Jung, Paxson, Berger, Balakrishnan, Fast Portscan Detection Using Sequential Hypothesis Testing, IEEE S&P 2004).
 */

/** The paper's: a benign host's contacts succeed with probability 0.8, a scanner's with 0.2. */
export interface WalkParameters {
  readonly benignSuccess: number
  readonly scannerSuccess: number
  /** Probability of calling a benign host a scanner, for the whole capture: shared among all sources tested. */
  readonly falseAlarm: number
  readonly detection: number
}

/** One source's walk. It is kept from falling below the benign boundary, so that good behaviour cannot be saved up. */
export class RandomWalk {
  logLikelihood = 0
  /** Contacts since the walk last stood at the benign boundary, which is where it began anew; all, when it never did. */
  contactCount = 0
  failureCount = 0
  hasRestarted = false
  readonly upper: number
  readonly #lower: number
  readonly #failure: number
  readonly #success: number

  /** `sourceCount` tests are made: by Bonferroni's inequality each may err `falseAlarm / sourceCount` of the time. */
  constructor(parameters: WalkParameters, sourceCount: number) {
    const { benignSuccess, scannerSuccess, falseAlarm, detection } = parameters
    this.upper = upperOf(parameters, sourceCount)
    this.#lower = Math.log((1 - detection) / (1 - falseAlarm))
    this.#failure = failureOf(parameters)
    this.#success = Math.log(scannerSuccess / benignSuccess)
  }

  /** Take a first contact; true when the walk is at or above the scanner's boundary. */
  step(isFailure: boolean): boolean {
    this.contactCount++
    if (isFailure) this.failureCount++
    const next = this.logLikelihood + (isFailure ? this.#failure : this.#success)
    this.logLikelihood = Math.max(next, this.#lower)
    if (next <= this.#lower) {
      this.hasRestarted = true
      this.contactCount = this.failureCount = 0
    }
    return this.logLikelihood >= this.upper
  }
}

/** Failures without which no walk reaches the upper boundary: so many do where no contact succeeds. */
export function failuresToFire(parameters: WalkParameters, sourceCount: number): number {
  // A little less, as sums of logarithms are not exact.
  return Math.ceil(upperOf(parameters, sourceCount) / failureOf(parameters) - 1e-6)
}

function upperOf({ falseAlarm, detection }: WalkParameters, sourceCount: number): number {
  return Math.log(detection / (falseAlarm / Math.max(1, sourceCount)))
}

function failureOf({ benignSuccess, scannerSuccess }: WalkParameters): number {
  return Math.log((1 - scannerSuccess) / (1 - benignSuccess))
}
