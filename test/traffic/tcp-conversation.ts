/** Scripts a TCP conversation (RFC 9293): each call adds the frames of one step, with right sequence numbers and times. */

import { macOf } from './addresses.ts'
import { concat, filled } from './bytes.ts'
import { ethernet, vlan } from './ethernet.ts'
import type { Frame } from './frame.ts'
import { ip } from './ip.ts'
import type { Layer } from './layer.ts'
import { tcp, tcpOption } from './tcp.ts'
import { later, ms, START, type Time } from './time.ts'

export interface TcpConversationFields {
  /** IPv4 or IPv6, both of one kind. */
  readonly originator: string
  readonly responder: string
  readonly originatorPort?: number
  readonly responderPort: number
  /** Of the first frame. */
  readonly start?: Time
  /** From one frame to the next; 1 ms when absent. */
  readonly gapNanoseconds?: number
  readonly vlanId?: number
  readonly originatorTtl?: number
  readonly responderTtl?: number
  /** First sequence numbers. */
  readonly originatorSequence?: number
  readonly responderSequence?: number
  /** Largest run of data in one segment; longer data is cut into several. */
  readonly maximumSegmentSize?: number
}

type Side = 'originator' | 'responder'

/**
 * Frames of one TCP conversation, in order of time. Every step returns the conversation, so steps chain:
 *
 *     tcpConversation({ originator: '10.0.0.1', responder: '10.0.0.2', responderPort: 80 })
 *       .handshake().send(text('GET / HTTP/1.0\r\n\r\n')).reply(filled(5000)).close().frames
 */
export class TcpConversation {
  readonly frames: Frame[] = []
  readonly #fields: TcpConversationFields
  readonly #next: Record<Side, number>
  readonly #acknowledges: Record<Side, boolean> = { originator: false, responder: false }
  #time: Time

  constructor(fields: TcpConversationFields) {
    this.#fields = fields
    this.#next = {
      originator: fields.originatorSequence ?? 1000,
      responder: fields.responderSequence ?? 5000,
    }
    this.#time = fields.start ?? START
  }

  /** SYN, SYN+ACK, ACK. */
  handshake(): this {
    return this.syn().synAck().segment('originator', 'A')
  }

  syn(): this {
    return this.segment('originator', 'S', undefined, tcpOption.maximumSegmentSize(1460))
  }

  synAck(): this {
    return this.segment('responder', 'SA', undefined, tcpOption.maximumSegmentSize(1460))
  }

  /** Data from the originator, acknowledged by the responder. */
  send(data: Uint8Array): this {
    return this.#data('originator', data)
  }

  /** Data from the responder, acknowledged by the originator. */
  reply(data: Uint8Array): this {
    return this.#data('responder', data)
  }

  /** Both sides finish: FIN+ACK, FIN+ACK, ACK. `by` finishes first. */
  close(by: Side = 'originator'): this {
    return this.finish(by).finish(other(by)).segment(by, 'A')
  }

  /** One side's FIN+ACK alone. */
  finish(by: Side = 'originator'): this {
    return this.segment(by, 'FA')
  }

  /** One side's RST; with ACK once it has seen anything of the other side. */
  reset(by: Side = 'originator'): this {
    return this.segment(by, this.#acknowledges[by] ? 'RA' : 'R')
  }

  /** Let time pass before the next frame. */
  wait(nanoseconds: number): this {
    this.#time = later(this.#time, nanoseconds)
    return this
  }

  /** The last frame once more, as a retransmission. */
  retransmit(): this {
    const last = this.frames.at(-1)
    if (!last) throw new Error('nothing to send again yet')
    return this.#push(last.bytes)
  }

  /** One segment with these flags; sequence numbers move on by its data, and by 1 for SYN and FIN. */
  segment(from: Side, flags: string, data = filled(0), options = filled(0)): this {
    const to = other(from)
    const isOriginator = from === 'originator'
    const { originatorPort = 40_000, responderPort, originatorTtl, responderTtl } = this.#fields
    const ttl = isOriginator ? originatorTtl : responderTtl
    const packet = ip(
      { source: this.#fields[from], destination: this.#fields[to], ...(ttl !== undefined && { ttl }) },
      tcp(
        {
          sourcePort: isOriginator ? originatorPort : responderPort,
          destinationPort: isOriginator ? responderPort : originatorPort,
          sequence: this.#next[from],
          acknowledgment: flags.includes('A') ? this.#next[to] : 0,
          flags,
          options,
        },
        data,
      ),
    )
    const advance = data.length + (flags.includes('S') ? 1 : 0) + (flags.includes('F') ? 1 : 0)
    this.#next[from] = (this.#next[from] + advance) >>> 0
    this.#acknowledges[to] = true
    return this.#push(this.#framed(from, to, packet))
  }

  #data(from: Side, data: Uint8Array): this {
    const size = this.#fields.maximumSegmentSize ?? 1460
    for (let offset = 0; offset < data.length; offset += size) {
      this.segment(from, 'PA', data.subarray(offset, offset + size))
    }
    return this.segment(other(from), 'A')
  }

  #framed(from: Side, to: Side, packet: Layer): Uint8Array {
    const { vlanId } = this.#fields
    return ethernet(
      { source: macOf(this.#fields[from]), destination: macOf(this.#fields[to]) },
      vlanId === undefined ? packet : vlan({ id: vlanId }, packet),
    )
  }

  #push(bytes: Uint8Array): this {
    this.frames.push({ time: this.#time, bytes })
    return this.wait(this.#fields.gapNanoseconds ?? ms(1))
  }
}

export function tcpConversation(fields: TcpConversationFields): TcpConversation {
  return new TcpConversation(fields)
}

/** The plainest web visit: handshake, a request, an answer of `responseLength` bytes, close. */
export function httpVisit(
  fields: Omit<TcpConversationFields, 'responderPort'> & {
    readonly responderPort?: number
    readonly host?: string
    readonly responseLength?: number
  },
): Frame[] {
  const { host = 'example.test', responseLength = 1000, ...rest } = fields
  const encode = (characters: string): Uint8Array => new TextEncoder().encode(characters)
  return tcpConversation({ responderPort: 80, ...rest })
    .handshake()
    .send(encode(`GET / HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: test\r\n\r\n`))
    .reply(
      concat(
        encode(`HTTP/1.1 200 OK\r\nContent-Length: ${responseLength}\r\n\r\n`),
        filled(responseLength, 0x61),
      ),
    )
    .close().frames
}

function other(side: Side): Side {
  return side === 'originator' ? 'responder' : 'originator'
}
