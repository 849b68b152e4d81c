/** What tshark counts, read off our summary: pairs, and packets and bytes of the outermost network and transport layers. */

import type { CaptureSummary } from '../../src/engine/index.ts'
import type { ExpectedFigures } from './shared-captures.ts'

/** `name value` pairs, such as `pairs.tcp` 12 and `l4.udp.bytes` 3400. */
export type Figures = ReadonlyMap<string, number>

const NETWORK = ['ip', 'ipv6', 'arp'] as const
const TRANSPORT = ['tcp', 'udp', 'icmp', 'icmpv6', 'sctp'] as const
/** IPv6's extension headers and AH stand between IP and what it carries; everything else makes what follows an inner layer. */
const BETWEEN = ['ah', 'ipcomp']

export function figuresOf(summary: CaptureSummary): Figures {
  const figures = new Map<string, number>()
  for (const name of ['ipv4', 'ipv6', 'tcp', 'udp'] as const)
    figures.set(`pairs.${name}`, summary.pairCounts[name])
  for (const name of [...NETWORK.map((each) => `l3.${each}`), ...TRANSPORT.map((each) => `l4.${each}`)]) {
    figures.set(`${name}.packets`, 0)
    figures.set(`${name}.bytes`, 0)
  }
  for (const { path, packetCount, byteCount } of summary.protocols) {
    const layer = outermostLayer(path)
    if (layer === null) continue
    figures.set(`${layer}.packets`, (figures.get(`${layer}.packets`) ?? 0) + packetCount)
    figures.set(`${layer}.bytes`, (figures.get(`${layer}.bytes`) ?? 0) + byteCount)
  }
  return figures
}

export function expectedFigures(expected: ExpectedFigures): Figures {
  const figures = new Map<string, number>()
  for (const name of ['ipv4', 'ipv6', 'tcp', 'udp'] as const) {
    figures.set(`pairs.${name}`, expected.conversations?.[name].count ?? 0)
  }
  const names = { ip: 'IPv4', ipv6: 'IPv6', arp: 'ARP' } as const
  for (const name of NETWORK) set(figures, `l3.${name}`, expected.l3?.[names[name]])
  for (const name of TRANSPORT) set(figures, `l4.${name}`, expected.l4_outermost?.[name])
  return figures
}

function set(
  figures: Map<string, number>,
  name: string,
  counts: { packets: number; bytes: number } | undefined,
): void {
  figures.set(`${name}.packets`, counts?.packets ?? 0)
  figures.set(`${name}.bytes`, counts?.bytes ?? 0)
}

/** `l3.ip` for a path that ends in its first network layer, `l4.tcp` for one that ends in that layer's transport. */
function outermostLayer(path: readonly string[]): string | null {
  const last = path.at(-1)
  const before = path.slice(0, -1)
  const network = before.findIndex((name) => (NETWORK as readonly string[]).includes(name))
  if (network === -1)
    return (NETWORK as readonly (string | undefined)[]).includes(last) ? `l3.${String(last)}` : null
  const between = before.slice(network + 1)
  const isDirect = between.every((name) => name.startsWith('ipv6.') || BETWEEN.includes(name))
  return isDirect && (TRANSPORT as readonly (string | undefined)[]).includes(last)
    ? `l4.${String(last)}`
    : null
}
