/** Who answers where one answers: second DHCP servers (RFC 2131), and hosts that answer for every name (LLMNR RFC 4795, NBNS RFC 1002). */

import { DhcpServerColumn } from '../../aggregate/application/dhcp-activity.ts'
import { addressText } from '../../aggregate/conversation-view.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import { groupsBy } from '../groups-by-sorting.ts'
import { logSeverity } from '../severity.ts'
import { evidenceSpan } from './evidence-span.ts'
import type { TrafficContext } from './traffic-context.ts'
import { ipField, type TrafficDraft } from './traffic-draft.ts'

/** Servers written out in a sentence. */
const NAMED_MAX = 20

export function rogueDhcpServers({ table, limits }: TrafficContext): TrafficDraft[] {
  const { evidence } = table
  const { servers } = evidence.applications.dhcp
  const drafts: TrafficDraft[] = []
  for (const version of [4, 6]) {
    // A relay speaks for its server, which is named in the message.
    const offering: number[] = []
    for (let row = 0; row < servers.count; row++)
      if (servers.key(row, 0) === version && servers.value(row, DhcpServerColumn.offers) > 0)
        offering.push(row)
    const nameOf = (row: number): string =>
      addressText(
        version,
        servers.key(row, 2) === 0 ? servers.key(row, 1) : servers.key(row, 2),
        evidence.addresses,
      )
    const rows = groupsBy(offering, nameOf).map(([row]) => row!)
    const names = rows.map(nameOf)
    const unnamed = Math.max(0, names.length - NAMED_MAX)
    if (names.length < limits['rogue-dhcp'].servers) continue
    const first = rows.reduce(
      (best, row) => (servers.firstFrame(row) < servers.firstFrame(best) ? row : best),
      rows[0]!,
    )
    const second = rows
      .filter((row) => row !== first)
      .reduce((best, row) => (servers.firstFrame(row) < servers.firstFrame(best) ? row : best))
    drafts.push({
      rule: 'rogue-dhcp',
      severity: names.length > 2 ? 'high' : 'medium',
      confidence: 0.6,
      title: `${names.length} DHCP servers offer addresses`,
      explanation: `${names.slice(0, NAMED_MAX).join(', ')}${unnamed > 0 ? ` and ${unnamed} more` : ''} all offered addresses; unless they are meant to share the work, all but one are rogue.`,
      actors: names,
      targets: [],
      ports: [version === 4 ? 67 : 547],
      ...evidenceSpan(evidence, servers, first),
      firedFrame: servers.firstFrame(second),
      measures: { servers: names.length, serversThreshold: limits['rogue-dhcp'].servers },
      wireshark: version === 4 ? 'dhcp.option.dhcp == 2' : 'dhcpv6.msgtype == 2',
      bpf: version === 4 ? 'udp and src port 67' : 'udp and src port 547',
    })
  }
  return drafts
}

export function namePoisoners({ table, limits }: TrafficContext): TrafficDraft[] {
  const { evidence } = table
  const { rows } = evidence.applications.nameAnswers
  const { names: namesMin } = limits['name-poisoning']
  const answers: number[] = []
  for (let row = 0; row < rows.count; row++)
    if (rows.key(row, 3) === Protocol.llmnr || rows.key(row, 3) === Protocol.nbns) answers.push(row)
  const drafts: TrafficDraft[] = []
  const answererOf = (row: number): string => `${rows.key(row, 0)} ${rows.key(row, 1)} ${rows.key(row, 3)}`
  for (const own of groupsBy(answers, answererOf)) {
    const names = own.length
    if (names < namesMin) continue
    const row = own[0]!
    const fired = own[Math.max(1, namesMin) - 1]!
    const isLlmnr = rows.key(row, 3) === Protocol.llmnr
    const host = addressText(rows.key(row, 0), rows.key(row, 1), evidence.addresses)
    const protocol = isLlmnr ? 'LLMNR' : 'NBNS'
    drafts.push({
      rule: 'name-poisoning',
      severity: logSeverity(names * 10),
      confidence: isLlmnr ? 0.9 : 0.7,
      title: `${host} answers for ${names} names over ${protocol}`,
      explanation: `${host} answered ${protocol} questions about ${names} different names; a machine answers for its own alone, a poisoner for all.`,
      actors: [host],
      targets: [],
      ports: [isLlmnr ? 5355 : 137],
      ...evidenceSpan(evidence, rows, row),
      firedFrame: rows.firstFrame(fired),
      measures: { names, namesThreshold: namesMin },
      wireshark: `${ipField(host)}.src == ${host} && ${isLlmnr ? 'llmnr && dns.flags.response == 1' : 'nbns.flags.response == 1'}`,
      bpf: `udp and src host ${host} and src port ${isLlmnr ? 5355 : 137}`,
    })
  }
  return drafts
}
