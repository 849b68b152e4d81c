/** Filters that select all conversations of one host with one service of another. */

import type { AttemptTable } from '../attempt-table.ts'
import { groupsBy } from '../groups-by-sorting.ts'
import { ProbeKind } from '../probe-kind.ts'
import { rangesOf } from '../filters/number-ranges.ts'
import { ipField } from './traffic-draft.ts'

export function serviceFilters(
  table: AttemptTable,
  attempt: number,
): { readonly wireshark: string; readonly bpf: string } {
  return pairFilters(
    table.hosts.text(table.source(attempt)),
    table.hosts.text(table.target(attempt)),
    transportOf(table, attempt),
    table.port(attempt),
  )
}

export function transportOf(table: AttemptTable, attempt: number): 'tcp' | 'udp' | 'sctp' {
  const kind = table.kind(attempt)
  return kind === ProbeKind.udp ? 'udp' : kind === ProbeKind.sctpInit ? 'sctp' : 'tcp'
}

/** Hosts beyond which a filter is no longer typed nor read: all of the port's are selected then. */
const HOSTS_MAX = 300

/** All conversations of services that have one host in common, their source or their target. */
export function starFilters(table: AttemptTable, attempts: readonly number[], isOfSource: boolean) {
  const hosts = table.hosts
  const [center, other] = isOfSource
    ? [(attempt: number) => table.source(attempt), (attempt: number) => table.target(attempt)]
    : [(attempt: number) => table.target(attempt), (attempt: number) => table.source(attempt)]
  const text = hosts.text(center(attempts[0]!))
  const field = ipField(text)
  const portOf = (attempt: number): string => `${transportOf(table, attempt)} ${table.port(attempt)}`
  const parts = groupsBy(attempts, portOf).map((members) => {
    const [transport, number] = [transportOf(table, members[0]!), table.port(members[0]!)]
    const others = members.map((attempt) => hosts.text(other(attempt)))
    const isShort = others.length <= HOSTS_MAX
    const among = isShort ? ` && ${field}.addr in {${others.join(', ')}}` : ''
    const amongHosts = isShort ? ` and (${others.map((each) => `host ${each}`).join(' or ')})` : ''
    return {
      wireshark: `(${transport}.port == ${number}${among})`,
      bpf: `(${transport} and port ${number}${amongHosts})`,
    }
  })
  return {
    wireshark: `${field}.addr == ${text} && (${parts.map(({ wireshark }) => wireshark).join(' || ')}) && !icmp && !icmpv6`,
    bpf: `host ${text} and (${parts.map(({ bpf }) => bpf).join(' or ')})`,
  }
}

/** `port` null for all of the transport's. */
export function pairFilters(source: string, target: string, transport: string, port: number | null) {
  const field = ipField(source)
  const onPort = port === null ? transport : `${transport}.port == ${port}`
  return {
    wireshark: `${field}.addr == ${source} && ${field}.addr == ${target} && ${onPort} && !icmp && !icmpv6`,
    bpf: `${transport} and host ${source} and host ${target}${port === null ? '' : ` and port ${port}`}`,
  }
}

/** Client ports beyond which all conversations with the service are selected. */
const CLIENT_PORTS_MAX = 100

/** The conversations from these ports of `source` alone: others of the same pair and service are another matter. */
export function conversationFilters(
  source: string,
  target: string,
  transport: string,
  port: number,
  clientPorts: readonly number[],
) {
  const { wireshark, bpf } = pairFilters(source, target, transport, port)
  if (clientPorts.length > CLIENT_PORTS_MAX) return { wireshark, bpf }
  const ranges = rangesOf(clientPorts)
  const among = ranges.map(({ from, to }) => (from === to ? String(from) : `${from}..${to}`)).join(', ')
  const ports = ranges.map(({ from, to }) => (from === to ? `port ${from}` : `portrange ${from}-${to}`))
  return {
    wireshark: `${wireshark} && ${transport}.port in {${among}}`,
    bpf: `${bpf} and (${ports.join(' or ')})`,
  }
}
