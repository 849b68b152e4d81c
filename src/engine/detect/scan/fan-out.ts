/** Ports that every client contacts many hosts of, where many failures can have one cause. */

import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { isMarkedProbe } from '../probe-marks.ts'
import { Outcome } from '../record-probe.ts'
import { isPersistentRetry } from './persistent-retry.ts'

/**
 * Mail exchangers, name servers, the web, time, NetBIOS names, STUN, push messages. scan-NG calls such ports sticky and
 * asks more evidence of them.
 */
const FAN_OUT_PORTS: readonly number[] = [25, 53, 80, 123, 137, 443, 853, 3478, 5222, 5228, 8080, 8443]

export function isFanOut(port: number): boolean {
  return FAN_OUT_PORTS.includes(port)
}

/**
 * Tells, of one source's failures, those that count from those with a common cause: a port of the list that never opened
 * for it is most likely blocked on the way (captive portals, QUIC behind firewalls), where nothing reaches the source
 * any more its own line is down, and what is retried over and over is wanted, not looked for.
 */
export class FanOut {
  readonly #table: AttemptTable
  /** A bit for each port of the list that opened, by TCP and by UDP. */
  #openedTcp = 0
  #openedUdp = 0

  /** `attempts`: all of the source. */
  constructor(table: AttemptTable, attempts: Int32Array) {
    this.#table = table
    for (const attempt of attempts) {
      if (table.outcome(attempt) !== Outcome.open) continue
      const place = FAN_OUT_PORTS.indexOf(table.port(attempt))
      if (place === -1) continue
      if (table.kind(attempt) === ProbeKind.udp) this.#openedUdp |= 1 << place
      else if (table.kind(attempt) === ProbeKind.tcpSyn) this.#openedTcp |= 1 << place
    }
  }

  /** The attempt failed, and not for a cause that others share. */
  isTelling(attempt: number): boolean {
    const table = this.#table
    if (isPersistentRetry(table, attempt)) return false
    if (isMarkedProbe(table, attempt)) return true
    if (!table.isFailed(attempt)) return false
    const place = FAN_OUT_PORTS.indexOf(table.port(attempt))
    const kind = table.kind(attempt)
    if (place === -1 || (kind !== ProbeKind.tcpSyn && kind !== ProbeKind.udp)) return true
    const opened = kind === ProbeKind.udp ? this.#openedUdp : this.#openedTcp
    return (opened & (1 << place)) !== 0 && table.isLineUp(attempt)
  }
}
