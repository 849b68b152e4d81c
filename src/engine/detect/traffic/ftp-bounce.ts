/** FTP bounces (RFC 2577; Nmap -b): a client has a server connect to services of a third host, and reads from its replies which answer. */

import { FtpDataColumn } from '../../aggregate/application/ftp-data-ports.ts'
import { addressText } from '../../aggregate/conversation-view.ts'
import { groupsBy } from '../groups-by-sorting.ts'
import { logSeverity } from '../severity.ts'
import { evidenceSpan } from './evidence-span.ts'
import type { TrafficContext } from './traffic-context.ts'
import { ipField, type TrafficDraft } from './traffic-draft.ts'

/** RFC 2577 section 3: no client waits for its data on such a port. */
const SERVICE_PORT_MAX = 1023

/** The payload begins with the command, behind a header of whatever length; libpcap reads neither of IPv6. */
const PAYLOAD = 'tcp[(tcp[12] & 0xf0) >> 2:4]'
const SAYS_PORT = `(${PAYLOAD} == 0x504f5254 or ${PAYLOAD} == 0x45505254)`

export function ftpBounces({ table, limits }: TrafficContext): TrafficDraft[] {
  const { evidence } = table
  const { rows } = evidence.applications.ftpData
  const { ports: portsMin } = limits['ftp-bounce']
  const bounced: number[] = []
  for (let row = 0; row < rows.count; row++)
    if (rows.value(row, FtpDataColumn.thirdParty) !== 0 && rows.key(row, 2) <= SERVICE_PORT_MAX)
      bounced.push(row)
  const clientOf = (row: number): string =>
    addressText(rows.key(row, 0), rows.key(row, 1), evidence.addresses)
  const drafts: TrafficDraft[] = []
  for (const own of groupsBy(bounced, clientOf)) {
    if (own.length < portsMin) continue
    const client = clientOf(own[0]!)
    own.sort((x, y) => rows.firstFrame(x) - rows.firstFrame(y))
    drafts.push({
      rule: 'ftp-bounce',
      severity: logSeverity(own.length, 1),
      confidence: 0.9,
      title: `${client} has an FTP server try ${own.length} ports of another host`,
      explanation: `${client} told an FTP server to connect to ${own.length} ports below 1024 of hosts other than itself: no client waits for data there, so it looks through the server for services.`,
      actors: [client],
      targets: [],
      ports: own.map((row) => rows.key(row, 2)),
      ...evidenceSpan(evidence, rows, own[0]!),
      firedFrame: rows.firstFrame(own[portsMin - 1]!),
      measures: { ports: own.length, portsThreshold: portsMin },
      wireshark: `${ipField(client)}.src == ${client} && ftp.request.command in {"PORT", "EPRT"}`,
      bpf: ipField(client) === 'ip' ? `src host ${client} and dst port 21 and ${SAYS_PORT}` : null,
    })
  }
  return drafts
}
