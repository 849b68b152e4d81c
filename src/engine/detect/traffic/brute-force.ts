/** Guessed logins: many short and alike conversations with a login service, or many refusals by it. */

import { Protocol, PROTOCOL_NAMES } from '../../decode/protocol-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { firstWindow } from '../sliding-window.ts'
import { logSeverity } from '../severity.ts'
import { quantile } from './beacon-score.ts'
import { recordSpan } from './record-span.ts'
import type { RepeatedService } from './repeated-connections.ts'
import { serviceFilters } from './service-filters.ts'
import { spanFields } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

/** Services that begin with a login, by what their payload says and, where it says nothing, by port. */
const LOGIN_PROTOCOLS: readonly number[] = [
  Protocol.ssh,
  Protocol.ftp,
  Protocol.telnet,
  Protocol.rdp,
  Protocol.tpkt,
  Protocol.smb,
  Protocol.smb2,
  Protocol.nbss,
  Protocol.vnc,
  Protocol.mysql,
  Protocol.pgsql,
  Protocol.tds,
  Protocol.tns,
]
const LOGIN_PORTS: readonly number[] = [21, 22, 23, 139, 445, 1433, 1521, 3306, 3389, 5432, 5900, 5985, 5986]

/** A guess is over soon and moves little: Zeek takes more than 4 kB from an SSH server for a login that worked. */
const MEDIAN_BYTES_MAX = 20_000
const MEDIAN_SECONDS_MAX = 60

export function guessedLogins(context: TrafficContext, services: readonly RepeatedService[]): TrafficDraft[] {
  const { table, view } = context
  const limits = context.limits['brute-force']
  const drafts: TrafficDraft[] = []
  for (const { attempt, rows } of services) {
    if (rows.length < limits.attempts || table.kind(attempt) !== ProbeKind.tcpSyn) continue
    const port = table.port(attempt)
    const application = view.go(table.servedRow(attempt)).application
    const isLogin = application === 0 ? LOGIN_PORTS.includes(port) : LOGIN_PROTOCOLS.includes(application)
    if (!isLogin && !LOGIN_PORTS.includes(port)) continue
    const sizes: number[] = []
    const lengths: number[] = []
    for (const row of rows) {
      sizes.push(view.go(row).byteCount)
      lengths.push(table.lastSeconds(row) - table.firstSeconds(row))
    }
    const median = quantile(
      [...sizes].sort((x, y) => x - y),
      0.5,
    )
    const medianSeconds = quantile(
      lengths.sort((x, y) => x - y),
      0.5,
    )
    const alike = sizes.filter((size) => size >= median / 2 && size <= median * 2).length / sizes.length
    if (median > MEDIAN_BYTES_MAX || medianSeconds > MEDIAN_SECONDS_MAX || alike < limits.similarity) continue
    const times = Float64Array.from(rows, (row) => table.firstSeconds(row)).sort()
    const found = firstWindow(
      times,
      limits.windowSeconds,
      limits.attempts,
      0,
      () => true,
      () => false,
    )
    if (found === null) continue
    const source = table.hosts.text(table.source(attempt))
    const target = table.hosts.text(table.target(attempt))
    const service = application === 0 ? `port ${port}` : PROTOCOL_NAMES[application]!
    drafts.push({
      rule: 'brute-force',
      severity: logSeverity(rows.length),
      confidence: 0.7,
      title: `${source} opened ${rows.length} short sessions with ${service} of ${target}`,
      explanation: `${source} opened ${rows.length} sessions with ${target} port ${port}, half of them ${shorterThan(medianSeconds)} and ${Math.round(alike * 100)} % of one size, as guessing passwords does. One service of one host: no scan.`,
      actors: [source],
      targets: [target],
      ports: [port],
      ...spanFields(recordSpan(table, rows)),
      firedFrame: table.firstFrame(rows[found.at]!),
      measures: {
        attempts: rows.length,
        attemptsThreshold: limits.attempts,
        medianBytes: Math.round(median),
        medianSeconds: Math.round(medianSeconds * 1000) / 1000,
        similarity: Math.round(alike * 1000) / 1000,
        similarityThreshold: limits.similarity,
      },
      ...serviceFilters(table, attempt),
    })
  }
  return drafts
}

/** Not `0 s`, which nothing is shorter than. */
function shorterThan(seconds: number): string {
  return seconds < 0.1 ? 'over within a tenth of a second' : `over within ${Math.ceil(seconds * 10) / 10} s`
}
