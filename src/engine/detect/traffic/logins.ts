/** What login messages tell: passwords in clear text (never the password), and logins refused again and again. */

import { CleartextColumn, LoginColumn } from '../../aggregate/application/login-activity.ts'
import { HttpColumn } from '../../aggregate/application/http-activity.ts'
import { addressText } from '../../aggregate/conversation-view.ts'
import { PROTOCOL_NAMES } from '../../decode/protocol-table.ts'
import { groupsBy } from '../groups-by-sorting.ts'
import { logSeverity } from '../severity.ts'
import { evidenceSpan } from './evidence-span.ts'
import { pairFilters } from './service-filters.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

export function cleartextCredentials({ table, limits }: TrafficContext): TrafficDraft[] {
  const { evidence } = table
  const { cleartext } = evidence.applications.logins
  const drafts: TrafficDraft[] = []
  const serviceOf = (row: number): string => [0, 1, 2, 3].map((word) => cleartext.key(row, word)).join(' ')
  for (const rows of groupsBy(
    Array.from({ length: cleartext.count }, (_, row) => row),
    serviceOf,
  )) {
    const secrets = rows.reduce((sum, row) => sum + cleartext.value(row, CleartextColumn.secrets), 0)
    if (secrets < limits['cleartext-credentials'].logins) continue
    const row = rows[0]!
    const [client, server] = [1, 2].map((word) =>
      addressText(cleartext.key(row, 0), cleartext.key(row, word), evidence.addresses),
    ) as [string, string]
    const port = cleartext.key(row, 3) & 0xffff
    const protocol = PROTOCOL_NAMES[cleartext.key(row, 3) >>> 16]!
    drafts.push({
      rule: 'cleartext-credentials',
      severity: logSeverity(secrets, 1),
      confidence: 0.95,
      title: `${client} logs in to ${server} over ${protocol} in clear text`,
      explanation: `${secrets} password${secrets === 1 ? '' : 's'} crossed the network unencrypted from ${client} to ${server} port ${port} (${protocol}); anybody on the way could read ${secrets === 1 ? 'it' : 'them'}. They are not kept here.`,
      actors: [client],
      targets: [server],
      ports: [port],
      ...evidenceSpan(evidence, cleartext, row),
      measures: { secrets, users: rows.length, protocol },
      ...pairFilters(client, server, 'tcp', port),
    })
  }
  return drafts
}

export function refusedLogins(context: TrafficContext): TrafficDraft[] {
  const { table, limits } = context
  const { evidence } = table
  const { attempts } = evidence.applications.logins
  const { failures: failuresMin, windowSeconds } = limits['brute-force']
  const drafts: TrafficDraft[] = []
  for (let row = 0; row < attempts.count; row++) {
    const failures = attempts.value(row, LoginColumn.failures)
    const successes = attempts.value(row, LoginColumn.successes)
    const seconds = attempts.lastSeconds(row) - attempts.firstSeconds(row)
    // The rows keep counts, not times: more than one window's length counts as so many windows.
    if (failures / Math.max(1, seconds / windowSeconds) < failuresMin || failures <= successes) continue
    const [client, server] = [1, 2].map((word) =>
      addressText(attempts.key(row, 0), attempts.key(row, word), evidence.addresses),
    ) as [string, string]
    const port = attempts.key(row, 3) & 0xffff
    const protocol = PROTOCOL_NAMES[attempts.key(row, 3) >>> 16]!
    drafts.push({
      rule: 'brute-force',
      severity: logSeverity(failures, successes > 0 ? 2 : 1),
      confidence: 0.95,
      title: `${server} refused ${failures} ${protocol} logins by ${client}`,
      explanation: `${client} failed to log in to ${server} port ${port} (${protocol}) ${failures} times${successes > 0 ? `, and succeeded ${successes} times` : ''}.`,
      actors: [client],
      targets: [server],
      ports: [port],
      ...evidenceSpan(evidence, attempts, row),
      measures: { failures, failuresThreshold: failuresMin, successes, protocol },
      ...pairFilters(client, server, 'tcp', port),
    })
  }
  return [...drafts, ...refusedByWeb(context)]
}

/** HTTP 401 and 403 to requests that bring credentials, or to nearly all requests (RFC 9110 section 15.5). */
function refusedByWeb({ table, limits }: TrafficContext): TrafficDraft[] {
  const { evidence } = table
  const { exchanges } = evidence.applications.http
  const { failures: failuresMin, windowSeconds } = limits['brute-force']
  const drafts: TrafficDraft[] = []
  for (let row = 0; row < exchanges.count; row++) {
    const refused = exchanges.value(row, HttpColumn.unauthorized) + exchanges.value(row, HttpColumn.forbidden)
    const brought = exchanges.value(row, HttpColumn.authorizations)
    const seconds = exchanges.lastSeconds(row) - exchanges.firstSeconds(row)
    const failures = Math.min(refused, brought)
    if (failures / Math.max(1, seconds / windowSeconds) < failuresMin) continue
    const [client, server] = [1, 2].map((word) =>
      addressText(exchanges.key(row, 0), exchanges.key(row, word), evidence.addresses),
    ) as [string, string]
    const port = exchanges.key(row, 3)
    drafts.push({
      rule: 'brute-force',
      severity: logSeverity(failures, 1),
      confidence: 0.9,
      title: `${server} refused ${failures} HTTP logins by ${client}`,
      explanation: `${client} sent ${brought} requests with credentials to ${server} port ${port}, and ${refused} were answered 401 or 403.`,
      actors: [client],
      targets: [server],
      ports: [port],
      ...evidenceSpan(evidence, exchanges, row),
      measures: { failures, failuresThreshold: failuresMin, requestsWithCredentials: brought },
      ...pairFilters(client, server, 'tcp', port),
    })
  }
  return drafts
}
