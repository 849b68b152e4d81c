/** Who talks to whom, about what, for how long: the cast of the realistic capture, drawn before the first packet. */

import type { Random } from '../../test/traffic/index.ts'
import { put32 } from './frame-headers.ts'

/** What a conversation is, as the index into SHARES. */
export const KIND = {
  tls: 0,
  http: 1,
  otherTcp: 2,
  unanswered: 3,
  dns: 4,
  quic: 5,
  ntp: 6,
  ping: 7,
  arp: 8,
  probe: 9,
} as const

/** How many of 1000 conversations are of each kind, in the order of KIND. TCP makes up some 88 % of the packets this way. */
const SHARES = [390, 90, 110, 20, 230, 50, 20, 20, 20, 50]

export const CLIENT_COUNT = 5_000
const SERVER_COUNT = 20_000
const SCANNER_COUNT = 8
const FIRST_SERVER = CLIENT_COUNT
const FIRST_SCANNER = CLIENT_COUNT + SERVER_COUNT
const HOST_COUNT = FIRST_SCANNER + SCANNER_COUNT

const IPV6_SHARE = 0.12
const VLAN_SHARE = 0.1
const UPLOAD_SHARE = 0.15
const RESET_SHARE = 0.06
/** Packets of a conversation beyond its handshake and close, on average; they follow Zipf's law with exponent 1. */
const MEAN_TRANSFER_PACKETS = 8.2

export interface Conversations {
  readonly count: number
  readonly kind: Uint8Array
  /** Host numbers. */
  readonly client: Int32Array
  readonly server: Int32Array
  readonly clientPort: Uint16Array
  readonly serverPort: Uint16Array
  readonly isIpv6: Uint8Array
  readonly vlanId: Uint16Array
  readonly isUpload: Uint8Array
  readonly endsByReset: Uint8Array
  readonly packetCount: Int32Array
  /** Microseconds from the capture's start, and from packet to packet on average. */
  readonly start: Float64Array
  readonly gap: Float64Array
  /** 16 bytes a host; IPv4 uses the first four. */
  readonly addresses4: Uint8Array
  readonly addresses6: Uint8Array
}

export function drawConversations(
  {
    conversationCount,
    durationSeconds,
  }: { readonly conversationCount: number; readonly durationSeconds: number },
  random: Random,
): Conversations {
  const n = conversationCount
  const all: Conversations = {
    count: n,
    kind: new Uint8Array(n),
    client: new Int32Array(n),
    server: new Int32Array(n),
    clientPort: new Uint16Array(n),
    serverPort: new Uint16Array(n),
    isIpv6: new Uint8Array(n),
    vlanId: new Uint16Array(n),
    isUpload: new Uint8Array(n),
    endsByReset: new Uint8Array(n),
    packetCount: new Int32Array(n),
    start: new Float64Array(n),
    gap: new Float64Array(n),
    ...drawAddresses(random),
  }
  const ranks = shuffledRanks(n, random)
  const kinds = SHARES.flatMap((share, kind) => new Array<number>(share).fill(kind))
  // Zipf: the r-th longest has an r-th of the longest; the sum of 1 / r up to n is ln n + 0.577.
  const longest = (n * MEAN_TRANSFER_PACKETS) / (Math.log(n) + 0.577)
  const duration = durationSeconds * 1e6
  let probeCount = 0
  for (let i = 0; i < n; i++) {
    const kind = random.pick(kinds)
    all.kind[i] = kind
    all.client[i] = popular(CLIENT_COUNT, random)
    all.server[i] = FIRST_SERVER + popular(SERVER_COUNT, random)
    all.clientPort[i] = random.between(32_768, 60_999)
    all.serverPort[i] = drawPort(kind, random)
    all.isIpv6[i] = kind !== KIND.arp && kind !== KIND.probe && random.chance(IPV6_SHARE) ? 1 : 0
    all.vlanId[i] = random.chance(VLAN_SHARE) ? random.between(10, 13) : 0
    all.isUpload[i] = random.chance(UPLOAD_SHARE) ? 1 : 0
    all.endsByReset[i] = random.chance(RESET_SHARE) ? 1 : 0
    all.packetCount[i] = drawPacketCount(kind, Math.floor(longest / (ranks[i] as number)), random)
    all.start[i] = random.fraction() * duration
    if (kind === KIND.probe) aimProbe(all, i, probeCount++, random)
    // A long conversation must fit into what is left of the capture.
    const left = duration - (all.start[i] as number)
    all.gap[i] = Math.min(random.between(200, 60_000), left / (all.packetCount[i] as number))
  }
  return all
}

