/** Wireshark display filters that select the probes of a finding (wireshark-filter(4)). */

import { ipv4Text } from '../../net/address-text.ts'
import type { HostTable } from '../host-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { rangesOf } from './number-ranges.ts'
import type { ProbeSet } from './probe-set.ts'

/** Members of a set beyond which a filter is no longer typed nor read; the condition is then left out. */
const SET_MAX = 300
/** Addresses beyond which nobody looks for ranges among them. */
const MEMBERS_MAX = 1 << 20

/** A reset or a SYN+ACK. */
const TCP_ANSWER = '(tcp.flags.reset == 1 || (tcp.flags.syn == 1 && tcp.flags.ack == 1))'

export function wiresharkFilter(hosts: HostTable, sets: readonly ProbeSet[]): string {
  const parts = sets.map((set) => partOf(hosts, set))
  return parts.length === 1 ? parts[0]! : parts.map((part) => `(${part})`).join(' || ')
}

function partOf(hosts: HostTable, set: ProbeSet): string {
  if (set.shows === 'answers') return answersTo(hosts, set)
  if (set.shows === 'errors') return errorsOf(hosts, set)
  const { kind, isIpv6 } = set
  const ip = isIpv6 ? 'ipv6' : 'ip'
  if (kind === ProbeKind.arp) {
    return all(
      'arp.opcode == 1',
      addresses(hosts, 'arp.src.proto_ipv4', set.sources),
      addresses(hosts, 'arp.dst.proto_ipv4', set.targets),
    )
  }
  const source = addresses(hosts, `${ip}.src`, set.sources)
  if (kind === ProbeKind.ndp) {
    return all('icmpv6.type == 135', source, addresses(hosts, 'icmpv6.nd.ns.target_address', set.targets))
  }
  const target = addresses(hosts, `${ip}.dst`, set.targets)
  if (kind >= ProbeKind.icmpEcho && kind <= ProbeKind.icmpInformation) {
    // An ICMP error quotes the probe: its fields are in the frame twice.
    if (isIpv6) return all(source, target, 'icmpv6.type == 128', '!(icmpv6.type in {1..4})')
    const type = [8, 13, 17, 15][kind - ProbeKind.icmpEcho]!
    return all(source, target, `icmp.type == ${type}`, '!(icmp.type in {3..5, 11, 12})')
  }
  const unquoted = isIpv6 ? '!icmpv6' : '!icmp'
  if (kind === ProbeKind.ipProtocol) {
    return all(source, target, numbers(isIpv6 ? 'ipv6.nxt' : 'ip.proto', set.ports), unquoted)
  }
  if (kind === ProbeKind.udp)
    return all(
      source,
      target,
      numbers('udp.dstport', set.ports),
      ...others(hosts, set, 'udp.dstport'),
      unquoted,
    )
  if (kind === ProbeKind.sctpInit) {
    return all(
      source,
      target,
      numbers('sctp.dstport', set.ports),
      ...others(hosts, set, 'sctp.dstport'),
      'sctp.chunk_type in {1, 10}',
      unquoted,
    )
  }
  const flags =
    kind === ProbeKind.tcpSyn
      ? 'tcp.flags.syn == 1 && tcp.flags.ack == 0'
      : inSet('tcp.flags', Array.from(set.flags, flagsText))
  return all(
    source,
    target,
    numbers('tcp.dstport', set.ports),
    ...others(hosts, set, 'tcp.dstport'),
    flags,
    unquoted,
  )
}

function others(hosts: HostTable, { isIpv6, beside }: ProbeSet, field: string): string[] {
  return beside.map(
    ({ target, ports }) =>
      `!(${isIpv6 ? 'ipv6' : 'ip'}.dst == ${hosts.text(target)} && ${numbers(field, ports)})`,
  )
}

/** As Wireshark writes them: twelve bits. */
function flagsText(flags: number): string {
  return `0x${flags.toString(16).padStart(3, '0')}`
}

/** What can be answered to TCP, SCTP and pings alone: nothing else tells of a probe that was not captured. */
function answersTo(hosts: HostTable, { kind, isIpv6, sources, targets, ports }: ProbeSet): string {
  const ip = isIpv6 ? 'ipv6' : 'ip'
  const way = all(addresses(hosts, `${ip}.src`, targets), addresses(hosts, `${ip}.dst`, sources))
  if (kind === ProbeKind.icmpEcho) return all(way, isIpv6 ? 'icmpv6.type == 129' : 'icmp.type == 0')
  const unquoted = isIpv6 ? '!icmpv6' : '!icmp'
  return kind === ProbeKind.sctpInit
    ? all(way, numbers('sctp.srcport', ports), 'sctp.chunk_type in {2, 6}', unquoted)
    : all(way, numbers('tcp.srcport', ports), TCP_ANSWER, unquoted)
}

/** Wireshark gives a quoted packet's fields beside the frame's own. Of TCP routers need to quote no more than the ports (RFC 792). */
function errorsOf(hosts: HostTable, { kind, isIpv6, sources, targets, ports }: ProbeSet): string {
  const ip = isIpv6 ? 'ipv6' : 'ip'
  return all(
    addresses(hosts, `${ip}.src`, sources),
    addresses(hosts, `${ip}.dst`, targets),
    numbers(kind === ProbeKind.udp ? 'udp.dstport' : 'tcp.dstport', ports),
    isIpv6 ? 'icmpv6' : 'icmp',
  )
}

function all(...conditions: readonly string[]): string {
  return conditions.filter((condition) => condition !== '').join(' && ')
}

/** Condition on an address field; empty, which selects more, when the set is too large to write down. */
export function addresses(hosts: HostTable, field: string, members: Int32Array): string {
  if (members.length > MEMBERS_MAX) return ''
  const ipv4 = members.filter((host) => hosts.isIpv6[host] === 0).map((host) => hosts.addressOf[host]!)
  const ipv6 = Array.from(
    members.filter((host) => hosts.isIpv6[host] === 1).subarray(0, SET_MAX + 1),
    (host) => hosts.text(host),
  )
  const texts = [
    ...rangesOf(ipv4, SET_MAX + 1).map(({ from, to }) =>
      from === to ? ipv4Text(from) : `${ipv4Text(from)}..${ipv4Text(to)}`,
    ),
    ...ipv6.sort(),
  ]
  return inSet(field, texts)
}

function numbers(field: string, members: Int32Array): string {
  return inSet(
    field,
    rangesOf(members).map(({ from, to }) => (from === to ? String(from) : `${from}..${to}`)),
  )
}

function inSet(field: string, texts: readonly string[]): string {
  if (texts.length > SET_MAX) return ''
  const [only] = texts
  return texts.length === 1 && !only!.includes('..')
    ? `${field} == ${only!}`
    : `${field} in {${texts.join(', ')}}`
}
