/** A summary for tests: two days of an office with a port scan, a ping sweep and a password guesser. */

import type { CaptureSummary } from '../../src/engine/summarize/capture-summary.ts'
import { seededRandom } from '../traffic/random.ts'
import { emptySummary } from './empty-summary.ts'
import { officeFinding } from './office-findings.ts'
import {
  officeBandwidth,
  officeConversations,
  officeEndpoints,
  officeProtocols,
  START_SECONDS,
} from './office-traffic.ts'

export interface OfficeOptions {
  /** Rows of conversations and addresses listed. */
  readonly rowCount: number
  readonly findingCount: number
  readonly isDamaged: boolean
}

/** A day in an office: ordinary traffic with a night's silence, a port scan, a ping sweep and a password guesser. */
export function officeSummary(options: Partial<OfficeOptions> = {}): CaptureSummary {
  const { rowCount = 60, findingCount = 3, isDamaged = false } = options
  const random = seededRandom(7)
  const bandwidth = officeBandwidth(random)
  const packetCount = bandwidth.buckets.reduce((sum, [, packets]) => sum + packets, 0)
  const byteCount = bandwidth.buckets.reduce((sum, [, , bytes]) => sum + bytes, 0)
  const lastSeconds = bandwidth.buckets.at(-1)![0]
  const conversations = officeConversations(random, rowCount, byteCount)
  const severities = ['critical', 'high', 'medium', 'low']
  const findings = Array.from({ length: findingCount }, (_, index) => officeFinding(random, index)).sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  )
  const empty = emptySummary()
  return {
    ...empty,
    tool: {
      name: 'nta',
      version: '0.1.0',
      rules: [
        { rule: 'vertical-scan', version: 2, thresholds: { portCountMin: 15, windowSeconds: 300 } },
        { rule: 'host-sweep', version: 1, thresholds: { targetCountMin: 25, windowSeconds: 300 } },
        {
          rule: 'brute-force',
          version: 1,
          thresholds: { attemptCountMin: 30, windowSeconds: 60, byteCountMax: 4000 },
        },
        { rule: 'arp-spoofing', version: 1, thresholds: {} },
      ],
    },
    capture: {
      ...empty.capture,
      files: [
        {
          name: 'office-2024-05-01.pcapng',
          byteCount: 1_284_556_120,
          sha256: '9f2c4b7de0a1583c6655f2a9d3b8e417c0de9a6b5f4e3d2c1b0a99887766554e',
          format: 'pcapng',
          compression: 'none',
        },
      ],
      format: 'pcapng',
      interfaceCount: 2,
      interfaces: [
        {
          ...empty.capture.interfaces[0]!,
          name: 'eth0',
          timestampResolution: '1 ns',
          packetCount: packetCount - 120,
          droppedCount: 17,
        },
        {
          ...empty.capture.interfaces[0]!,
          id: 1,
          linkType: 105,
          linkTypeName: 'IEEE802_11',
          snaplen: 96,
          name: 'wlan0',
          packetCount: 120,
        },
      ],
      packetCount,
      originalByteCount: byteCount,
      capturedByteCount: byteCount - 120 * 900,
      truncatedPacketCount: 120,
      firstTimestamp: `${START_SECONDS}.123456789`,
      lastTimestamp: `${START_SECONDS + lastSeconds + 9}.987654321`,
      durationSeconds: lastSeconds + 9.864197532,
      isTimeOrdered: false,
      ending: isDamaged
        ? {
            kind: 'truncated-record',
            byteOffset: 1_284_550_004,
            detail: 'The record promises 1,514 bytes and the file ends after 612 of them.',
          }
        : { kind: 'complete', byteOffset: 1_284_556_120, detail: '' },
      issues: [
        { kind: 'bad-tcp-header-length', count: 12, firstFrame: 48_120 },
        { kind: 'captured-longer-than-snaplen', count: 3, firstFrame: 9 },
      ],
      quality: {
        ...empty.capture.quality,
        oneWayShare: 0.034,
        midstreamConversationCount: 41,
        tcpConversationCount: 8_412,
        truncatedShare: 120 / packetCount,
        droppedPacketCount: 17,
        disorderedPacketCount: 5,
        remarks: [
          '3.4 % of TCP conversations were seen in one direction only, so "silent" may mean "answered elsewhere".',
          '17 packets were dropped while capturing; counts of attempts are lower bounds.',
        ],
      },
      comments: [{ frame: 412, text: 'helpdesk ticket: printer\nnot printing' }],
      commentCount: 1,
      hardware: 'Intel Xeon E-2378',
      operatingSystem: 'Linux 6.1',
      application: 'Dumpcap 4.2.2',
    },
    protocols: officeProtocols(packetCount, byteCount),
    endpointCount: rowCount * 3,
    endpoints: officeEndpoints(random, rowCount, byteCount),
    pairCounts: { ipv4: 900, ipv6: 120, tcp: 8_412, udp: 5_101 },
    conversationCount: rowCount * 14,
    conversations,
    bandwidth,
    packetLengths: [0, 0, 0.3, 0.16, 0.04, 0.02, 0.03, 0.45, 0, 0].map((share, index) => ({
      minLength: index === 0 ? 0 : 10 * 2 ** index,
      maxLength: index === 9 ? null : 10 * 2 ** (index + 1) - 1,
      packetCount: Math.floor(packetCount * share),
      byteCount: Math.floor(byteCount * share ** (index === 7 ? 0.2 : 2)),
    })),
    services: [
      {
        protocol: 'tcp',
        port: 443,
        name: 'https',
        conversationCount: 5_120,
        packetCount: 900_210,
        byteCount: 802_113_002,
      },
      {
        protocol: 'udp',
        port: 53,
        name: 'domain',
        conversationCount: 4_800,
        packetCount: 9_700,
        byteCount: 1_120_334,
      },
      {
        protocol: 'tcp',
        port: 22,
        name: 'ssh',
        conversationCount: 231,
        packetCount: 12_004,
        byteCount: 2_220_110,
      },
      { protocol: 'tcp', port: 50_123, name: null, conversationCount: 1, packetCount: 4, byteCount: 240 },
    ],
    applications: {
      dns: {
        messageCount: 9_700,
        tables: {
          queryNames: {
            distinctCount: 812,
            rows: [
              { name: 'intranet.example.com', count: 1_204 },
              { name: 'time.example.net', count: 288 },
              { name: '_ldap._tcp.example.com', count: 17 },
            ],
          },
          responseCodes: {
            distinctCount: 2,
            rows: [
              { name: 'NOERROR', count: 9_212 },
              { name: 'NXDOMAIN', count: 488 },
            ],
          },
        },
      },
      tls: {
        messageCount: 5_080,
        tables: { serverNames: { distinctCount: 1, rows: [{ name: 'www.example.com', count: 5_080 }] } },
      },
    },
    findingCount,
    findings,
    scanners: findings
      .filter(({ rule }) => rule !== 'brute-force')
      .slice(0, 200)
      .map((finding) => ({
        address: finding.actors[0]!,
        kinds: [finding.rule],
        techniques: [finding.technique ?? ''],
        severity: finding.severity,
        confidence: finding.confidence,
        targetCount: finding.targets.addressCount,
        portCount: finding.targets.portCount,
        attemptCount: 1_024,
        outcomes: finding.outcomes,
        firstTimestamp: finding.firstTimestamp,
        lastTimestamp: finding.lastTimestamp,
        findingIds: [finding.id],
      })),
    dismissed: [
      {
        address: '192.168.7.53',
        reason: 'resolver',
        explanation:
          'Asked 212 name servers on port 53 and got an answer from 209 of them, as a resolver does.',
        measures: { targetCount: 212, answeredShare: 0.986 },
      },
      {
        address: '2001:db8::6881',
        reason: 'peer-to-peer',
        explanation: 'Reached 61 addresses on as many high ports, 44 % of them answered and carried data.',
        measures: { targetCount: 61, answeredShare: 0.44 },
      },
    ],
    limits: { ...empty.limits, unlistedConversationPacketCount: 12_044 },
  }
}
