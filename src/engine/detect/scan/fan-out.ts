/** Ports that every client contacts many hosts of, where many failures can have one cause. */

import { Row } from '../../aggregate/conversation-row.ts'
import { countDistinct, filterAttempts } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { isMarkedProbe, optionCount, SYSTEM_OPTIONS_MIN } from '../probe-marks.ts'
import { Outcome } from '../record-probe.ts'
import { isPersistentRetry } from './persistent-retry.ts'

/**
 * Mail exchangers, name servers, the web, time, NetBIOS names, STUN, push messages. scan-NG calls such ports sticky and
 * asks more evidence of them.
 */
const FAN_OUT_PORTS: readonly number[] = [25, 53, 80, 123, 137, 443, 853, 3478, 5222, 5223, 5228, 8080, 8443]

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
  /** A bit for each port of the list that opened, by TCP and by UDP, over IPv4 and over IPv6: either may be broken alone (RFC 8305). */
  readonly #opened = new Uint32Array(4)
  /** Of each port of the list, SYNs to it, and those that met an open port. */
  readonly #tried = new Uint32Array(FAN_OUT_PORTS.length)
  readonly #reached = new Uint32Array(FAN_OUT_PORTS.length)
  /** The source's lone ACKs and FIN+ACKs come from ports of their own. */
  readonly #hasConnections: boolean

  /** `attempts`: all of the source. */
  constructor(table: AttemptTable, attempts: Int32Array) {
    this.#table = table
    for (const attempt of attempts) {
      const place = FAN_OUT_PORTS.indexOf(table.port(attempt))
      if (place === -1) continue
      const isOpen = table.outcome(attempt) === Outcome.open
      if (table.kind(attempt) === ProbeKind.tcpSyn) {
        this.#tried[place] = this.#tried[place]! + 1
        if (isOpen && !isMarkedProbe(table, attempt)) this.#reached[place] = this.#reached[place]! + 1
      }
      if (!isOpen) continue
      const slot = slotOf(table, attempt)
      if (slot !== -1) this.#opened[slot] = this.#opened[slot]! | (1 << place)
    }
    this.#hasConnections = haveOwnPorts(table, attempts)
  }

  /**
   * What the lone segment meets is the end of a connection, not an answer to a probe: after sleep, or a change of address, a
   * system's segments for its old connections go unanswered or are reset.
   */
  isOldConnection(kind: number): boolean {
    return this.#hasConnections && isLoneSegment(kind)
  }

  /** A system tried it, in vain, on a port of the list that never opened for the source: for the same cause, most likely. */
  isExcused(attempt: number): boolean {
    const table = this.#table
    const place = FAN_OUT_PORTS.indexOf(table.port(attempt))
    if (place === -1 || this.#isOpened(attempt, place) || !table.isFailed(attempt)) return false
    return optionCount(table.firstWord(attempt, Row.firstTcpOptions)) >= SYSTEM_OPTIONS_MIN
  }

  /**
   * A SYN to a port of the list at which at least `share` of the hosts that the source tried were reached: mail servers and
   * crawlers meet dead hosts, many at once when they empty a queue, and not more of them than any client.
   */
  isUsual(attempt: number, share: number): boolean {
    if (this.#table.kind(attempt) !== ProbeKind.tcpSyn || isMarkedProbe(this.#table, attempt)) return false
    const place = FAN_OUT_PORTS.indexOf(this.#table.port(attempt))
    return place !== -1 && this.#reached[place]! >= share * this.#tried[place]!
  }

  #isOpened(attempt: number, place: number): boolean {
    const slot = slotOf(this.#table, attempt)
    return slot !== -1 && (this.#opened[slot]! & (1 << place)) !== 0
  }

  /** The attempt failed, and not for a cause that others share. */
  isTelling(attempt: number): boolean {
    const table = this.#table
    if (isPersistentRetry(table, attempt)) return false
    if (isMarkedProbe(table, attempt)) return true
    if (!table.isFailed(attempt) || this.isOldConnection(table.kind(attempt))) return false
    const place = FAN_OUT_PORTS.indexOf(table.port(attempt))
    const kind = table.kind(attempt)
    if (place === -1 || (kind !== ProbeKind.tcpSyn && kind !== ProbeKind.udp)) return true
    return this.#isOpened(attempt, place) && table.isLineUp(attempt)
  }
}

/** Of a SYN or a datagram: its transport and IP version. */
function slotOf(table: AttemptTable, attempt: number): number {
  const kind = table.kind(attempt)
  const isIpv6 = table.hosts.isIpv6[table.target(attempt)]!
  return kind === ProbeKind.tcpSyn ? isIpv6 : kind === ProbeKind.udp ? 2 + isIpv6 : -1
}

function isLoneSegment(kind: number): boolean {
  return kind === ProbeKind.tcpAck || kind === ProbeKind.tcpMaimon
}

/**
 * Each connection of a system has a port of its own (RFC 6056), where scanners send all their probes from one or a few. Two
 * of three, as ports repeat by chance among many.
 */
function haveOwnPorts(table: AttemptTable, attempts: Int32Array): boolean {
  const lone = filterAttempts(attempts, (attempt) => isLoneSegment(table.kind(attempt)))
  return lone.length > 0 && 3 * countDistinct(lone, (attempt) => table.sourcePort(attempt)) >= 2 * lone.length
}
