/** Scripts of probes, as Nmap and others send them, each with the reply that an open, closed, filtered or silent port gives. */

import { nthAddress } from './addresses.ts'
import { filled } from './bytes.ts'
import { icmpError, packetFrame, ping, arpExchange } from './exchanges.ts'
import type { Frame } from './frame.ts'
import { tcpConversation } from './tcp-conversation.ts'
import { tcp } from './tcp.ts'
import { later, ms, START, type Time } from './time.ts'
import { udp } from './udp.ts'

/** What the target does: `filtered` is an ICMP "administratively prohibited", `silent` is nothing at all. */
export type PortState = 'open' | 'closed' | 'filtered' | 'silent'

export type ProbeTechnique =
  'tcp-syn' | 'tcp-connect' | 'tcp-fin' | 'tcp-null' | 'tcp-xmas' | 'tcp-ack' | 'tcp-maimon' | 'udp'

const PROBE_FLAGS = {
  'tcp-fin': 'F',
  'tcp-null': '',
  'tcp-xmas': 'FPU',
  'tcp-ack': 'A',
  'tcp-maimon': 'FA',
} as const

export interface ProbeFields {
  readonly scanner: string
  readonly target: string
  readonly port: number
  readonly scannerPort?: number
  /** `tcp-syn` when absent. */
  readonly technique?: ProbeTechnique
  /** `closed` when absent. */
  readonly state?: PortState
  readonly start?: Time
  /** From the probe to its reply; 1 ms when absent. */
  readonly replyAfterNanoseconds?: number
}

/** One probe and its reply. */
export function probe(fields: ProbeFields): Frame[] {
  const { technique = 'tcp-syn', state = 'closed' } = fields
  if (technique === 'udp') return udpProbe(fields)
  if (technique === 'tcp-syn' || technique === 'tcp-connect') return synProbe(fields, technique, state)

  const sent = tcpFrame(fields, 'to-target', PROBE_FLAGS[technique], fields.start ?? START)
  if (state === 'filtered') return [sent, prohibited(fields, sent)]
  // RFC 9293: a closed port answers anything with RST; an open one ignores a segment with neither SYN, ACK nor RST.
  const resets =
    technique === 'tcp-ack' || technique === 'tcp-maimon' ? state !== 'silent' : state === 'closed'
  if (!resets) return [sent]
  return [sent, tcpFrame(fields, 'to-scanner', technique === 'tcp-ack' ? 'R' : 'RA', replyTime(fields))]
}

/** One source probes many ports of one host; probe i is sent `gapNanoseconds` (10 ms) after probe i - 1. */
export function portScan(
  fields: Omit<ProbeFields, 'port'> & {
    readonly ports: readonly number[]
    readonly openPorts?: readonly number[]
    readonly gapNanoseconds?: number
  },
): Frame[] {
  const { ports, openPorts = [], gapNanoseconds = ms(10), start = START, state, ...rest } = fields
  return ports.flatMap((port, i) => {
    const answer = openPorts.includes(port) ? 'open' : (state ?? 'closed')
    return probe({ ...rest, port, state: answer, start: later(start, i * gapNanoseconds) })
  })
}

/** One source probes one port of many hosts, `firstTarget` and the addresses after it. */
export function hostScan(
  fields: Omit<ProbeFields, 'target'> & {
    readonly firstTarget: string
    readonly targetCount: number
    readonly gapNanoseconds?: number
  },
): Frame[] {
  const { firstTarget, targetCount, gapNanoseconds = ms(10), start = START, ...rest } = fields
  return Array.from({ length: targetCount }, (_, i) =>
    probe({ ...rest, target: nthAddress(firstTarget, i), start: later(start, i * gapNanoseconds) }),
  ).flat()
}

/** One source asks many addresses whether they are there, by ping or by ARP. */
export function hostSweep(fields: {
  readonly scanner: string
  readonly firstTarget: string
  readonly targetCount: number
  readonly by?: 'icmp-echo' | 'arp'
  /** Every n-th target answers; 0, the default, none. */
  readonly everyAnswers?: number
  readonly start?: Time
  readonly gapNanoseconds?: number
}): Frame[] {
  const { scanner, firstTarget, targetCount, by = 'icmp-echo', everyAnswers = 0 } = fields
  const { start = START, gapNanoseconds = ms(10) } = fields
  const ask = by === 'arp' ? arpExchange : ping
  return Array.from({ length: targetCount }, (_, i) =>
    ask({
      originator: scanner,
      responder: nthAddress(firstTarget, i),
      answered: everyAnswers > 0 && i % everyAnswers === 0,
      start: later(start, i * gapNanoseconds),
    }),
  ).flat()
}

function synProbe(fields: ProbeFields, technique: ProbeTechnique, state: PortState): Frame[] {
  const { scanner, target, port, scannerPort = 54_321, start = START } = fields
  const conversation = tcpConversation({
    originator: scanner,
    responder: target,
    originatorPort: scannerPort,
    responderPort: port,
    start,
    gapNanoseconds: fields.replyAfterNanoseconds ?? ms(1),
  }).syn()
  const [sent] = conversation.frames
  if (state === 'silent') return conversation.frames
  if (state === 'filtered') return [...conversation.frames, ...(sent ? [prohibited(fields, sent)] : [])]
  if (state === 'closed') return conversation.reset('responder').frames
  conversation.synAck()
  if (technique === 'tcp-connect') conversation.segment('originator', 'A').reset('originator')
  else conversation.segment('originator', 'R')
  return conversation.frames
}

function udpProbe(fields: ProbeFields): Frame[] {
  const { scanner, target, port, scannerPort = 54_321, state = 'closed', start = START } = fields
  const sent = packetFrame(scanner, target, udp({ sourcePort: scannerPort, destinationPort: port }), start)
  if (state === 'silent') return [sent]
  if (state === 'filtered') return [sent, prohibited(fields, sent)]
  if (state === 'closed') {
    return [sent, icmpError(sent, 'port-unreachable', { source: scanner, destination: target }, gap(fields))]
  }
  const answer = udp({ sourcePort: port, destinationPort: scannerPort }, filled(12))
  return [sent, packetFrame(target, scanner, answer, replyTime(fields))]
}

function tcpFrame(fields: ProbeFields, way: 'to-target' | 'to-scanner', flags: string, time: Time): Frame {
  const { scanner, target, port, scannerPort = 54_321 } = fields
  return way === 'to-target'
    ? packetFrame(
        scanner,
        target,
        tcp({ sourcePort: scannerPort, destinationPort: port, flags, window: 1024 }),
        time,
      )
    : packetFrame(
        target,
        scanner,
        tcp({ sourcePort: port, destinationPort: scannerPort, flags, window: 0 }),
        time,
      )
}

function prohibited(fields: ProbeFields, sent: Frame): Frame {
  return icmpError(
    sent,
    'admin-prohibited',
    { source: fields.scanner, destination: fields.target },
    gap(fields),
  )
}

function gap(fields: ProbeFields): number {
  return fields.replyAfterNanoseconds ?? ms(1)
}

function replyTime(fields: ProbeFields): Time {
  return later(fields.start ?? START, gap(fields))
}
