/** The same selection for libpcap (pcap-filter(7)), as far as its language goes: null inside tunnels. */

import { ipv4Text } from '../../net/address-text.ts'
import type { HostTable } from '../host-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { networksOf, rangesOf } from './number-ranges.ts'
import type { ProbeSet } from './probe-set.ts'

/** Terms of one condition beyond which it is left out; libpcap's programs are limited in length. */
const TERMS_MAX = 300
/** Addresses beyond which nobody looks for ranges among them. */
const MEMBERS_MAX = 1 << 20

/** Offset of the TCP flags behind an IPv6 header without extensions, which libpcap cannot follow. */
const IPV6_TCP_FLAGS = 40 + 13

export function bpfFilter(hosts: HostTable, sets: readonly ProbeSet[]): string | null {
  if (sets.some(isBeyondBpf)) return null
  const encapsulation = sets[0]?.encapsulation
  if (encapsulation === undefined || sets.some((set) => set.encapsulation !== encapsulation)) return null
  const parts = sets.map((set) => partOf(hosts, set))
  const selected = parts.length === 1 ? parts[0]! : parts.map((part) => `(${part})`).join(' or ')
  return parts.length > 1 && encapsulation !== ''
    ? `${encapsulation!}(${selected})`
    : `${encapsulation!}${selected}`
}

/** It cannot look into tunnels, step over everything that may stand before IP, or read what IPv6 errors quote. */
function isBeyondBpf({ isTunnelled, encapsulation, shows, isIpv6 }: ProbeSet): boolean {
  return isTunnelled || encapsulation === null || (shows === 'errors' && isIpv6)
}

function partOf(hosts: HostTable, set: ProbeSet): string {
  if (set.shows === 'answers') return answersTo(hosts, set)
  if (set.shows === 'errors') return errorsOf(hosts, set)
  const { kind, isIpv6 } = set
  if (kind === ProbeKind.arp) {
    return all(
      'arp[6:2] == 1',
      addresses(hosts, 'arp src', set.sources),
      addresses(hosts, 'arp dst', set.targets),
    )
  }
  const source = addresses(hosts, 'src', set.sources)
  if (kind === ProbeKind.ndp) return all('icmp6', 'ip6[40] == 135', source)
  const target = addresses(hosts, 'dst', set.targets)
  if (kind >= ProbeKind.icmpEcho && kind <= ProbeKind.icmpInformation) {
    if (isIpv6) return all('icmp6', 'ip6[40] == 128', source, target)
    return all(`icmp[0] == ${[8, 13, 17, 15][kind - ProbeKind.icmpEcho]!}`, source, target)
  }
  if (kind === ProbeKind.ipProtocol) {
    const protocol = isIpv6 ? 'ip6[6]' : 'ip[9]'
    return all(source, target, numbers(protocol, set.ports))
  }
  const others = set.beside.map(
    ({ target: host, ports: used }) => `not (dst host ${hosts.text(host)} and ${ports(used)})`,
  )
  if (kind === ProbeKind.udp) return all('udp', source, target, ports(set.ports), ...others)
  if (kind === ProbeKind.sctpInit) {
    const chunk = isIpv6 ? 'ip6[52]' : 'sctp[12]'
    return all('sctp', source, target, ports(set.ports), ...others, `(${chunk} == 1 or ${chunk} == 10)`)
  }
  const field = isIpv6 ? `ip6[${IPV6_TCP_FLAGS}]` : 'tcp[13]'
  // A SYN may carry ECN bits besides.
  const flags = kind === ProbeKind.tcpSyn ? `${field} & 0x12 == 0x02` : numbers(field, set.flags)
  return all('tcp', source, target, ports(set.ports), ...others, flags)
}

/** As in the Wireshark filter: the ways are turned round, and the ports those that were answered from. */
function answersTo(hosts: HostTable, { kind, isIpv6, sources, targets, ports: from }: ProbeSet): string {
  const way = all(addresses(hosts, 'src', targets), addresses(hosts, 'dst', sources))
  if (kind === ProbeKind.icmpEcho)
    return isIpv6 ? all('icmp6', 'ip6[40] == 129', way) : all('icmp[0] == 0', way)
  if (kind === ProbeKind.sctpInit) {
    const chunk = isIpv6 ? 'ip6[52]' : 'sctp[12]'
    return all('sctp', way, ports(from, 'src'), `(${chunk} == 2 or ${chunk} == 6)`)
  }
  const field = isIpv6 ? `ip6[${IPV6_TCP_FLAGS}]` : 'tcp[13]'
  return all('tcp', way, ports(from, 'src'), `(${field} & 0x04 != 0 or ${field} & 0x12 == 0x12)`)
}

/** RFC 792: behind the eight bytes of the error stands the packet it is about, whose header has no options in a probe. */
function errorsOf(hosts: HostTable, { kind, sources, targets, ports: to }: ProbeSet): string {
  const wordsOf = (members: Int32Array): Uint32Array =>
    Uint32Array.from(members, (host) => hosts.addressOf[host]!)
  return all(
    `icmp[17] == ${kind === ProbeKind.udp ? 17 : 6}`,
    numbers('icmp[20:4]', wordsOf(sources)),
    numbers('icmp[24:4]', wordsOf(targets)),
    numbers('icmp[30:2]', to),
  )
}

/** Condition on a number in the packet. */
function numbers(field: string, members: ArrayLike<number>): string {
  return anyOf(
    rangesOf(members, TERMS_MAX + 1).map(({ from, to }) =>
      from === to ? `${field} == ${from}` : `(${field} >= ${from} and ${field} <= ${to})`,
    ),
  )
}

function all(...conditions: readonly string[]): string {
  return conditions.filter((condition) => condition !== '').join(' and ')
}

function anyOf(terms: readonly string[]): string {
  if (terms.length > TERMS_MAX) return ''
  return terms.length === 1 ? terms[0]! : `(${terms.join(' or ')})`
}

/** `way` is `src`, `dst`, `arp src` or `arp dst`. */
export function addresses(hosts: HostTable, way: string, members: Int32Array): string {
  if (members.length > MEMBERS_MAX) return ''
  const ipv4 = members.filter((host) => hosts.isIpv6[host] === 0).map((host) => hosts.addressOf[host]!)
  const ipv6 = Array.from(
    members.filter((host) => hosts.isIpv6[host] === 1).subarray(0, TERMS_MAX + 1),
    (host) => hosts.text(host),
  )
  const terms = [
    ...rangesOf(ipv4, TERMS_MAX + 1)
      .flatMap(networksOf)
      .map(({ address, bits }) =>
        bits === 32 ? `${way} host ${ipv4Text(address)}` : `${way} net ${ipv4Text(address)}/${bits}`,
      ),
    ...ipv6.sort().map((text) => `${way} host ${text}`),
  ]
  return anyOf(terms)
}

function ports(members: Int32Array, way: 'src' | 'dst' = 'dst'): string {
  return anyOf(
    rangesOf(members).map(({ from, to }) =>
      from === to ? `${way} port ${from}` : `${way} portrange ${from}-${to}`,
    ),
  )
}
