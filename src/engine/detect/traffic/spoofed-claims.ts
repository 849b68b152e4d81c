/** ARP and neighbour spoofing: one IP address claimed by two machines in turns (RFC 826, RFC 5227 section 2.4). */

import type { HardwareClaims } from '../../aggregate/hardware-claims.ts'
import { addressText } from '../../aggregate/conversation-view.ts'
import { hardwareText } from '../../net/address-text.ts'
import { groupsBy } from '../groups-by-sorting.ts'
import { logSeverity } from '../severity.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

/** Hardware addresses that move between routers by design: VRRP (RFC 9568), HSRP, GLBP, CARP shares VRRP's. */
/** 00:00:5e:00:01 and :02, 00:00:0c:07:ac, 00:00:0c:9f:f, 00:07:b4 and 00:05:73:a0 begin them. */
function isVirtual(high: number, low: number): boolean {
  if (high === 0x0000) {
    const group = low >>> 8
    return group === 0x5e0001 || group === 0x5e0002 || group === 0x0c07ac || low >>> 12 === 0x0c9ff
  }
  return (high === 0x0007 && low >>> 24 === 0xb4) || (high === 0x0005 && low >>> 16 === 0x73a0)
}

/** Conflicts listed; a damaged capture invents them by the hundred. */
const DRAFTS_MAX = 100
/** Addresses written out in a sentence and a filter; of more, the filter selects all that the machine said. */
const NAMED_MAX = 20

/** `::` asks whether an address is free (RFC 4862 section 5.4) and claims nothing. */
function isUnspecified(
  { hardwareClaims, addresses }: TrafficContext['table']['evidence'],
  row: number,
): boolean {
  return addressText(hardwareClaims.version(row), hardwareClaims.address(row), addresses) === '::'
}

interface Machine {
  readonly hardware: string
  readonly rows: number[]
}

/** Who claimed one address. */
interface Claimed {
  readonly rows: number[]
  /** Its holder: who announced it least without being asked, and of those the first. */
  readonly holder: number
}

export function spoofedClaims({ table, limits }: TrafficContext): TrafficDraft[] {
  const claims = table.evidence.hardwareClaims
  const { claims: claimsMin } = limits['arp-spoofing']
  const counted: number[] = []
  for (let row = 0; row < claims.count; row++)
    if (!isVirtual(claims.hardwareHigh(row), claims.hardwareLow(row)) && !isUnspecified(table.evidence, row))
      counted.push(row)
  const claimedOf = Array.from({ length: claims.count }, (): Claimed | null => null)
  for (const rows of groupsBy(counted, (row) => addressKey(claims, row))) {
    const holder = rows.reduce((quietest, row) => (isLouder(claims, quietest, row) ? row : quietest))
    for (const row of rows) claimedOf[row] = { rows, holder }
  }
  const claimedBy = (row: number): Claimed => claimedOf[row]!
  const hardwareOf = (row: number): string => hardwareText(claims.hardwareHigh(row), claims.hardwareLow(row))
  const drafts: TrafficDraft[] = []
  for (const rows of groupsBy(counted, hardwareOf)) {
    if (drafts.length === DRAFTS_MAX) break
    const machine: Machine = { hardware: hardwareOf(rows[0]!), rows }
    const forged = machine.rows.filter((row) => isLouder(claims, row, claimedBy(row).holder))
    if (forged.length === 0) continue
    const own = machine.rows.find((row) => claimedBy(row).rows.length === 1) ?? null
    const isInsistent =
      forged.length > 1 ||
      forged.some((row) => isInTurns(claims, row, claimedBy(row).rows) || claims.replyCount(row) >= claimsMin)
    drafts.push(draftOf(table.evidence, machine, forged, own, isInsistent, claimsMin))
  }
  return drafts
}

/** Both machines went on claiming the address: neither handed it over. */
function isInTurns(claims: HardwareClaims, row: number, claimants: readonly number[]): boolean {
  return claimants.some(
    (other) =>
      other !== row &&
      claims.firstFrame(row) < claims.lastFrame(other) &&
      claims.firstFrame(other) < claims.lastFrame(row),
  )
}

function addressKey(claims: HardwareClaims, row: number): string {
  return `${claims.version(row)}:${claims.address(row)}`
}

/** The row announced the address more loudly than the other, or as loudly and later. */
function isLouder(claims: HardwareClaims, row: number, other: number): boolean {
  const unaskedShare = (of: number): number => claims.replyCount(of) / Math.max(1, claims.claimCount(of))
  const difference = unaskedShare(row) - unaskedShare(other)
  return difference > 0 || (difference === 0 && claims.firstFrame(row) > claims.firstFrame(other))
}

