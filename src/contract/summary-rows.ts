/** The forms of the summary's rows, checked against the engine's own types: a field renamed there is an error here. */

import type {
  CaptureFileIdentity,
  CaptureIdentity,
  ConversationRow,
  DismissedRow,
  EndpointRow,
  InterfaceRow,
  Outcomes,
  PacketLengthBin,
  ProtocolRow,
  ScannerRow,
  ServiceRow,
  Severity,
} from '../engine/summarize/capture-summary.ts'
import {
  type Check,
  dictionary,
  either,
  flag,
  integer,
  list,
  nullable,
  number,
  oneOf,
  openRecord,
  rowOf,
  text,
} from './check.ts'

export const severities = ['low', 'medium', 'high', 'critical'] as const
export const severity: Check<Severity> = oneOf(severities)

const count = integer()
const timestamp = nullable(text(60))
const name = text(300)
const address = text(200)
const port = nullable(integer(0, 65535))

export const measures: Check<Readonly<Record<string, number | string | boolean | null>>> = dictionary(
  nullable(either(either(number(), flag), text(2000))),
  200,
)

export const outcomes = rowOf<Outcomes>({
  open: count,
  refused: count,
  filtered: count,
  silent: count,
  unknown: count,
})

export const conversationRow = rowOf<ConversationRow>({
  protocol: name,
  originator: openRecord({ address, port }),
  responder: openRecord({ address, port }),
  packetCount: count,
  byteCount: count,
  originatorPacketCount: count,
  originatorByteCount: count,
  responderPacketCount: count,
  responderByteCount: count,
  firstTimestamp: timestamp,
  durationSeconds: number(),
  state: nullable(name),
  application: nullable(name),
  applicationBasis: nullable(oneOf(['header', 'payload', 'port'])),
  tunnel: nullable(name),
  firstFrame: count,
})

export const endpointRow = rowOf<EndpointRow>({
  address,
  packetCount: count,
  byteCount: count,
  sentPacketCount: count,
  sentByteCount: count,
  receivedPacketCount: count,
  receivedByteCount: count,
  tunnel: nullable(name),
})

export const serviceRow = rowOf<ServiceRow>({
  protocol: name,
  port: integer(0, 65535),
  name: nullable(name),
  conversationCount: count,
  packetCount: count,
  byteCount: count,
})

export const protocolRow = rowOf<ProtocolRow>({
  path: list(name, 64),
  packetCount: count,
  byteCount: count,
  basis: oneOf(['header', 'payload', 'port']),
})

export const scannerFields = {
  address,
  kinds: list(name, 64),
  techniques: list(name, 64),
  severity,
  confidence: number(0, 1),
  targetCount: count,
  portCount: count,
  attemptCount: count,
  outcomes,
  firstTimestamp: timestamp,
  lastTimestamp: timestamp,
  findingIds: list(name, 10_000),
} as const

export const scannerRow = rowOf<ScannerRow>(scannerFields)

export const dismissedRow = rowOf<DismissedRow>({
  address,
  reason: name,
  explanation: text(4000),
  measures,
})

export const fileRow = rowOf<CaptureFileIdentity>({
  name: text(1000),
  byteCount: count,
  sha256: text(64),
  format: oneOf(['pcap', 'pcapng']),
  compression: oneOf(['none', 'gzip', 'zstd', 'lz4']),
})

export const interfaceRow = rowOf<InterfaceRow>({
  id: count,
  linkType: count,
  linkTypeName: name,
  snaplen: count,
  timestampResolution: name,
  name: nullable(text(4096)),
  packetCount: count,
  droppedCount: nullable(count),
})

export const issueRow = rowOf<CaptureIdentity['issues'][number]>({
  kind: name,
  count,
  firstFrame: nullable(count),
})

export const commentRow = rowOf<CaptureIdentity['comments'][number]>({
  frame: nullable(count),
  text: text(4096),
})

export const packetLengthRow = rowOf<PacketLengthBin>({
  minLength: count,
  maxLength: nullable(count),
  packetCount: count,
  byteCount: count,
})

/** One row of the top names and codes the application decoders saw. */
export interface ApplicationNameRow {
  readonly application: string
  readonly table: string
  readonly name: string
  readonly count: number
}

export const applicationNameRow = rowOf<ApplicationNameRow>({
  application: name,
  table: name,
  name: text(4096),
  count,
})
