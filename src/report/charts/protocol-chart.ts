/** The protocol hierarchy as an icicle: each layer's bytes lie above those of the layers they carry. */

import { hierarchy, partition, type HierarchyRectangularNode } from 'd3-hierarchy'
import type { ProtocolRow } from '../../engine/summarize/capture-summary.ts'
import { count, percent, scaled } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { chart, CHART_WIDTH, coordinate, fitted, REST_MARK } from './drawing.ts'

/** One protocol on one path, with those it carries. */
export interface ProtocolNode {
  readonly name: string
  readonly path: readonly string[]
  readonly packetCount: number
  readonly byteCount: number
  readonly children: ProtocolNode[]
}

/** Layers drawn; deeper ones, such as tunnels in tunnels, are in the table only. */
const LAYER_COUNT_MAX = 9
const LAYER_HEIGHT = 30
/** User units below which a box is not drawn: it could not be seen. */
const BOX_WIDTH_MIN = 0.4

/** The rows as a tree, largest first; a row whose parent is missing hangs where it can. */
export function protocolTree(rows: readonly ProtocolRow[]): ProtocolNode[] {
  const roots: ProtocolNode[] = []
  const byPath = new Map<string, ProtocolNode>()
  for (const row of [...rows].sort((a, b) => a.path.length - b.path.length)) {
    const { path, packetCount, byteCount } = row
    const node: ProtocolNode = { name: path.at(-1) ?? '', path, packetCount, byteCount, children: [] }
    const parent = byPath.get(JSON.stringify(path.slice(0, -1)))
    ;(parent?.children ?? roots).push(node)
    byPath.set(JSON.stringify(path), node)
  }
  sortBySize(roots)
  return roots
}

function sortBySize(nodes: ProtocolNode[]): void {
  nodes.sort((a, b) => b.byteCount - a.byteCount || (a.name < b.name ? -1 : 1))
  for (const node of nodes) sortBySize(node.children)
}

export function protocolChart(rows: readonly ProtocolRow[], totalByteCount: number): Html {
  const roots = protocolTree(rows)
  if (roots.length === 0 || totalByteCount === 0) return html``
  const top: ProtocolNode = { name: '', path: [], packetCount: 0, byteCount: 0, children: roots }
  const tree = hierarchy(top).sum(ownByteCount)
  const layers = Math.min(tree.height, LAYER_COUNT_MAX)
  // Packet lengths of 0 (or rows that disagree) must not stretch the picture beyond its frame.
  const width = CHART_WIDTH * Math.min(1, (tree.value ?? 0) / totalByteCount)
  const placed = partition<ProtocolNode>().size([width, tree.height + 1])(tree)
  const boxes = placed
    .descendants()
    .filter(({ depth, x0, x1 }) => depth > 0 && depth <= layers && x1 - x0 >= BOX_WIDTH_MIN)
  const height = layers * LAYER_HEIGHT
  return html`<figure>
    ${chart(
      height,
      'Protocol hierarchy by bytes; the table below holds every number',
      boxes.map((box) => drawnBox(box, totalByteCount)),
    )}
    <figcaption>
      Width is bytes: all ${scaled(totalByteCount, 'B')} across. Each box stands on the protocol that carried
      it; what is too narrow to be seen is in the table.
    </figcaption>
  </figure>`
}

/** Bytes of frames whose last protocol this is: partition adds those of the children itself. */
function ownByteCount(node: ProtocolNode): number {
  const carried = node.children.reduce((sum, { byteCount }) => sum + byteCount, 0)
  return Math.max(0, node.byteCount - carried)
}

function drawnBox(box: HierarchyRectangularNode<ProtocolNode>, totalByteCount: number): Html {
  const { x0, x1, depth, data } = box
  const [width, y] = [x1 - x0, (depth - 1) * LAYER_HEIGHT]
  const share = percent(data.byteCount, totalByteCount)
  const name = fitted(data.name, width - 10, 7.2)
  const withShare = width - 10 > (data.name.length + share.length + 3) * 7.2
  const label = name !== '' && html`<text x="${coordinate(x0 + 6)}" y="${y + 19}">${name}</text>`
  const figure =
    withShare && html`<text class="quiet end" x="${coordinate(x1 - 8)}" y="${y + 19}">${share}</text>`
  return html`<g
    ><title>
      ${data.path.join(' › ')}: ${count(data.packetCount)} packets, ${count(data.byteCount)} B, ${share}</title
    ><rect
      class="box ${markOf(data.path)}"
      x="${coordinate(x0)}"
      y="${y}"
      width="${coordinate(Math.max(0.4, width - 1))}"
      height="${LAYER_HEIGHT - 2}"
    />${label}${figure}</g
  >`
}

/** Transports, and what stands beside them: each keeps its colour, with all it carries, in every report. */
const MARK_OF = new Map([
  ['tcp', 's1'],
  ['udp', 's2'],
  ['icmp', 's3'],
  ['icmpv6', 's3'],
  ['arp', 's4'],
  ['sctp', 's5'],
])

function markOf(path: readonly string[]): string {
  return path.map((name) => MARK_OF.get(name)).find((mark) => mark !== undefined) ?? REST_MARK
}
