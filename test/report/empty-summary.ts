/** A summary for tests: a capture without a single packet. */

import type { CaptureSummary } from '../../src/engine/summarize/capture-summary.ts'

/** A capture without a single packet. */
export function emptySummary(): CaptureSummary {
  return {
    schema: 'nta.summary/1',
    tool: { name: 'nta', version: '0.1.0', rules: [] },
    capture: {
      files: [
        { name: 'empty.pcap', byteCount: 24, sha256: '0'.repeat(64), format: 'pcap', compression: 'none' },
      ],
      format: 'pcap',
      interfaceCount: 1,
      interfaces: [
        {
          id: 0,
          linkType: 1,
          linkTypeName: 'ETHERNET',
          snaplen: 262_144,
          timestampResolution: '1 µs',
          name: null,
          packetCount: 0,
          droppedCount: null,
        },
      ],
      packetCount: 0,
      originalByteCount: 0,
      capturedByteCount: 0,
      truncatedPacketCount: 0,
      firstTimestamp: null,
      lastTimestamp: null,
      durationSeconds: 0,
      isTimeOrdered: true,
      ending: { kind: 'complete', byteOffset: 24, detail: '' },
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
      refusedEvidenceCount: 0,
      unlistedScanCount: 0,
    },
  }
}
