/** Flagged scanners, findings with their evidence, and the sources that were considered and let go. */

import type { Outcomes, TimestampText } from '../../engine/summarize/capture-summary.ts'
import type { ReportContext } from '../context.ts'
import { dataTable } from '../table.ts'
import { count, counted, NO_VALUE } from '../text/figures.ts'
import { html } from '../text/html.ts'
import { nanosecondsBetween } from '../text/moment.ts'
import { OUTCOME_MEANINGS, OUTCOMES, words } from '../text/names.ts'
import { cutText } from '../text/visible-text.ts'
import { FINDING_CARD_COUNT_MAX, findingHref } from './finding-anchor.ts'
import { findingCard } from './finding-card.ts'
import { measureLine } from './measures.ts'
import { explanation, type Section, severityMark } from './section.ts'

export function scannersSection({ summary, clock }: ReportContext): Section {
  const place = new Map(summary.findings.map(({ id }, index) => [id, index]))
  const outcomes = ({ open, refused, filtered, silent, unknown }: Outcomes) =>
    [open, refused, filtered, silent, unknown].map((one) => count(one)).join(' / ')
  return {
    id: 'scanners',
    title: 'Flagged scanners',
    tally: count(summary.scanners.length),
    body: html`${dataTable({
      id: 'scanner-table',
      caption: 'One row for each source that a scan or sweep rule flagged',
      singular: 'scanner',
      rows: summary.scanners,
      empty: 'No source is flagged as a scanner.',
      columns: [
        { heading: 'Address', kind: 'fixed', cell: ({ address }) => cutText(address) },
        {
          heading: 'Severity',
          kind: 'text',
          cell: ({ severity }) => severityMark(severity),
          note: 'How much',
        },
        {
          heading: 'Confidence',
          kind: 'number',
          cell: ({ confidence }) => confidence.toFixed(2),
          note: 'How sure, 0 to 1',
        },
        { heading: 'Kinds', kind: 'text', cell: ({ kinds }) => cutText(kinds.map(words).join(', ')) },
        { heading: 'Techniques', kind: 'text', cell: ({ techniques }) => cutText(techniques.join(', ')) },
        {
          heading: 'Targets',
          kind: 'number',
          cell: ({ targetCount }) => count(targetCount),
          note: 'Distinct addresses',
        },
        {
          heading: 'Ports',
          kind: 'number',
          cell: ({ portCount }) => count(portCount),
          note: 'Distinct ports',
        },
        { heading: 'Attempts', kind: 'number', cell: ({ attemptCount }) => count(attemptCount) },
        {
          heading: 'Outcomes',
          kind: 'text',
          cell: (row) => outcomes(row.outcomes),
          note: OUTCOMES.join(' / '),
        },
        {
          heading: `First (${clock.zoneName})`,
          kind: 'fixed',
          cell: ({ firstTimestamp }) => clock.milliseconds(firstTimestamp),
        },
        {
          heading: 'Lasted (s)',
          kind: 'number',
          cell: (row) => secondsBetween(row.firstTimestamp, row.lastTimestamp),
          note: 'First to last attempt',
        },
        {
          heading: 'Findings',
          kind: 'text',
          cell: ({ findingIds }) =>
            findingIds.map((id) => {
              const index = place.get(id)
              return index === undefined
                ? html`not listed `
                : html`<a href="${findingHref(index)}">${index + 1}</a> `
            }),
        },
      ],
    })}
    ${summary.scanners.length > 0 && explanation(`Outcomes are ${OUTCOMES.join(' / ')}: ${OUTCOMES.map((outcome) => `${outcome}, ${OUTCOME_MEANINGS[outcome]}`).join('; ')}.`)}`,
  }
}

function secondsBetween(first: TimestampText, last: TimestampText): string {
  const nanoseconds = nanosecondsBetween(first, last)
  return nanoseconds === null ? NO_VALUE : (Number(nanoseconds) / 1e9).toFixed(3)
}

export function findingsSection(context: ReportContext): Section {
  const { summary, clock } = context
  const cards = summary.findings.slice(0, FINDING_CARD_COUNT_MAX)
  const table = dataTable({
    id: 'finding-table',
    caption: 'Every finding',
    singular: 'finding',
    totalCount: summary.findingCount,
    order: 'most severe first',
    rows: summary.findings,
    empty: 'No rule fired.',
    columns: [
      {
        heading: 'No.',
        kind: 'number',
        cell: (_, index) =>
          index < FINDING_CARD_COUNT_MAX
            ? html`<a href="${findingHref(index)}">${index + 1}</a>`
            : count(index + 1),
      },
      { heading: 'Severity', kind: 'text', cell: ({ severity }) => severityMark(severity), note: 'How much' },
      {
        heading: 'Confidence',
        kind: 'number',
        cell: ({ confidence }) => confidence.toFixed(2),
        note: 'How sure, 0 to 1',
      },
      { heading: 'Rule', kind: 'text', cell: ({ rule }) => words(rule) },
      { heading: 'What', kind: 'text', cell: ({ title }) => cutText(title) },
      {
        heading: 'Sources',
        kind: 'fixed',
        cell: ({ actors }) =>
          cutText(
            actors.length > 3
              ? `${actors.slice(0, 3).join(', ')} and ${count(actors.length - 3)} more`
              : actors.join(', '),
          ),
      },
      { heading: 'Targets', kind: 'number', cell: ({ targets }) => count(targets.addressCount) },
      { heading: 'Ports', kind: 'number', cell: ({ targets }) => count(targets.portCount) },
      {
        heading: `First (${clock.zoneName})`,
        kind: 'fixed',
        cell: ({ firstTimestamp }) => clock.exact(firstTimestamp),
      },
      {
        heading: 'Frame',
        kind: 'number',
        cell: ({ firstFrame }) => (firstFrame === null ? '' : count(firstFrame)),
        note: 'First frame of the evidence, as Wireshark numbers it',
      },
    ],
  })
  const capped =
    summary.findings.length > cards.length &&
    explanation(
      `The ${counted(cards.length, 'most severe finding')} follow with their evidence; the others are in the table above.`,
    )
  return {
    id: 'findings',
    title: 'Findings',
    tally: count(summary.findingCount),
    body: html`${table}${capped}${cards.map((finding, index) => findingCard(context, finding, index))}`,
  }
}

export function dismissedSection({ summary }: ReportContext): Section {
  return {
    id: 'dismissed',
    title: 'Considered and dismissed',
    tally: count(summary.dismissed.length),
    body: html`<p>
        These sources crossed a naive threshold (15 ports of one address, or 25 addresses) and were not
        flagged.
      </p>
      ${dataTable({
        id: 'dismissed-table',
        caption: 'Sources that look like scanners at first sight and why they are not flagged',
        singular: 'source',
        rows: summary.dismissed,
        empty: 'No source came near a threshold.',
        columns: [
          { heading: 'Address', kind: 'fixed', cell: ({ address }) => cutText(address) },
          { heading: 'Reason', kind: 'text', cell: ({ reason }) => words(reason) },
          { heading: 'Explanation', kind: 'text', cell: ({ explanation }) => cutText(explanation) },
          { heading: 'Measured', kind: 'text', cell: ({ measures }) => measureLine(measures) },
        ],
      })}`,
  }
}
