/** Application messages for tests: one payload in a flow row, handed over as the pipeline does. */

import type { ApplicationActivity } from '../src/engine/aggregate/application/application-activity.ts'
import { FlowBatch, FlowRole } from '../src/engine/decode/flow-batch.ts'
import { Protocol, type ProtocolName } from '../src/engine/decode/protocol-table.ts'

export const CLIENT = 0x0a000001
export const SERVER = 0x0a000002

export interface Message {
  readonly application: ProtocolName
  readonly bytes: Uint8Array
  readonly src?: number
  readonly dst?: number
  readonly srcPort?: number
  readonly dstPort?: number
  readonly ipVersion?: number
  readonly ipProtocol?: number
  /** Bytes that the snaplen cut off. */
  readonly missing?: number
}

const flows = new FlowBatch()

/** Hand over one message. `time` is in seconds after 1000, and in nanoseconds too. */
export function give(
  activity: ApplicationActivity,
  message: Message,
  frameNumber: number,
  time = frameNumber,
): void {
  flows.count = 0
  const row = flows.begin(
    0,
    FlowRole.packet,
    0,
    message.ipVersion ?? 4,
    message.src ?? CLIENT,
    message.dst ?? SERVER,
  )
  flows.ipProtocol[row] = message.ipProtocol ?? 6
  flows.srcPort[row] = message.srcPort ?? 50_000
  flows.dstPort[row] = message.dstPort ?? 80
  flows.payloadOffset[row] = 3
  flows.payloadLength[row] = message.bytes.length
  flows.payloadWireLength[row] = message.bytes.length + (message.missing ?? 0)
  const around = new Uint8Array(message.bytes.length + 8).fill(0x5a)
  around.set(message.bytes, 3)
  activity.observe(flows, row, Protocol[message.application], around, 1000 + time, time, frameNumber)
}

export const text = (line: string) => Buffer.from(line, 'latin1')
export const hex = (...parts: string[]) => Buffer.from(parts.join('').replaceAll(' ', ''), 'hex')
export const back = { src: SERVER, dst: CLIENT }
export const wire = (name: string) =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), text(label)])),
  ])

export function dns(name: string, form: { type?: number; code?: number; response?: boolean } = {}): Message {
  const flags = form.response === true ? 0x8180 | (form.code ?? 0) : 0x0100
  const header = Buffer.from([0, 1, flags >> 8, flags & 255, 0, 1, 0, 0, 0, 0, 0, 0])
  const bytes = Buffer.concat([header, wire(name), Buffer.from([0, 0, form.type ?? 1, 0, 1])])
  const ports =
    form.response === true ? { srcPort: 53, dstPort: 50_000, ...back } : { srcPort: 50_000, dstPort: 53 }
  return { application: 'dns', bytes, ipProtocol: 17, ...ports }
}
