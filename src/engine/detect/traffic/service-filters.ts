/** Filters that select all conversations of one host with one service of another. */

import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { ipField } from './traffic-draft.ts'

export function serviceFilters(
  table: AttemptTable,
  attempt: number,
): { readonly wireshark: string; readonly bpf: string } {
  const kind = table.kind(attempt)
  const transport = kind === ProbeKind.udp ? 'udp' : kind === ProbeKind.sctpInit ? 'sctp' : 'tcp'
  const port = table.port(attempt)
  return pairFilters(
    table.hosts.text(table.source(attempt)),
    table.hosts.text(table.target(attempt)),
    transport,
    port,
  )
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
