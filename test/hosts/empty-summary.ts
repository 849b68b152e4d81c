/** A summary of nothing, for tests that care about the host and not about what it shows. */

import type { CaptureSummary } from '../../src/engine/summarize/capture-summary.ts'

/** Fields of `part` in place of those of a summary of nothing. */
export function emptySummary(part: Partial<CaptureSummary> = {}): CaptureSummary {
  return {
    schema: 'nta.summary/1',
    tool: { name: 'Network Traffic Analyzer', version: '0.0.0', rules: [] },
    capture: {
      files: [
        { name: 'a.pcap', byteCount: 1000, sha256: '0'.repeat(64), format: 'pcap', compression: 'none' },
      ],
      format: 'pcap',
      interfaces: [],
      packetCount: 12,
      originalByteCount: 1000,
      capturedByteCount: 1000,
      truncatedPacketCount: 0,
      firstTimestamp: '1700000000.000000000',
      lastTimestamp: '1700000010.000000000',
      durationSeconds: 10,
      isTimeOrdered: true,
      ending: { kind: 'complete', byteOffset: 1000, detail: '' },
      issues: [],
      quality: {
        oneWayShare: null,
        midstreamConversationCount: 0,
        tcpConversationCount: 0,
        truncatedShare: null,
        droppedPacketCount: null,
        disorderedPacketCount: 0,
        zeroFilledTailCount: 0,
        untimedPacketCount: 0,
        remarks: [],
      },
      comments: [],
      commentCount: 0,
      hardware: null,
      operatingSystem: null,
      application: null,
    },
    protocols: [],
    endpointCount: 0,
    endpoints: [],
    pairCounts: { ipv4: 0, ipv6: 0, tcp: 0, udp: 0 },
    conversationCount: 0,
    conversations: [],
    bandwidth: { bucketSeconds: 1, buckets: [], split: { names: [], counts: [] } },
    packetLengths: [],
    services: [],
    applications: {},
    findingCount: 0,
    findings: [],
    scanners: [],
    dismissed: [],
    limits: {
      unlistedConversationPacketCount: 0,
      unlistedEndpointPacketCount: 0,
      refusedProtocolPathCount: 0,
      refusedAddressCount: 0,
      refusedNameCount: 0,
      unlistedScanCount: 0,
    },
    ...part,
  }
}
