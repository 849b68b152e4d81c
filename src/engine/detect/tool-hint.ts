/** Which tool the probes are consistent with: never proof, as every field can be forged. */

import { Row } from '../aggregate/conversation-row.ts'
import { countDistinct, filterAttempts } from './attempt-groups.ts'
import type { AttemptTable } from './attempt-table.ts'
import { ProbeKind } from './probe-kind.ts'
import { isMasscan, isMirai, isZmap, optionCount, windowOf } from './probe-marks.ts'

/** Probes looked at; share of them that must agree. */
const SAMPLE_MAX = 2_000
const AGREEMENT_MIN = 0.9

const MSS_ONLY = 2

/**
 * Fingerprints from the tools' own sources: ZMap's fixed IP id 54321, masscan's id of target ^ port ^ sequence,
 * Mirai's sequence number that is the target's address, Nmap's raw probes with window 1024, 2048, 3072 or 4096 and
 * a maximum segment size as only option, unicornscan's lack of either. Null when nothing fits.
 */
export function toolHint(table: AttemptTable, attempts: Int32Array, technique: string): string | null {
  const tcp = filterAttempts(
    attempts.subarray(0, SAMPLE_MAX),
    (attempt) => table.kind(attempt) <= ProbeKind.tcpMaimon,
  )
  if (tcp.length === 0) return technique === 'udp' ? null : otherHint(technique)
  const share = (test: (attempt: number) => boolean): boolean =>
    tcp.filter(test).length >= AGREEMENT_MIN * tcp.length
  if (share((a) => isMirai(table, a))) {
    return 'consistent with Mirai and its kin (sequence number is the target’s address)'
  }
  if (tcp.length > 2 && share((a) => isZmap(table, a))) return 'consistent with ZMap (IP id 54321)'
  if (share((a) => isMasscan(table, a))) {
    return 'consistent with masscan (IP id made of target, port and sequence number)'
  }
  const window = (attempt: number): number => windowOf(table, attempt)
  const options = (attempt: number): number => table.firstWord(attempt, Row.firstTcpOptions)
  const isNmapWindow = (a: number): boolean => window(a) > 0 && window(a) <= 4096 && window(a) % 1024 === 0
  const isMssOnly = (a: number): boolean => options(a) === MSS_ONLY
  const sourcePortCount = countDistinct(tcp, (attempt) => table.sourcePort(attempt))
  if (technique === 'tcp-connect') {
    return share((a) => optionCount(options(a)) >= 3)
      ? 'consistent with connect() of an ordinary system, as Nmap -sT uses'
      : null
  }
  if (share((a) => isNmapWindow(a))) {
    const flag = NMAP_FLAGS[technique]
    // Nmap keeps one source port for all probes, and takes the next for each round of retries.
    if (flag !== undefined && sourcePortCount <= Math.max(12, tcp.length / 20)) {
      const why =
        technique === 'tcp-syn' && share(isMssOnly)
          ? 'window 1024 to 4096, segment size as only option'
          : 'window 1024 to 4096'
      return `consistent with Nmap ${flag} (${why})`
    }
    return 'consistent with masscan or Nmap (window 1024 to 4096)'
  }
  if (share((a) => options(a) === 0)) return 'handmade packets (no TCP options)'
  // Without one open port nobody knows whether the handshake would have been completed.
  return technique === 'tcp-syn' &&
    share((a) => optionCount(options(a)) >= 3) &&
    sourcePortCount > tcp.length / 2
    ? 'SYNs of an ordinary system, one source port each: consistent with connect(), as Nmap -sT uses'
    : null
}

const NMAP_FLAGS: Readonly<Record<string, string | undefined>> = {
  'tcp-syn': '-sS',
  'tcp-fin': '-sF',
  'tcp-null': '-sN',
  'tcp-xmas': '-sX',
  'tcp-ack': '-sA',
  'tcp-window': '-sW',
  'tcp-maimon': '-sM',
}

function otherHint(technique: string): string | null {
  if (technique === 'ip-protocol') return 'consistent with Nmap -sO'
  if (technique === 'sctp-init') return 'consistent with Nmap -sY'
  if (technique === 'arp') return 'consistent with Nmap -sn, arp-scan or netdiscover'
  return null
}
