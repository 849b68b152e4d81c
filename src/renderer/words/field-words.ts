/** Names of codes as words a reader knows: rules, states, outcomes, endings, chips. */

import type { ChipField } from '../../contract/index.ts'

export const outcomeNames = ['open', 'refused', 'filtered', 'silent', 'unknown'] as const
export type OutcomeName = (typeof outcomeNames)[number]

export const outcomeMeanings: Readonly<Record<OutcomeName, string>> = {
  open: 'answered as an open port does',
  refused: 'reset, or ICMP port unreachable',
  filtered: 'ICMP says that a filter is in the way',
  silent: 'no answer, though one would have been seen',
  unknown: 'the capture cannot tell: it ends within 5 s of the attempt, or shows no answers on that path',
}

/** Zeek's conn_state (Zeek manual, Conn::Info). */
const stateMeanings: Readonly<Record<string, string>> = {
  S0: 'attempt seen, no answer',
  S1: 'established, not ended',
  SF: 'established and ended normally',
  REJ: 'attempt refused',
  S2: 'established, originator closed, no answer to that',
  S3: 'established, responder closed, no answer to that',
  RSTO: 'established, the originator reset it',
  RSTR: 'the responder reset it',
  RSTOS0: 'originator sent SYN then reset, no SYN+ACK seen',
  RSTRH: 'responder sent SYN+ACK then reset, no SYN seen',
  SH: 'originator sent SYN then FIN, no SYN+ACK seen',
  SHR: 'responder sent SYN+ACK then FIN, no SYN seen',
  OTH: 'no beginning seen: under way when the capture began',
}

export function stateMeaning(state: string): string | null {
  return Object.hasOwn(stateMeanings, state) ? stateMeanings[state]! : null
}

export const chipNames: Readonly<Record<ChipField, string>> = {
  address: 'address',
  originator: 'originator',
  responder: 'responder',
  port: 'port',
  protocol: 'protocol',
  application: 'application',
  state: 'state',
  tunnel: 'tunnel',
  rule: 'rule',
  severity: 'severity',
  technique: 'technique',
}

const acronyms =
  /\b(arp|dns|dhcp|ftp|http|icmp|icmpv6|ip|ipv4|ipv6|mac|nd|quic|rdp|sctp|smb|ssh|syn|tcp|tls|ttl|udp|vlan|vxlan|wlan)\b/g

/** `failedPorts` → `failed ports`; `syn-flood` → `SYN flood`. */
export function words(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase()
    .replace(acronyms, (acronym) => acronym.toUpperCase().replace('V', 'v'))
}

/** A measure's name without the unit that stands beside its value: `windowSeconds` → `Window`. */
export function measureName(name: string): string {
  return heading(name.replace(/(?<=.)(seconds|minutes|bits|byteCount)$/i, ''))
}

/** The same with its first letter large. */
export function heading(name: string): string {
  const text = words(name)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The unit that a measure's name ends in, empty for bare counts. */
export function unitOf(name: string): string {
  if (/seconds$/i.test(name)) return 's'
  if (/minutes$/i.test(name)) return 'min'
  if (/bits$/i.test(name)) return 'bit'
  if (/bytes?(count|max|min)?$/i.test(name)) return 'B'
  if (/share$|success$|alarm$/i.test(name)) return ''
  return ''
}

const endingWords: Readonly<Record<string, string>> = {
  complete: 'The file ends where its last record does.',
  'end-of-file': 'The file ends where its last record does.',
}

/** What an ending means; null for those that only their own detail explains. */
export function endingWord(kind: string): string | null {
  return Object.hasOwn(endingWords, kind) ? endingWords[kind]! : null
}

/** Why a source that crossed a naive threshold was let go. */
const dismissalWords: Readonly<Record<string, string>> = {
  flood: 'a flood: many packets to few places, not a search',
  backscatter: 'backscatter: replies to packets that someone forged in its name',
  resolver: 'a resolver: its many contacts are name look-ups that were answered',
  'peer-to-peer': 'peer-to-peer: many peers on high ports, a good share of which answer',
  retry: 'retries: the same few places, again and again',
  answered: 'answered: most of what it asked was answered and used',
  traceroute: 'traceroute: rising hop limits towards one place',
  'one-way-capture': 'one direction only was captured, so silence proves nothing',
}

export function dismissalWord(reason: string): string {
  return Object.hasOwn(dismissalWords, reason) ? dismissalWords[reason]! : words(reason)
}

/** The reason in a word or two, for a column beside what the source did. */
export function dismissalName(reason: string): string {
  return dismissalWord(reason).split(/[:,]/, 1)[0]!
}

/** Titles of ATT&CK techniques (attack.mitre.org) that the rules name. */
const attackTitles: Readonly<Record<string, string>> = {
  T1046: 'Network Service Discovery',
  T1018: 'Remote System Discovery',
  'T1595.001': 'Active Scanning: Scanning IP Blocks',
  'T1595.002': 'Active Scanning: Vulnerability Scanning',
  T1595: 'Active Scanning',
  T1498: 'Network Denial of Service',
  'T1498.001': 'Direct Network Flood',
  'T1498.002': 'Reflection Amplification',
  T1499: 'Endpoint Denial of Service',
  'T1499.001': 'OS Exhaustion Flood',
  'T1499.002': 'Service Exhaustion Flood',
  T1110: 'Brute Force',
  'T1110.001': 'Password Guessing',
  'T1110.003': 'Password Spraying',
  'T1557.002': 'ARP Cache Poisoning',
  T1557: 'Adversary-in-the-Middle',
  'T1071.004': 'Application Layer Protocol: DNS',
  T1071: 'Application Layer Protocol',
  T1572: 'Protocol Tunneling',
  T1048: 'Exfiltration Over Alternative Protocol',
  T1041: 'Exfiltration Over C2 Channel',
  T1029: 'Scheduled Transfer',
  T1573: 'Encrypted Channel',
}

export function attackTitle(id: string): string | null {
  return Object.hasOwn(attackTitles, id) ? attackTitles[id]! : null
}
