/** One finding with all its evidence: what, who, when, how sure, how to see the same packets again. */

import type { Finding, Outcomes } from '../../engine/summarize/capture-summary.ts'
import { probeTimeline } from '../charts/probe-timeline.ts'
import type { ReportContext } from '../context.ts'
import { dataTable } from '../table.ts'
import { attackNames } from '../text/attack-names.data.ts'
import { count, counted, NO_VALUE } from '../text/figures.ts'
import { type Html, html, type Renderable } from '../text/html.ts'
import { OUTCOMES, words } from '../text/names.ts'
import { portList } from '../text/port-list.ts'
import { cutText } from '../text/visible-text.ts'
import { findingAnchor } from './finding-anchor.ts'
import { measureTable } from './measures.ts'
import { codeBox, factList, severityMark } from './section.ts'

/** Actors and targets named in the card; the data keeps every one that is listed. */
const NAMED_ADDRESS_COUNT_MAX = 12
/** Characters of the list of ports beside the other facts: a few lines. */
const CARD_PORTS_LENGTH_MAX = 160

export function findingCard(context: ReportContext, finding: Finding, index: number): Html {
  return html`<article
    class="finding ${finding.severity}"
    id="${findingAnchor(index)}"
    aria-labelledby="${findingAnchor(index)}-title"
  >
    <h3 id="${findingAnchor(index)}-title">
      <span class="number">${index + 1}</span> ${cutText(finding.title)}
    </h3>
    <p class="chips">
      ${severityMark(finding.severity)} <span class="chip">confidence ${finding.confidence.toFixed(2)}</span>
      <span class="chip">${words(finding.rule)}, version ${finding.ruleVersion}</span>
      ${finding.technique !== null && html`<span class="chip">${cutText(finding.technique)}</span>`}
      ${finding.authorised && html`<span class="chip">authorised by an allow-list</span>`}
    </p>
    <p class="sentence">${cutText(finding.explanation, 2_000)}</p>
    ${evidenceFacts(context, finding)}
    <div
      class="pair scroll"
      role="region"
      tabindex="0"
      aria-label="Measures and outcomes of finding ${index + 1}"
    >
      ${measureTable(finding, context.summary.tool.rules)}${outcomeTable(finding.outcomes)}
    </div>
    ${probeTimeline(context, finding)} ${consequences(finding, index)}
    ${codeBox('Wireshark display filter', finding.filters.wireshark)}
    ${finding.filters.bpf !== null && codeBox('BPF filter (tcpdump)', finding.filters.bpf)}
  </article>`
}

function evidenceFacts({ clock }: ReportContext, finding: Finding): Html {
  const { targets, attack } = finding
  const toolHint = finding.evidence?.toolHint ?? null
  return factList([
    {
      name: finding.actors.length === 1 ? 'Source' : 'Sources',
      value: named(finding.actors, finding.actors.length),
    },
    { name: 'Targets', value: named(targets.addresses, targets.addressCount) },
    {
      name: 'Ports',
      value:
        targets.portCount === 0
          ? NO_VALUE
          : html`${count(targets.portCount)}:
              <span class="fixed">${portList(targets.ports, CARD_PORTS_LENGTH_MAX)}</span>`,
    },
    {
      name: 'First evidence',
      value: clock.exactWithZone(finding.firstTimestamp),
      note: finding.firstFrame === null ? undefined : `frame ${count(finding.firstFrame)}`,
    },
    {
      name: 'Last evidence',
      value: clock.exactWithZone(finding.lastTimestamp),
      note: finding.firedFrame === null ? undefined : `the rule fired at frame ${count(finding.firedFrame)}`,
    },
    attack.length > 0 && { name: 'ATT&CK', value: attack.map(attackText).join('; ') },
    toolHint !== null && {
      name: 'Tool',
      value: cutText(toolHint),
      note: 'a likeness, not a proof',
    },
  ])
}

function attackText(id: string): string {
  const name = attackNames.get(id)
  return name === undefined ? cutText(id) : `${id} ${name}`
}

function named(addresses: readonly string[], total: number): Renderable {
  const shown = addresses.slice(0, NAMED_ADDRESS_COUNT_MAX)
  const rest = total - shown.length
  return html`<span class="fixed">${shown.map((address) => cutText(address)).join(', ')}</span
    >${rest > 0 && ` and ${count(rest)} more`}`
}

function outcomeTable(outcomes: Outcomes): Html {
  return html`<table class="data small n1 n2 n3 n4 n5">
    <caption class="unseen">
      Attempts by outcome
    </caption>
    <thead>
      <tr>
        ${OUTCOMES.map((outcome) => html`<th scope="col">${outcome}</th>`)}
      </tr>
    </thead>
    <tbody>
      <tr>
        ${OUTCOMES.map((outcome) => html`<td>${count(outcomes[outcome])}</td>`)}
      </tr>
    </tbody>
  </table>`
}

function consequences({ evidence }: Finding, index: number): Html {
  if (evidence === null) return html``
  const ports = (text: string) => (text === '' ? NO_VALUE : portList(text))
  const learned = dataTable({
    id: `learned-${index + 1}`,
    caption: 'Ports by what their answers gave away',
    singular: 'target',
    rows: evidence.learned,
    empty: 'Nothing: no probe was answered in a way that tells the scanner anything.',
    columns: [
      { heading: 'Target', kind: 'fixed', cell: ({ target }) => cutText(target) },
      { heading: 'Open', kind: 'code', cell: ({ open }) => ports(open) },
      { heading: 'Refused', kind: 'code', cell: ({ refused }) => ports(refused) },
      { heading: 'Filtered', kind: 'code', cell: ({ filtered }) => ports(filtered) },
      { heading: 'Silent', kind: 'code', cell: ({ silent }) => ports(silent) },
    ],
  })
  const next = dataTable({
    id: `next-${index + 1}`,
    caption: 'Sessions from the source to what it found open',
    singular: 'session',
    rows: evidence.next,
    empty: 'No session from the source to a port it found open is in the capture.',
    columns: [
      { heading: 'Target', kind: 'fixed', cell: ({ target }) => cutText(target) },
      { heading: 'Port', kind: 'number', cell: ({ port }) => String(port) },
      { heading: 'Protocol', kind: 'text', cell: ({ protocol }) => cutText(protocol) },
      { heading: 'First frame', kind: 'number', cell: ({ firstFrame }) => count(firstFrame) },
      {
        heading: 'Sent by source (B)',
        kind: 'number',
        cell: ({ originatorByteCount }) => count(originatorByteCount),
      },
      {
        heading: 'Sent to it (B)',
        kind: 'number',
        cell: ({ responderByteCount }) => count(responderByteCount),
      },
    ],
  })
  return html`<h4>What the source learned</h4>
    ${learned}
    <h4>
      What it did next${evidence.next.length > 0 && html` (${counted(evidence.next.length, 'session')})`}
    </h4>
    ${next}`
}
