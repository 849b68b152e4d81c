/** Wireshark display filters (wireshark-filter(4)) and capture filters (pcap-filter(7)) for an address or a conversation. */

import type { ConversationRow } from '../../engine/summarize/capture-summary.ts'

/** What can be asked of a filter language; anything else, such as text made from a packet, gives no filter. */
const ipv4 = /^(?:\d{1,3}\.){3}\d{1,3}$/
const ipv6 = /^[\da-f:]*:[\da-f:.]*$/i

type Family = 'ip' | 'ipv6'

function familyOf(address: string): Family | null {
  if (ipv4.test(address)) return 'ip'
  return ipv6.test(address) ? 'ipv6' : null
}

export interface PacketFilters {
  readonly wireshark: string
  readonly bpf: string
}

/** Null when the text is no IP address. */
export function addressFilters(address: string): PacketFilters | null {
  const family = familyOf(address)
  if (family === null) return null
  return { wireshark: `${family}.addr == ${address}`, bpf: `host ${address}` }
}

const portProtocols = ['tcp', 'udp', 'sctp', 'dccp'] as const

/** Both directions of the conversation. Null when its ends are no IP addresses. */
export function conversationFilters(row: ConversationRow): PacketFilters | null {
  const { originator, responder } = row
  const family = familyOf(originator.address)
  if (family === null || familyOf(responder.address) !== family) return null
  const wireshark = [`${family}.addr == ${originator.address}`, `${family}.addr == ${responder.address}`]
  const bpf = [`host ${originator.address}`, `host ${responder.address}`]
  const protocol = portProtocols.find((name) => name === row.protocol)
  if (protocol !== undefined && originator.port !== null && responder.port !== null) {
    wireshark.push(`${protocol}.port == ${originator.port}`, `${protocol}.port == ${responder.port}`)
    // pcap-filter(7) knows ports of tcp, udp and sctp only.
    if (protocol !== 'dccp')
      bpf.push(`${protocol} port ${originator.port}`, `${protocol} port ${responder.port}`)
  }
  return { wireshark: wireshark.join(' && '), bpf: bpf.join(' and ') }
}

/** Frames by number, such as those that prove a finding. */
export function frameFilter(frames: readonly number[]): string {
  return `frame.number in {${frames.join(', ')}}`
}
