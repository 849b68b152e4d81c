/** The head of a small capture, for tests. Never shipped. */

import type { Coverage, SummaryHead } from '../../contract/index.ts'

export const fakeHead: SummaryHead = {
  schema: 'nta.summary/1',
  tool: {
    name: 'nta',
    version: '0.0.0',
    rules: [{ rule: 'vertical-scan', version: 1, thresholds: { failedPorts: 15 } }],
  },
  capture: {
    files: [],
    format: 'pcap',
    interfaces: [],
    packetCount: 10,
    originalByteCount: 1000,
    capturedByteCount: 1000,
    truncatedPacketCount: 0,
    firstTimestamp: '1700000000.000000000',
    lastTimestamp: '1700000010.000000000',
    durationSeconds: 10,
    isTimeOrdered: true,
    ending: { kind: 'complete', byteOffset: 1264, detail: '' },
    issues: [],
    quality: {
      oneWayShare: null,
      midstreamConversationCount: 0,
      tcpConversationCount: 0,
      truncatedShare: 0,
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
  fileCount: 1,
  interfaceCount: 1,
  protocols: [],
  protocolCount: 0,
  endpointCount: 2,
  pairCounts: { ipv4: 1, ipv6: 0, tcp: 1, udp: 0 },
  conversationCount: 1,
  serviceCount: 1,
  packetLengths: [],
  bandwidth: { bucketSeconds: 1, bucketCount: 10, names: ['TCP'] },
  applications: [],
  findingCount: 0,
  findingCounts: { low: 0, medium: 0, high: 0, critical: 0 },
  authorisedFindingCount: 0,
  scannerCount: 0,
  dismissedCount: 0,
  limits: {
    unlistedConversationPacketCount: 0,
    unlistedEndpointPacketCount: 0,
    refusedProtocolPathCount: 0,
    refusedAddressCount: 0,
    refusedFragmentCount: 0,
    refusedNameCount: 0,
    unlistedScanCount: 0,
  } as SummaryHead['limits'],
  captureKey: 'sha256 of a small capture',
}

export const wholeCoverage: Coverage = {
  isComplete: true,
  packetCount: 10,
  bytesRead: 1264,
  bytesTotal: 1264,
  reason: 'complete',
}

export const halfCoverage: Coverage = {
  ...wholeCoverage,
  isComplete: false,
  bytesRead: 632,
  reason: 'still-reading',
}
