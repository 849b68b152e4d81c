/** The office's ordinary traffic: bandwidth, protocols, addresses and conversations from a seed. */

import type {
  Bandwidth,
  ConversationRow,
  EndpointRow,
  ProtocolRow,
} from '../../src/engine/summarize/capture-summary.ts'
import type { Random } from '../traffic/random.ts'

/** 1 May 2024, 12:34:56 UTC. */
export const START_SECONDS = 1_714_566_896

/** Bursts of seconds, a silence of three days and four hours, then a second morning. */
export function officeBandwidth(random: Random): Bandwidth {
  const starts = [
    ...Array.from({ length: 700 }, (_, i) => i * 10),
    ...Array.from({ length: 500 }, (_, i) => 280_600 + i * 10),
  ]
  const buckets: [number, number, number][] = []
  const counts: [number, number][][] = []
  for (const start of starts) {
    if (random.chance(0.1)) continue
    const wave = 1 + Math.sin(start / 900)
    const row = [9_000, 2_400, 700, 120].map((size): [number, number] => {
      const packets = Math.floor(random.between(1, 30) * wave * (random.chance(0.02) ? 12 : 1)) + 1
      return [packets, Math.floor((packets * size) / 8)]
    })
    counts.push(row)
    const packets = row.reduce((sum, [one]) => sum + one, 0)
    buckets.push([start, packets, row.reduce((sum, [, bytes]) => sum + bytes, 0)])
  }
  return { bucketSeconds: 10, buckets, split: { names: ['tls', 'http', 'dns', 'arp'], counts } }
}

export function officeProtocols(packetCount: number, byteCount: number): ProtocolRow[] {
  const shares: readonly (readonly [string, number, ProtocolRow['basis']])[] = [
    ['eth', 1, 'header'],
    ['eth:ip', 0.93, 'header'],
    ['eth:ip:tcp', 0.84, 'header'],
    ['eth:ip:tcp:tls', 0.66, 'payload'],
    ['eth:ip:tcp:http', 0.12, 'payload'],
    ['eth:ip:tcp:http:data-text-lines', 0.05, 'payload'],
    ['eth:ip:tcp:ssh', 0.02, 'port'],
    ['eth:ip:udp', 0.08, 'header'],
    ['eth:ip:udp:dns', 0.03, 'payload'],
    ['eth:ip:udp:quic', 0.045, 'payload'],
    ['eth:ip:icmp', 0.004, 'header'],
    ['eth:ipv6', 0.05, 'header'],
    ['eth:ipv6:tcp', 0.04, 'header'],
    ['eth:ipv6:tcp:tls', 0.035, 'payload'],
    ['eth:ipv6:icmpv6', 0.008, 'header'],
    ['eth:arp', 0.01, 'header'],
    ['eth:lldp', 0.000_05, 'header'],
  ]
  return shares.map(([path, share, basis]) => ({
    path: path.split(':'),
    packetCount: Math.floor(packetCount * share),
    byteCount: Math.floor(byteCount * share),
    basis,
  }))
}

const officeAddress = (index: number) =>
  index % 9 === 8
    ? `2001:db8:12:${(index + 40).toString(16)}::${(index * 7).toString(16)}`
    : `192.168.${7 + Math.floor(index / 250)}.${(index % 250) + 2}`

export function officeEndpoints(random: Random, rowCount: number, byteCount: number): EndpointRow[] {
  return Array.from({ length: rowCount }, (_, index) => {
    const received = Math.floor((byteCount * random.fraction()) / 2 / (index + 2) ** 1.2)
    const sent = Math.floor(received * random.fraction())
    return {
      address: officeAddress(index),
      packetCount: Math.ceil((sent + received) / 700),
      byteCount: sent + received,
      sentPacketCount: Math.ceil(sent / 700),
      sentByteCount: sent,
      receivedPacketCount: Math.ceil((sent + received) / 700) - Math.ceil(sent / 700),
      receivedByteCount: received,
      tunnel: index % 40 === 39 ? 'gre' : null,
    }
  }).sort((a, b) => b.byteCount - a.byteCount)
}

export function officeConversations(random: Random, rowCount: number, byteCount: number): ConversationRow[] {
  return Array.from({ length: rowCount }, (_, index) => {
    const originatorByteCount = Math.floor((byteCount * random.fraction()) / 4 / (index + 3) ** 1.2)
    const responderByteCount = Math.floor(originatorByteCount * random.fraction() * 3)
    const isUdp = index % 4 === 3
    return {
      protocol: isUdp ? 'udp' : 'tcp',
      originator: { address: officeAddress(random.between(0, 26)), port: random.between(32_768, 60_999) },
      responder: { address: officeAddress(random.between(0, 26) + 3), port: isUdp ? 53 : 443 },
      packetCount: Math.ceil(originatorByteCount / 700) + Math.ceil(responderByteCount / 700),
      byteCount: originatorByteCount + responderByteCount,
      originatorPacketCount: Math.ceil(originatorByteCount / 700),
      originatorByteCount,
      responderPacketCount: Math.ceil(responderByteCount / 700),
      responderByteCount,
      firstTimestamp: `${START_SECONDS + index * 31}.${String(random.between(0, 999_999_999)).padStart(9, '0')}`,
      durationSeconds: random.between(0, 90_000_000) / 1e6,
      state: random.pick(['SF', 'S0', 'S1', 'RSTO', 'REJ']),
      application: isUdp ? 'dns' : random.pick(['tls', 'http', null]),
      applicationBasis: random.pick(['payload', 'port'] as const),
      tunnel: null,
      firstFrame: random.between(1, 1_300_000),
    }
  }).sort((a, b) => b.byteCount - a.byteCount)
}