/** Scanners take turns: even ones probe the ports of one host, odd ones one port of host after host. */
function aimProbe(all: Conversations, i: number, number: number, random: Random): void {
  const scanner = number % SCANNER_COUNT
  const step = Math.floor(number / SCANNER_COUNT)
  const isVertical = scanner % 2 === 0
  all.client[i] = FIRST_SCANNER + scanner
  all.server[i] = isVertical ? scanner : step % CLIENT_COUNT
  all.serverPort[i] = isVertical ? 1 + (step % 65_535) : random.pick([22, 445, 3389])
  all.vlanId[i] = 0
}

function drawPacketCount(kind: number, long: number, random: Random): number {
  switch (kind) {
    case KIND.tls:
    case KIND.http:
    case KIND.otherTcp:
      return 7 + random.between(0, 6) + long
    case KIND.quic:
      return 4 + random.between(0, 10) + Math.floor(long / 2)
    case KIND.unanswered:
      return random.between(1, 3)
    case KIND.ping:
      return 2 * random.between(1, 5)
    case KIND.probe:
      return random.between(1, 2)
    default:
      return 2
  }
}

function drawPort(kind: number, random: Random): number {
  switch (kind) {
    case KIND.tls:
      return random.pick([443, 443, 443, 443, 443, 443, 443, 443, 993, 8443])
    case KIND.http:
      return random.pick([80, 80, 80, 8080])
    case KIND.otherTcp:
      return random.pick([22, 25, 445, 3306, 3389, 5432, 6379, 9092])
    case KIND.unanswered:
      return random.pick([80, 443, 5228])
    case KIND.dns:
      return 53
    case KIND.quic:
      return 443
    case KIND.ntp:
      return 123
    default:
      return 0
  }
}

/** 0 to count - 1, the r-th about 1 / r as often as the first: the inverse of an integrated 1 / x. */
function popular(count: number, random: Random): number {
  return Math.min(count - 1, Math.floor((count + 1) ** random.fraction()) - 1)
}

function shuffledRanks(count: number, random: Random): Int32Array {
  const ranks = Int32Array.from({ length: count }, (_, i) => i + 1)
  for (let i = count - 1; i > 0; i--) {
    const j = random.between(0, i)
    const kept = ranks[i] as number
    ranks[i] = ranks[j] as number
    ranks[j] = kept
  }
  return ranks
}

/** Clients in 10.20.0.0/16, servers anywhere public, scanners in 185.0.0.0/8; IPv6 in 2001:db8::/32. */
function drawAddresses(random: Random): Pick<Conversations, 'addresses4' | 'addresses6'> {
  const addresses4 = new Uint8Array(HOST_COUNT * 16)
  const addresses6 = new Uint8Array(HOST_COUNT * 16)
  for (let host = 0; host < HOST_COUNT; host++) {
    const first = host < FIRST_SERVER ? 0x0a140000 + host : host < FIRST_SCANNER ? 0x17000000 : 0xb9000000
    // Odd multiples of the host number keep servers distinct within their 2^26 addresses from 23.0.0.0 on.
    const spread =
      host < FIRST_SERVER ? 0 : Math.imul(host, 0x9e3779b1) & (host < FIRST_SCANNER ? 0x3ffffff : 0xffffff)
    put32(addresses4, host * 16, first + spread)
    put32(addresses6, host * 16, 0x20010db8)
    put32(addresses6, host * 16 + 4, host < FIRST_SERVER ? 1 : 2 + (host & 0xff))
    put32(addresses6, host * 16 + 8, random.uint32())
    put32(addresses6, host * 16 + 12, host)
  }
  return { addresses4, addresses6 }
}
