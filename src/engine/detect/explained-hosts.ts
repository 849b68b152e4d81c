/** Hosts that another finding explains, so that `dismissed` can say why they are not called scanners. */

const REASONS = ['', 'flood', 'backscatter', 'reflection', 'idle-scan', 'address-translation'] as const
export type ExplainedReason = Exclude<(typeof REASONS)[number], ''>

/** One byte a host: a flood has millions. */
export class ExplainedHosts {
  readonly #codes: Uint8Array

  constructor(hostCount: number) {
    this.#codes = new Uint8Array(hostCount)
  }

  set(host: number, reason: ExplainedReason): void {
    this.#codes[host] = REASONS.indexOf(reason)
  }

  get(host: number): ExplainedReason | null {
    const reason = REASONS[this.#codes[host]!]!
    return reason === '' ? null : reason
  }
}
