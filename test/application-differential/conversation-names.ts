/** Names of conversations: ours from their first payloads, tshark's from the layers of all their frames. */

import { execFileSync } from 'node:child_process'
import { identifyByPayload } from '../../src/engine/decode/application/identify.ts'
import { PROTOCOL_NAMES } from '../../src/engine/decode/protocol-table.ts'
import { visitPayloads } from './frame-payloads.ts'

/** As the conversation tracker does. */
const TRIES_PER_DIRECTION = 3

export interface NamedConversation {
  /** `tcp 3` or `udp 0`: tshark's stream. */
  readonly stream: string
  readonly ports: string
  /** 1-based. */
  readonly frame: number
  /** Null when no payload said anything. */
  readonly ours: string | null
  /** Layers above the transport, of any frame; empty when tshark has none either. */
  readonly theirs: readonly string[]
}

interface Payload {
  readonly srcPort: number
  readonly dstPort: number
  readonly application: number
}

/** By frame: what identification says of the innermost payload; null for frames without one. */
function ourPayloads(file: string): (Payload | null)[] {
  const payloads: (Payload | null)[] = []
  visitPayloads(file, (payload) => {
    if (payload === null) payloads.push(null)
    else {
      const { bytes, offset, length, ipProtocol, srcPort, dstPort } = payload
      const application = identifyByPayload(bytes, offset, length, ipProtocol, srcPort, dstPort)
      payloads.push({ srcPort, dstPort, application })
    }
  })
  return payloads
}

const FIELDS = ['frame.protocols', 'tcp.stream', 'udp.stream'].flatMap((field) => ['-e', field])
/** Layers that say that nobody knew, or what the payload carried. */
const NO_APPLICATION = ['data', '_ws.malformed', '_ws.short', 'tcp.segments']

function tsharkRows(file: string): (readonly [string, string, string])[] {
  const options = ['-n', '-r', file, '-T', 'fields', ...FIELDS, '-E', 'occurrence=l']
  let output: string
  try {
    output = execFileSync('tshark', options, {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch (error) {
    // It fails at the end of a capture that is cut, after all frames that it could read.
    output = (error as { stdout?: string }).stdout ?? ''
  }
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t') as unknown as [string, string, string])
}

/** Without the headers that errors quote and that samples of other traffic carry: those packets did not travel here. */
function outermostLayers(layers: readonly string[]): readonly string[] {
  const quoting = layers.findIndex((layer) => ['icmp', 'icmpv6', 'sflow'].includes(layer))
  return quoting === -1 ? layers : layers.slice(0, quoting + 1)
}

/**
 * Every conversation of the capture in which either side saw a payload; null when tshark numbers the capture's frames
 * otherwise, as it does where blocks that are no packets stand between them.
 */
export function nameConversations(file: string): NamedConversation[] | null {
  const ours = ourPayloads(file)
  const rows = tsharkRows(file)
  if (rows.length !== ours.length) return null
  const open = new Map<
    string,
    { ports: string; frame: number; ours: number; tries: Map<number, number>; theirs: Set<string> }
  >()
  rows.forEach(([protocols, tcpStream, udpStream], i) => {
    const layers = outermostLayers(protocols.split(':'))
    const transport = Math.max(layers.lastIndexOf('tcp'), layers.lastIndexOf('udp'))
    const number = layers[transport] === 'tcp' ? tcpStream : udpStream
    if (transport === -1 || number === '') return
    const stream = `${layers[transport]!} ${number}`
    const payload = ours[i] ?? null
    let one = open.get(stream)
    if (one === undefined) {
      one = { ports: '', frame: i + 1, ours: 0, tries: new Map(), theirs: new Set() }
      open.set(stream, one)
    }
    for (const layer of layers.slice(transport + 1))
      if (!NO_APPLICATION.includes(layer)) one.theirs.add(layer)
    if (payload === null || one.ours !== 0) return
    const tries = one.tries.get(payload.srcPort) ?? 0
    if (tries === TRIES_PER_DIRECTION) return
    one.tries.set(payload.srcPort, tries + 1)
    one.ours = payload.application
    one.frame = i + 1
    one.ports = `${payload.srcPort}>${payload.dstPort}`
  })
  return [...open].map(([stream, one]) => ({
    stream,
    ports: one.ports,
    frame: one.frame,
    ours: one.ours === 0 ? null : PROTOCOL_NAMES[one.ours]!,
    theirs: [...one.theirs],
  }))
}
