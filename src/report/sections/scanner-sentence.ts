/** What a flagged scanner did, as one sentence: how many ports of whom, and how many of them were open. */

import type { Finding, ScannerRow } from '../../engine/summarize/capture-summary.ts'
import { ipv4Network } from '../text/ipv4-network.ts'
import { count, counted } from '../text/figures.ts'
import { cutText } from '../text/visible-text.ts'

type Scanner = Pick<ScannerRow, 'kinds' | 'targetCount' | 'portCount' | 'outcomes'>

/** Stands behind the scanner's address: `scanned 100 ports of 10.0.0.10, 6 open`. `findings`: its own, as far as listed. */
export function scannerSentence(scanner: Scanner, findings: readonly Finding[]): string {
  const { kinds, targetCount, portCount, outcomes } = scanner
  const whom = targetsText(targetCount, findings, 'host')
  if (kinds.every((kind) => kind === 'ip-protocol-scan')) return `tried the IP protocols of ${whom}`
  if (portCount === 0) {
    const answered = outcomes.open === 0 ? 'none answered' : `${count(outcomes.open)} answered`
    return `searched for hosts at ${targetsText(targetCount, findings, 'address')}, ${answered}`
  }
  const what = portCount === 1 ? onePortText(findings) : counted(portCount, 'port')
  const open = outcomes.open === 0 ? 'none seen open' : `${count(outcomes.open)} open`
  return `scanned ${what} ${targetCount === 1 ? 'of' : 'on'} ${whom}, ${open}`
}

/** The rule's foremost reason, as the finding's sentence has it; null where it says none. */
export function reasonText({ explanation }: Finding): string | null {
  const reason = /flagged because ([^;]+?)(?:;.*)?\.$/s.exec(explanation)?.[1]
  return reason === undefined ? null : cutText(reason, 1_000)
}

function targetsText(targetCount: number, findings: readonly Finding[], one: 'host' | 'address'): string {
  const addresses = [...new Set(findings.flatMap(({ targets }) => targets.addresses))]
  if (targetCount === 1 && addresses.length === 1) return cutText(addresses[0]!)
  const hosts = counted(targetCount, one, `${one}${one === 'host' ? 's' : 'es'}`)
  const isWhole =
    findings.length > 0 && findings.every(({ targets }) => targets.addresses.length === targets.addressCount)
  const network = isWhole ? ipv4Network(addresses) : null
  return network === null ? hosts : `${hosts} of ${network}`
}

function onePortText(findings: readonly Finding[]): string {
  const ports = new Set(findings.map(({ targets }) => targets.ports))
  const [port] = ports
  return ports.size === 1 && /^\d{1,5}$/.test(port!) ? `port ${port!}` : 'one port'
}
