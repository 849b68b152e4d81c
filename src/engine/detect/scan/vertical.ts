/** Many ports of one target from one source: Zeek's count, scanlogd's weight, Elastic's blind count, and stealth probes. */

import { TRACED } from '../attempt-row.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { isStealth, ProbeKind } from '../probe-kind.ts'
import { AttemptBits, Outcome, RESERVED_CLIENT_PORT_MIN } from '../record-probe.ts'
import type { RuleLimits } from '../rules.ts'
import { firstWeightedRun, firstWindow, peakInWindow, type WindowFiring } from '../sliding-window.ts'
import { isInsisted } from './persistent-retry.ts'
import { isProbe, isUse } from './probe-or-use.ts'
import { mostExceeded, type Firing, type TimedGroup } from './timed-group.ts'

/** Ports that only a system's own services may open (RFC 6335 section 6); scanlogd weighs them threefold. */
const PRIVILEGED_PORT_MAX = 1023
export const PRIVILEGED_WEIGHT = 3
/**
 * Ports of mail (RFC 6186, RFC 8314): a mail client that sets itself up tries all seven of a host, so together they weigh
 * as one.
 */
const MAIL_PORTS: readonly number[] = [25, 110, 143, 465, 587, 993, 995]

/**
 * TCP ports of a domain controller (Microsoft, "How to configure a firewall for Active Directory domains and trusts"): a
 * member of the domain that looks for one tries them all. Whoever tries any other port as well looks for more.
 */
const DIRECTORY_PORTS: readonly number[] = [53, 88, 135, 139, 389, 445, 464, 636, 3268, 3269, 9389]

/** `group`: attempts of one source on one target with one kind of probe, distinct by port. */
export function verticalFiring(
  table: AttemptTable,
  kind: number,
  { members, times }: TimedGroup,
  limits: RuleLimits['vertical-scan'],
): Firing | null {
  const isFailed = (place: number): boolean =>
    isProbe(table, members[place]!) || isBlindProbe(table, kind, members[place]!)
  const isServed = (place: number): boolean => isUse(table, members[place]!)
  const isUnused = (place: number): boolean => !isServed(place)
  const firing = (found: WindowFiring, measure: string, threshold: number, because: string): Firing => {
    const whole = wholeOf({ members, times }, limits, isFailed, isUnused)
    return {
      attempt: members[found.at]!,
      because,
      measure,
      measured: threshold,
      threshold,
      ...(whole === null ? {} : { whole }),
    }
  }

  const stealth = kind >= ProbeKind.tcpFin && kind <= ProbeKind.tcpXmas
  if (stealth && members.length >= limits.stealthPorts) {
    return {
      attempt: members[limits.stealthPorts - 1]!,
      because: 'no TCP sends such flags to begin with',
      measure: 'stealthPorts',
      measured: members.length,
      threshold: limits.stealthPorts,
    }
  }
  const { failedPorts, windowSeconds, netFailures, weight, weightGapSeconds } = limits
  const failed = firstWindow(times, windowSeconds, failedPorts, netFailures, isFailed, isServed)
  const weighed =
    kind === ProbeKind.udp || isStealth(kind) || isOfDirectory(table, members)
      ? null
      : firstWeightedRun(times, weightGapSeconds, weight, (place) => weightOf(table, members[place]!))
  if (failed !== null && (weighed === null || failed.at <= weighed.at)) {
    return firing(failed, 'failedPorts', failedPorts, `${failedPorts} ports failed within ${windowSeconds} s`)
  }
  if (weighed !== null) {
    const because = `ports that did not open, at most ${weightGapSeconds} s apart, weighed ${weight} points together (a port below 1024 weighs ${PRIVILEGED_WEIGHT}, any other 1, the mail ports ${PRIVILEGED_WEIGHT} together)`
    return firing(weighed, 'weight', weight, because)
  }
  if (kind === ProbeKind.udp ? !isUdpProbing(table, members) : !table.showsUse) return null
  const { unusedPorts, unusedWindowSeconds } = limits
  const unused = firstWindow(times, unusedWindowSeconds, unusedPorts, netFailures, isUnused, isServed)
  if (unused === null || (isStealth(kind) && !members.some((attempt) => table.isFailed(attempt)))) return null
  return firing(
    unused,
    'unusedPorts',
    unusedPorts,
    `${unusedPorts} ports were tried within ${unusedWindowSeconds} s and not used`,
  )
}

/** Plain counts, which a reader can check by hand; the weight is said only where none of them reaches its threshold. */
function wholeOf(
  { times }: TimedGroup,
  limits: RuleLimits['vertical-scan'],
  isFailed: (place: number) => boolean,
  isUnused: (place: number) => boolean,
) {
  const { failedPorts, windowSeconds, unusedPorts, unusedWindowSeconds } = limits
  const failed = peakInWindow(times, windowSeconds, isFailed)
  const unused = peakInWindow(times, unusedWindowSeconds, isUnused)
  return mostExceeded([
    {
      measure: 'failedPorts',
      value: failed,
      threshold: failedPorts,
      because: `${failed} ports of one host failed or were only probed within ${windowSeconds} s, where ${failedPorts} are enough`,
    },
    {
      measure: 'unusedPorts',
      value: unused,
      threshold: unusedPorts,
      because: `${unused} ports of one host were tried within ${unusedWindowSeconds} s and not used, where ${unusedPorts} are enough`,
    },
  ])
}

/**
 * A lone ACK or datagram to a system's own service, to which no answer can be seen. Answers go to ports that clients
 * choose, and even clients with privilege choose none below 512 (rresvport of BSD hands out 512 to 1023).
 */
function isBlindProbe(table: AttemptTable, kind: number, attempt: number): boolean {
  return (
    (kind === ProbeKind.udp || kind === ProbeKind.tcpAck || kind === ProbeKind.tcpMaimon) &&
    table.outcome(attempt) === Outcome.unknown &&
    table.port(attempt) < RESERVED_CLIENT_PORT_MIN &&
    (table.bits(attempt) & TRACED) === 0
  )
}

/** Datagrams without payload, or ports that refuse them, tell a scan from media streams to many ports. */
function isUdpProbing(table: AttemptTable, members: Int32Array): boolean {
  let probes = 0
  for (const attempt of members) {
    if ((table.bits(attempt) & AttemptBits.empty) !== 0 || table.outcome(attempt) === Outcome.refused)
      probes++
  }
  return probes >= 0.3 * members.length
}

function isOfDirectory(table: AttemptTable, members: Int32Array): boolean {
  return members.every(
    (attempt) => table.outcome(attempt) === Outcome.open || DIRECTORY_PORTS.includes(table.port(attempt)),
  )
}

/** An open port breaks nothing and adds nothing, and nor does one that is waited for. */
function weightOf(table: AttemptTable, attempt: number): number {
  if (table.outcome(attempt) === Outcome.open || isInsisted(table, attempt)) return 0
  const port = table.port(attempt)
  if (MAIL_PORTS.includes(port)) return PRIVILEGED_WEIGHT / MAIL_PORTS.length
  return port <= PRIVILEGED_PORT_MAX ? PRIVILEGED_WEIGHT : 1
}
