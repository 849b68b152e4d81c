/** Short scripts of two hosts without a TCP connection: UDP, DNS, ping, ARP, and the ICMP error that a frame provokes. */

import { isIpv6, macOf } from './addresses.ts'
import { filled } from './bytes.ts'
import { dnsAnswer, dnsQuery } from './dns.ts'
import { arp, broadcastMac, ethernet } from './ethernet.ts'
import type { Frame } from './frame.ts'
import { echoRest, icmp, icmpv6, quoted } from './icmp.ts'
import { ip } from './ip.ts'
import type { Layer } from './layer.ts'
import { later, ms, START, type Time } from './time.ts'
import { udp } from './udp.ts'

/** Who talks to whom from when; the second frame follows `gapNanoseconds` (1 ms) after the first. */
export interface ExchangeFields {
  readonly originator: string
  readonly responder: string
  readonly start?: Time
  readonly gapNanoseconds?: number
}

/** One packet in an Ethernet frame between the MACs that belong to the addresses. */
export function packetFrame(source: string, destination: string, payload: Layer, time: Time = START): Frame {
  const bytes = ethernet(
    { source: macOf(source), destination: macOf(destination) },
    ip({ source, destination }, payload),
  )
  return { time, bytes }
}

/** A datagram and, unless `answer` is null, one back. */
export function udpExchange(
  fields: ExchangeFields & {
    readonly originatorPort?: number
    readonly responderPort: number
    readonly question?: Uint8Array
    readonly answer?: Uint8Array | null
  },
): Frame[] {
  const { originator, responder, originatorPort = 40_000, responderPort, start = START } = fields
  const there = udp(
    { sourcePort: originatorPort, destinationPort: responderPort },
    fields.question ?? filled(20),
  )
  const back = udp(
    { sourcePort: responderPort, destinationPort: originatorPort },
    fields.answer ?? filled(20),
  )
  const frames = [packetFrame(originator, responder, there, start)]
  if (fields.answer !== null) frames.push(packetFrame(responder, originator, back, after(fields)))
  return frames
}

/** A name looked up: question to port 53 and the answer, or no answer at all when `addresses` is null. */
export function dnsLookup(
  fields: ExchangeFields & {
    readonly name: string
    readonly type?: number
    readonly id?: number
    readonly originatorPort?: number
    readonly addresses?: readonly string[] | null
    readonly responseCode?: number
  },
): Frame[] {
  const { name, type = 1, id = 0x1234, addresses = ['192.0.2.80'], responseCode = 0, ...rest } = fields
  const question = { id, name, type }
  return udpExchange({
    ...rest,
    responderPort: 53,
    question: dnsQuery(question),
    answer: addresses === null ? null : dnsAnswer(question, { addresses, responseCode }),
  })
}

/** An echo request and, unless `answered` is false, its reply. */
export function ping(
  fields: ExchangeFields & {
    readonly identifier?: number
    readonly sequence?: number
    readonly answered?: boolean
    readonly dataLength?: number
  },
): Frame[] {
  const { originator, responder, identifier = 1, sequence = 1, answered = true, start = START } = fields
  const data = filled(fields.dataLength ?? 48, 0x2a)
  const rest = echoRest(identifier, sequence)
  const v6 = isIpv6(originator)
  const request = v6 ? icmpv6({ type: 128, rest }, data) : icmp({ type: 8, rest }, data)
  const reply = v6 ? icmpv6({ type: 129, rest }, data) : icmp({ type: 0, rest }, data)
  const frames = [packetFrame(originator, responder, request, start)]
  if (answered) frames.push(packetFrame(responder, originator, reply, after(fields)))
  return frames
}

/** An ARP request by broadcast and, unless `answered` is false, its reply. */
export function arpExchange(
  fields: ExchangeFields & { readonly answered?: boolean; readonly responderMac?: string },
): Frame[] {
  const { originator, responder, answered = true, start = START } = fields
  const senderMac = macOf(originator)
  const targetMac = fields.responderMac ?? macOf(responder)
  const request = arp({ senderMac, senderAddress: originator, targetAddress: responder })
  const reply = arp({
    operation: 2,
    senderMac: targetMac,
    senderAddress: responder,
    targetMac: senderMac,
    targetAddress: originator,
  })
  const frames = [{ time: start, bytes: ethernet({ source: senderMac, destination: broadcastMac }, request) }]
  if (answered) {
    frames.push({
      time: after(fields),
      bytes: ethernet({ source: targetMac, destination: senderMac }, reply),
    })
  }
  return frames
}

/** Names for the errors that scans meet, as [ICMP type, code] and [ICMPv6 type, code]. */
const ERRORS = {
  'net-unreachable': [3, 0, 1, 0],
  'host-unreachable': [3, 1, 1, 3],
  'protocol-unreachable': [3, 2, 4, 1],
  'port-unreachable': [3, 3, 1, 4],
  'admin-prohibited': [3, 13, 1, 1],
  'time-exceeded': [11, 0, 3, 0],
} as const

export type IcmpErrorName = keyof typeof ERRORS

/**
 * The ICMP or ICMPv6 error that an untagged Ethernet `frame` provokes, quoting it. It comes from `from`: the packet's own
 * destination when absent, else a router on the way.
 */
export function icmpError(
  frame: Frame,
  error: IcmpErrorName,
  addresses: { readonly source: string; readonly destination: string; readonly from?: string },
  gapNanoseconds = ms(1),
): Frame {
  const [type4, code4, type6, code6] = ERRORS[error]
  const quote = quoted(frame.bytes.subarray(14))
  const v6 = isIpv6(addresses.source)
  const message = v6 ? icmpv6({ type: type6, code: code6 }, quote) : icmp({ type: type4, code: code4 }, quote)
  const from = addresses.from ?? addresses.destination
  return packetFrame(from, addresses.source, message, later(frame.time, gapNanoseconds))
}

function after({ start = START, gapNanoseconds = ms(1) }: ExchangeFields): Time {
  return later(start, gapNanoseconds)
}
