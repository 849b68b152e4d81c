/** The traffic at a glance: protocols, bandwidth, talkers, who talks to whom, packet lengths. */

import type { ReportContext } from '../context.ts'
import { bandwidthChart } from '../charts/bandwidth-chart.ts'
import { matrixChart } from '../charts/matrix-chart.ts'
import { protocolChart, type ProtocolNode, protocolTree } from '../charts/protocol-chart.ts'
import { talkersChart } from '../charts/talkers-chart.ts'
import type { PacketLengthBin } from '../../engine/summarize/capture-summary.ts'
import { bar, dataTable } from '../table.ts'
import { count, percent } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { explanation, type Section } from './section.ts'

export function trafficSection(context: ReportContext): Section {
  const { summary } = context
  return {
    id: 'traffic',
    title: 'The traffic',
    body: html`<h3 id="bandwidth">Bandwidth over time</h3>
      ${bandwidthChart(context)}
      <h3 id="protocols">Protocols</h3>
      ${protocolChart(summary.protocols, summary.capture.originalByteCount)} ${protocolTable(context)}
      <h3 id="talkers">Top talkers</h3>
      ${talkersChart(summary)}
      <h3 id="matrix">Who talks to whom</h3>
      ${matrixChart(summary)}
      <h3 id="lengths">Packet lengths</h3>
      ${packetLengths(context)}`,
  }
}

interface TreeRow {
  readonly node: ProtocolNode
  readonly basis: string
}

function protocolTable({ summary }: ReportContext): Html {
  const { packetCount, originalByteCount } = summary.capture
  const basis = new Map(summary.protocols.map((row) => [JSON.stringify(row.path), row.basis]))
  const rows: TreeRow[] = []
  const add = (node: ProtocolNode) => {
    rows.push({ node, basis: basis.get(JSON.stringify(node.path)) ?? '' })
    node.children.forEach(add)
  }
  protocolTree(summary.protocols).forEach(add)
  return html`${dataTable<TreeRow>({
    id: 'protocol-table',
    caption: 'Protocol hierarchy',
    singular: 'protocol',
    order: 'largest first on every level',
    rows,
    empty: 'No protocol was recognised.',
    columns: [
      {
        heading: 'Protocol',
        kind: 'fixed',
        cell: ({ node }) =>
          html`<span class="indent i${Math.min(node.path.length - 1, 9)}">${node.name}</span>`,
        note: 'Wireshark’s short name',
      },
      {
        heading: 'Packets',
        kind: 'number',
        cell: ({ node }) => count(node.packetCount),
        note: 'Frames that hold the protocol, each once; of an application, frames with payload in its conversations',
      },
      { heading: 'Packets (%)', kind: 'number', cell: ({ node }) => percent(node.packetCount, packetCount) },
      {
        heading: 'Bytes (B)',
        kind: 'number',
        cell: ({ node }) => count(node.byteCount),
        note: 'Full original length of those frames',
      },
      {
        heading: 'Bytes (%)',
        kind: 'number',
        cell: ({ node }) => percent(node.byteCount, originalByteCount),
      },
      {
        heading: 'Share',
        kind: 'text',
        cell: ({ node }) => bar(node.byteCount, originalByteCount),
        note: 'Of all bytes on the wire; the whole width is 100 %',
      },
      {
        heading: 'Known by',
        kind: 'text',
        cell: ({ basis }) => basis,
        note: 'What told the protocol: a header before it, its own payload, or only the port',
      },
    ],
  })}
  ${explanation('A frame counts once, with its full original length, for every protocol it holds; so a line includes the lines set in below it. Lines of the link, network and transport layers count as tshark -q -z io,phs does. Lines of applications count every frame with payload in the conversations so named; tshark counts only frames in which it dissects a message, so its counts of them are usually lower.')}`
}

function packetLengths({ summary }: ReportContext): Html {
  const { packetCount } = summary.capture
  return html`${dataTable<PacketLengthBin>({
    id: 'packet-lengths',
    caption: 'Packets by original length',
    singular: 'bin',
    rows: summary.packetLengths,
    empty: 'There are no packets.',
    columns: [
      {
        heading: 'Length (B)',
        kind: 'fixed',
        cell: ({ minLength, maxLength }) =>
          maxLength === null ? `${minLength} and more` : `${minLength} to ${maxLength}`,
      },
      { heading: 'Packets', kind: 'number', cell: (bin) => count(bin.packetCount) },
      { heading: 'Packets (%)', kind: 'number', cell: (bin) => percent(bin.packetCount, packetCount) },
      {
        heading: 'Share',
        kind: 'text',
        cell: (bin) => bar(bin.packetCount, packetCount),
        note: 'Of all packets; the whole width is 100 %',
      },
      { heading: 'Bytes (B)', kind: 'number', cell: (bin) => count(bin.byteCount) },
    ],
  })}
  ${explanation('Original lengths in the bins of Wireshark’s Packet Lengths statistics.')}`
}
