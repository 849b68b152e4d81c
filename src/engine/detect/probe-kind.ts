/** What an attempt was made with, as a small number, and what that is called in findings. */

/** The order groups the TCP probes first: a kind below `udp` is TCP. */
export const ProbeKind = Object.freeze({
  tcpSyn: 0,
  tcpFin: 1,
  tcpNull: 2,
  tcpXmas: 3,
  tcpAck: 4,
  tcpMaimon: 5,
  udp: 6,
  sctpInit: 7,
  icmpEcho: 8,
  icmpTimestamp: 9,
  icmpMask: 10,
  icmpInformation: 11,
  arp: 12,
  ndp: 13,
  ipProtocol: 14,
})

export const PROBE_KIND_COUNT = 15

/** Kinds below have a port. */
export const PORTED_KIND_COUNT = ProbeKind.sctpInit + 1

/** `findings[].technique` by kind; SYN and ACK probes are refined by what followed them (scan/technique.ts). */
export const TECHNIQUE_NAMES = [
  'tcp-syn',
  'tcp-fin',
  'tcp-null',
  'tcp-xmas',
  'tcp-ack',
  'tcp-maimon',
  'udp',
  'sctp-init',
  'icmp-echo',
  'icmp-timestamp',
  'icmp-mask',
  'icmp-information',
  'arp',
  'ndp',
  'ip-protocol',
] as const

/** Probes with a port: port scans are told from these, sweeps from the others. */
export function hasPort(kind: number): boolean {
  return kind < PORTED_KIND_COUNT
}

/** Flag mixes that no TCP sends first (RFC 9293 section 3.10.7): Nmap's stealth scans. */
export function isStealth(kind: number): boolean {
  return kind >= ProbeKind.tcpFin && kind <= ProbeKind.tcpMaimon
}
