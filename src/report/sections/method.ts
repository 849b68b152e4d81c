/** How this report came to be: oddities met, ceilings reached, thresholds used, and how to check it. */

import type { ReportContext } from '../context.ts'
import { summaryDigest } from '../data-island.ts'
import { dataTable } from '../table.ts'
import { count } from '../text/figures.ts'
import { html } from '../text/html.ts'
import { fieldHeading, heading, words } from '../text/names.ts'
import { measureText } from './measures.ts'
import { codeBox, explanation, factList, type Section } from './section.ts'

export function issuesSection({ summary }: ReportContext): Section {
  const { issues } = summary.capture
  return {
    id: 'issues',
    title: 'Oddities while reading',
    tally: count(issues.length),
    body: html`${dataTable({
      id: 'issue-table',
      caption:
        'What the file or its packets hold that their specifications do not allow, or that was cut off',
      singular: 'kind of oddity',
      plural: 'kinds of oddity',
      rows: issues,
      empty: 'None: every header was as its specification says.',
      columns: [
        { heading: 'Oddity', kind: 'text', cell: ({ kind }) => words(kind) },
        { heading: 'Times', kind: 'number', cell: (issue) => count(issue.count) },
        {
          heading: 'First frame',
          kind: 'number',
          cell: ({ firstFrame }) => (firstFrame === null ? '' : count(firstFrame)),
          note: 'As Wireshark numbers it',
        },
      ],
    })}
    ${issues.length > 0 && explanation('A packet with an oddity is counted in full; only what lies behind the odd byte is not decoded.')}`,
  }
}

export function limitsSection({ summary }: ReportContext): Section {
  const reached = Object.entries<number>({ ...summary.limits }).filter(([, left]) => left > 0)
  return {
    id: 'limits',
    title: 'Limits reached',
    tally: count(reached.length),
    body: dataTable({
      id: 'limit-table',
      caption: 'What the ceilings of memory left out; totals stay exact',
      singular: 'limit reached',
      plural: 'limits reached',
      rows: reached,
      empty: 'None: nothing had to be left out.',
      columns: [
        { heading: 'Left out', kind: 'text', cell: ([name]) => heading(name) },
        { heading: 'Count', kind: 'number', cell: ([, left]) => count(left) },
      ],
    }),
  }
}

export function rulesSection({ summary }: ReportContext): Section {
  const rows = summary.tool.rules.flatMap(({ rule, version, thresholds }) => {
    const named = Object.entries(thresholds)
    if (named.length === 0) return [{ rule, version, name: 'none', value: '' }]
    return named.map(([name, value]) => ({ rule, version, name, value: measureText(name, value) }))
  })
  return {
    id: 'rules',
    title: 'Rules and thresholds',
    tally: count(summary.tool.rules.length),
    body: dataTable({
      id: 'rule-table',
      caption: 'Every rule that was applied, with the thresholds it was applied with',
      singular: 'threshold',
      rows,
      empty: 'No rule was applied.',
      columns: [
        { heading: 'Rule', kind: 'text', cell: ({ rule }) => words(rule) },
        { heading: 'Version', kind: 'number', cell: ({ version }) => version },
        { heading: 'Threshold', kind: 'text', cell: ({ name }) => fieldHeading(name) },
        { heading: 'Value', kind: 'number', cell: ({ value }) => value },
      ],
    }),
  }
}

export function aboutSection({ summary, clock }: ReportContext): Section {
  return {
    id: 'about',
    title: 'About this report',
    body: html`${factList([
        {
          name: 'Made by',
          value: `${summary.tool.name} ${summary.tool.version}`,
          note: `summary schema ${summary.schema}`,
        },
        {
          name: 'Times',
          value: clock.zoneName,
          note: clock.zone === 'utc' ? 'no offset' : 'the zone of the machine that made the report',
        },
        {
          name: 'Digest',
          value: html`<code>${summaryDigest(summary)}</code>`,
          note: 'SHA-256 of the summary inside this file',
        },
      ])}
      <p>
        This file holds everything it shows, and its whole summary as data. It loads nothing from a network,
        and runs no script but the one that sorts and filters its tables. To check it, run the analysis again:
      </p>
      ${codeBox('Check this report', 'nta verify report.html capture.pcap')}
      <p class="note">
        Packets are records of the capture, each counted once. Bytes are original (on-the-wire) lengths with
        padding, unless a heading says otherwise. kB, MB and GB are powers of 1000. Frame numbers start at 1,
        as in Wireshark. A finding is a lead with its evidence, not a verdict on a person.
      </p>`,
  }
}