function draftOf(
  evidence: TrafficContext['table']['evidence'],
  machine: Machine,
  forged: readonly number[],
  own: number | null,
  isInsistent: boolean,
  claimsMin: number,
): TrafficDraft {
  const claims = evidence.hardwareClaims
  const text = (row: number): string =>
    addressText(claims.version(row), claims.address(row), evidence.addresses)
  const total = forged.reduce((sum, row) => sum + claims.claimCount(row), 0)
  const isAttack = isInsistent && total >= claimsMin
  const victims = forged.map(text)
  const named = victims.slice(0, NAMED_MAX)
  const rest = victims.length - named.length
  const actor = own === null ? machine.hardware : text(own)
  const first = forged.reduce((frame, row) => Math.min(frame, claims.firstFrame(row)), Infinity)
  return {
    rule: 'arp-spoofing',
    severity: isAttack ? logSeverity(total * 10, forged.length > 1 ? 1 : 0) : 'low',
    confidence: !isAttack ? 0.4 : forged.length > 1 ? 0.95 : 0.8,
    title: `${machine.hardware} claims ${victims.length === 1 ? victims[0]! : `${victims.length} addresses`} of others`,
    explanation: `The machine ${machine.hardware}${own === null ? '' : ` (${actor})`} claimed ${named.join(', ')}${rest > 0 ? ` and ${rest} more addresses` : ''} ${total === 1 ? 'once' : `${total} times`} while another machine held ${victims.length === 1 ? 'it' : 'them'}.`,
    actors: [actor],
    targets: victims,
    ports: [],
    firstTimestamp: null,
    lastTimestamp: null,
    firstFrame: first,
    firedFrame: first,
    measures: {
      claims: total,
      claimsThreshold: claimsMin,
      addresses: victims.length,
      hardware: machine.hardware,
    },
    ...filtersOf(evidence, machine.rows[0]!, forged),
  }
}

/** What the machine said of the addresses in ARP (RFC 826) and in neighbour advertisements (RFC 4861 section 4.4). */
function filtersOf(
  { hardwareClaims: claims, addresses }: TrafficContext['table']['evidence'],
  machineRow: number,
  forged: readonly number[],
): Pick<TrafficDraft, 'wireshark' | 'bpf'> {
  const hardware = hardwareText(claims.hardwareHigh(machineRow), claims.hardwareLow(machineRow))
  const of = (version: number): number[] => forged.filter((row) => claims.version(row) === version)
  const isNamed = forged.length <= NAMED_MAX
  const among = (field: string, rows: readonly number[]): string =>
    isNamed
      ? ` && ${field} in {${rows.map((row) => addressText(claims.version(row), claims.address(row), addresses)).join(', ')}}`
      : ''
  const anyOf = (terms: readonly string[]): string => (isNamed ? ` and (${terms.join(' or ')})` : '')
  const [ipv4, ipv6] = [of(4), of(6)]
  const wireshark: string[] = []
  const bpf: string[] = []
  if (ipv4.length > 0) {
    wireshark.push(`arp.src.hw_mac == ${hardware}${among('arp.src.proto_ipv4', ipv4)}`)
    const sender = `arp[8:2] == ${claims.hardwareHigh(machineRow)} and arp[10:4] == ${claims.hardwareLow(machineRow) >>> 0}`
    bpf.push(`${sender}${anyOf(ipv4.map((row) => `arp[14:4] == ${claims.address(row) >>> 0}`))}`)
  }
  if (ipv6.length > 0) {
    wireshark.push(
      `icmpv6.type == 136 && eth.src == ${hardware}${among('icmpv6.nd.na.target_address', ipv6)}`,
    )
    const words = (row: number): string =>
      [0, 1, 2, 3]
        .map((i) => `ip6[${48 + 4 * i}:4] == ${addresses.words[claims.address(row) * 4 + i]! >>> 0}`)
        .join(' and ')
    bpf.push(
      `icmp6 and ip6[40] == 136 and ether src ${hardware}${anyOf(ipv6.map((row) => `(${words(row)})`))}`,
    )
  }
  const join = (parts: readonly string[], or: string): string =>
    parts.length === 1 ? parts[0]! : parts.map((part) => `(${part})`).join(or)
  return { wireshark: join(wireshark, ' || '), bpf: join(bpf, ' or ') }
}
