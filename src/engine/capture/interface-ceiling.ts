/** How many interfaces are remembered: one ceiling for all captures that are read as one. */

import { CAPTURE_LIMITS, type CaptureLimits } from './capture-limits.ts'

/** Readers that share one take places in the order in which they come to their interfaces. */
export class InterfaceCeiling {
  readonly limits: CaptureLimits
  #count = 0

  constructor(limits: CaptureLimits = CAPTURE_LIMITS) {
    this.limits = limits
  }

  /** A place for one more interface: `listed` by itself, `counted` with all others that are not, or no place at all. */
  take(): 'listed' | 'counted' | 'refused' {
    if (this.#count >= this.limits.interfaceCountMax) return 'refused'
    this.#count += 1
    return this.#count <= this.limits.listedInterfaceCountMax ? 'listed' : 'counted'
  }
}
