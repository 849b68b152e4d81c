/** Sweeps of reverse zones (Nmap -sL): who asks for the names of a whole block of addresses looks for hosts without a packet to them. */

import { DomainColumn } from '../../aggregate/application/dns-activity.ts'
import { addressText } from '../../aggregate/conversation-view.ts'
import { ipv4Text } from '../../net/address-text.ts'
import { dnsNameText } from '../../net/dns-name-text.ts'
import { densestBlock } from '../address-block.ts'
import { logSeverity } from '../severity.ts'
import { evidenceSpan } from './evidence-span.ts'
import type { TrafficContext } from './traffic-context.ts'
import { ipField, type TrafficDraft } from './traffic-draft.ts'

/** RFC 1035 section 3.5. */
const REVERSE_ZONE = 'in-addr.arpa'

export function reverseSweeps({ table, limits }: TrafficContext): TrafficDraft[] {
  const { evidence } = table
  const { dns } = evidence.applications
  const { addresses: addressesMin } = limits['reverse-dns-sweep']
  const addressesOf: (number[] | undefined)[] = []
  for (let row = 0; row < dns.domains.count; row++) {
    const parent = dns.domains.key(row, 2)
    if (parent === -1 || dns.domains.value(row, DomainColumn.distinctNames) < addressesMin) continue
    if (dnsNameText(dns.parents.nameBytes(parent)) === REVERSE_ZONE) addressesOf[row] = []
  }
  if (addressesOf.length === 0) return []
  for (let pair = 0; pair < dns.domainNames.count; pair++) {
    const addresses = addressesOf[dns.domainNames.first(pair)]
    if (addresses === undefined) continue
    const address = reverseAddress(dnsNameText(dns.names.nameBytes(dns.domainNames.second(pair))))
    if (address !== null) addresses.push(address)
  }
  const drafts: TrafficDraft[] = []
  for (let row = 0; row < addressesOf.length; row++) {
    const addresses = addressesOf[row]
    if (addresses === undefined) continue
    const block = densestBlock(
      addresses.sort((x, y) => x - y),
      addressesMin,
    )
    if (block === null) continue
    const client = addressText(dns.domains.key(row, 0), dns.domains.key(row, 1), evidence.addresses)
    const [from, to] = [ipv4Text(block.from | 0), ipv4Text(block.to | 0)]
    drafts.push({
      rule: 'reverse-dns-sweep',
      severity: logSeverity(block.count),
      confidence: 0.8,
      title: `${client} asks for the names of ${block.count} addresses in a row`,
      explanation: `${client} asked the DNS for the names of ${block.count} addresses between ${from} and ${to}, nearly all there are: a look for hosts that sends them no packet.`,
      actors: [client],
      targets: [],
      ports: [53],
      ...evidenceSpan(evidence, dns.domains, row),
      measures: { addresses: block.count, addressesThreshold: addressesMin, from, to },
      wireshark: `${ipField(client)}.src == ${client} && dns.qry.type == 12 && dns.flags.response == 0`,
      bpf: `udp and src host ${client} and dst port 53`,
    })
  }
  return drafts
}

/** `4.3.2.1.in-addr.arpa` as a number without sign; null for anything else under the zone. */
function reverseAddress(name: string): number | null {
  const parts = name.split('.')
  if (parts.length !== 6) return null
  let address = 0
  for (let i = 3; i >= 0; i--) {
    const byte = Number(parts[i])
    if (!/^[0-9]{1,3}$/.test(parts[i]!) || byte > 255) return null
    address = address * 256 + byte
  }
  return address
}
