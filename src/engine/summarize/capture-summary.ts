/** CaptureSummary, schema nta.summary/1: the one object that every face of the program shows. */

import type {
  DismissedRow,
  Finding,
  FindingEvidence,
  Outcomes,
  RuleUse,
  ScannerRow,
  Severity,
  TimestampText,
} from '../detect/finding.ts'

export type { DismissedRow, Finding, FindingEvidence, Outcomes, RuleUse, ScannerRow, Severity, TimestampText }

export interface CaptureSummary {
  readonly schema: 'nta.summary/1'
  readonly tool: ToolSummary
  readonly capture: CaptureIdentity
  readonly protocols: readonly ProtocolRow[]
  readonly endpointCount: number
  readonly endpoints: readonly EndpointRow[]
  readonly pairCounts: {
    readonly ipv4: number
    readonly ipv6: number
    readonly tcp: number
    readonly udp: number
  }
  readonly conversationCount: number
  readonly conversations: readonly ConversationRow[]
  readonly bandwidth: Bandwidth
  readonly packetLengths: readonly PacketLengthBin[]
  readonly services: readonly ServiceRow[]
  readonly applications: ApplicationSummary
  readonly findingCount: number
  readonly findings: readonly Finding[]
  readonly scanners: readonly ScannerRow[]
  readonly dismissed: readonly DismissedRow[]
  /** What the ceilings left out, by name; all zero for ordinary captures. Totals stay exact. */
  readonly limits: LimitsReached
}

export interface ToolSummary {
  readonly name: string
  readonly version: string
  readonly rules: readonly RuleUse[]
}

export interface CaptureIdentity {
  readonly files: readonly CaptureFileIdentity[]
  readonly format: 'pcap' | 'pcapng' | 'mixed'
  readonly interfaceCount: number
  /** The first of them, as many as other lists have rows. */
  readonly interfaces: readonly InterfaceRow[]
  readonly packetCount: number
  readonly originalByteCount: number
  readonly capturedByteCount: number
  /** Packets whose captured length is below their original length. */
  readonly truncatedPacketCount: number
  readonly firstTimestamp: TimestampText
  readonly lastTimestamp: TimestampText
  readonly durationSeconds: number
  readonly isTimeOrdered: boolean
  readonly ending: { readonly kind: string; readonly byteOffset: number; readonly detail: string }
  readonly issues: readonly {
    readonly kind: string
    readonly count: number
    readonly firstFrame: number | null
  }[]
  readonly quality: CaptureQuality
  readonly comments: readonly { readonly frame: number | null; readonly text: string }[]
  readonly commentCount: number
  readonly hardware: string | null
  readonly operatingSystem: string | null
  readonly application: string | null
}

export interface CaptureFileIdentity {
  readonly name: string
  readonly byteCount: number
  readonly sha256: string
  readonly format: 'pcap' | 'pcapng'
  readonly compression: 'none' | 'gzip' | 'zstd' | 'lz4'
}

export interface InterfaceRow {
  readonly id: number
  readonly linkType: number
  readonly linkTypeName: string
  readonly snaplen: number
  readonly timestampResolution: string
  readonly name: string | null
  readonly packetCount: number
  readonly droppedCount: number | null
}

/** What the capture cannot show. Shares are 0 to 1, null where there is nothing to take a share of. */
export interface CaptureQuality {
  /** Share of TCP conversations seen in one direction only although they carry data or acknowledgments. */
  readonly oneWayShare: number | null
  /** TCP conversations whose beginning is not in the capture. */
  readonly midstreamConversationCount: number
  readonly tcpConversationCount: number
  readonly truncatedShare: number | null
  readonly droppedPacketCount: number | null
  /** Frames whose time is before the frame's before them. */
  readonly disorderedPacketCount: number
  /** Records of zeros at the end, such as a preallocated file has; counted, but kept off the time axis. */
  readonly zeroFilledTailCount: number
  /** Packets without any time (Simple Packet Blocks). */
  readonly untimedPacketCount: number
  /** One sentence for each thing above that lowers what the findings can say. */
  readonly remarks: readonly string[]
}

export interface ProtocolRow {
  readonly path: readonly string[]
  readonly packetCount: number
  readonly byteCount: number
  readonly basis: 'header' | 'payload' | 'port'
}

export interface EndpointRow {
  readonly address: string
  readonly packetCount: number
  readonly byteCount: number
  readonly sentPacketCount: number
  readonly sentByteCount: number
  readonly receivedPacketCount: number
  readonly receivedByteCount: number
  /** Name of the tunnel, when the address was seen only inside one; its counts are then not part of the totals. */
  readonly tunnel: string | null
}

export interface ConversationRow {
  readonly protocol: string
  readonly originator: { readonly address: string; readonly port: number | null }
  readonly responder: { readonly address: string; readonly port: number | null }
  readonly packetCount: number
  readonly byteCount: number
  readonly originatorPacketCount: number
  readonly originatorByteCount: number
  readonly responderPacketCount: number
  readonly responderByteCount: number
  readonly firstTimestamp: TimestampText
  readonly durationSeconds: number
  /** Zeek's conn_state for TCP and UDP; null for other protocols. */
  readonly state: string | null
  readonly application: string | null
  /** How the application is known. */
  readonly applicationBasis: 'header' | 'payload' | 'port' | null
  readonly tunnel: string | null
  /** 1-based number of the first frame, as Wireshark counts. */
  readonly firstFrame: number
}

export interface Bandwidth {
  readonly bucketSeconds: number
  /** [seconds since firstTimestamp at the bucket's start, packets, bytes], ascending, empty buckets left out. */
  readonly buckets: readonly (readonly [number, number, number])[]
  /** The same buckets split by protocol: `counts[i]` belongs to `buckets[i]`, [packets, bytes] for each of `names`. */
  readonly split: {
    readonly names: readonly string[]
    readonly counts: readonly (readonly (readonly [number, number])[])[]
  }
}

/** Wireshark's Packet Lengths bins: 0-19, 20-39, 40-79, ... 2560-5119, 5120 and more (maxLength null). */
export interface PacketLengthBin {
  readonly minLength: number
  readonly maxLength: number | null
  readonly packetCount: number
  readonly byteCount: number
}

/** Conversations by transport and responder's port. */
export interface ServiceRow {
  readonly protocol: string
  readonly port: number
  readonly name: string | null
  readonly conversationCount: number
  readonly packetCount: number
  readonly byteCount: number
}

/** Top names and codes seen by the application decoders. Lists are capped; each `…Count` counts everything. */
export interface ApplicationSummary {
  readonly [application: string]: ApplicationFacts
}

export interface ApplicationFacts {
  /** Messages understood. */
  readonly messageCount: number
  /** Tables such as `queryNames`, `responseCodes`, `serverNames`: rows by count, then by name. */
  readonly tables: Readonly<
    Record<
      string,
      {
        readonly distinctCount: number
        readonly rows: readonly { readonly name: string; readonly count: number }[]
      }
    >
  >
}

export interface LimitsReached {
  readonly unlistedConversationPacketCount: number
  readonly unlistedEndpointPacketCount: number
  readonly refusedProtocolPathCount: number
  readonly refusedAddressCount: number
  readonly refusedNameCount: number
  /** Sightings that rules may have judged otherwise, or the hierarchy named, had a table not been full. */
  readonly refusedEvidenceCount: number
  readonly unlistedScanCount: number
}
