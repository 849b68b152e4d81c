/** Which capture this report is about, exactly enough to find it again. */

import type { ReportContext } from '../context.ts'
import { dataTable } from '../table.ts'
import { bytes, count, duration, NO_VALUE, percent } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { nanosecondsBetween } from '../text/moment.ts'
import { digestText } from '../text/sha256.ts'
import { cutText } from '../text/visible-text.ts'
import { factList, type Section } from './section.ts'

export function captureSection(context: ReportContext): Section {
  return {
    id: 'capture',
    title: 'The capture',
    body: html`${identity(context)} ${files(context)} ${interfaces(context)} ${comments(context)}`,
  }
}

function identity({ summary, clock }: ReportContext): Html {
  const { capture } = summary
  const writer = [capture.hardware, capture.operatingSystem, capture.application].filter(
    (one) => one !== null,
  )
  return factList([
    {
      name: 'First packet',
      value: clock.exactWithZone(capture.firstTimestamp),
      note: 'earliest, as in the file',
    },
    {
      name: 'Last packet',
      value: clock.exactWithZone(capture.lastTimestamp),
      note: 'latest, as in the file',
    },
    {
      name: 'Duration',
      value: exactDuration(capture.firstTimestamp, capture.lastTimestamp),
      note: `${duration(capture.durationSeconds)}, latest less earliest`,
    },
    { name: 'Packets', value: count(capture.packetCount), note: 'each record once, as capinfos -c' },
    {
      name: 'Bytes on the wire',
      value: bytes(capture.originalByteCount),
      note: 'original lengths, as capinfos -d; the unit of every byte figure here',
    },
    {
      name: 'Bytes captured',
      value: bytes(capture.capturedByteCount),
      note: `${percent(capture.capturedByteCount, capture.originalByteCount)} of those on the wire`,
    },
    { name: 'Format', value: capture.format, note: 'container of the records' },
    {
      name: 'Order of time',
      value: capture.isTimeOrdered ? 'ascending' : 'not ascending',
      note: 'as capinfos -o',
    },
    {
      name: 'Address pairs',
      value: `${count(summary.pairCounts.ipv4)} IPv4, ${count(summary.pairCounts.ipv6)} IPv6`,
      note: 'distinct, unordered, outermost headers',
    },
    {
      name: 'Port pairs',
      value: `${count(summary.pairCounts.tcp)} TCP, ${count(summary.pairCounts.udp)} UDP`,
      note: 'distinct pairs of address and port',
    },
    {
      name: 'Written by',
      value: writer.length === 0 ? NO_VALUE : cutText(writer.join(' · ')),
      note: 'as the file itself says',
    },
  ])
}

function exactDuration(first: string | null, last: string | null): string {
  const nanoseconds = nanosecondsBetween(first, last)
  if (nanoseconds === null) return NO_VALUE
  const digits = nanoseconds.toString().padStart(10, '0')
  return `${digits.slice(0, -9).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-9)} s`
}

function files({ summary }: ReportContext): Html {
  return dataTable({
    id: 'files',
    caption: 'Files analysed',
    singular: 'file',
    rows: summary.capture.files,
    empty: 'No file is named.',
    columns: [
      { heading: 'Name', kind: 'text', cell: ({ name }) => cutText(name) },
      {
        heading: 'Size (B)',
        kind: 'number',
        cell: ({ byteCount }) => count(byteCount),
        note: 'Bytes of the file on disk',
      },
      { heading: 'Format', kind: 'text', cell: ({ format }) => format },
      { heading: 'Compression', kind: 'text', cell: ({ compression }) => compression },
      {
        heading: 'SHA-256',
        kind: 'fixed',
        cell: ({ sha256 }) => digestText(sha256),
        note: 'Of the file on disk, as sha256sum prints it',
      },
    ],
  })
}

function interfaces({ summary }: ReportContext): Html {
  return dataTable({
    id: 'interfaces',
    caption: 'Interfaces the packets were captured on',
    singular: 'interface',
    totalCount: summary.capture.interfaceCount,
    order: 'in the order of the file',
    rows: summary.capture.interfaces,
    empty: 'The capture names no interface.',
    columns: [
      { heading: 'Id', kind: 'number', cell: ({ id }) => count(id) },
      { heading: 'Name', kind: 'text', cell: ({ name }) => (name === null ? NO_VALUE : cutText(name)) },
      {
        heading: 'Link type',
        kind: 'text',
        cell: ({ linkType, linkTypeName }) => `${linkTypeName} (${linkType})`,
        note: 'Registered LINKTYPE_ value',
      },
      {
        heading: 'Snaplen (B)',
        kind: 'number',
        cell: ({ snaplen }) => (snaplen === 0 ? 'no limit' : count(snaplen)),
        note: 'Longest packet kept',
      },
      {
        heading: 'Time resolution',
        kind: 'text',
        cell: ({ timestampResolution }) => resolutionText(timestampResolution),
      },
      { heading: 'Packets', kind: 'number', cell: ({ packetCount }) => count(packetCount) },
      {
        heading: 'Dropped',
        kind: 'number',
        cell: ({ droppedCount }) => (droppedCount === null ? 'not stated' : count(droppedCount)),
        note: 'Packets lost, as the interface statistics say',
      },
    ],
  })
}

/** `10^-6` as people say it. */
function resolutionText(resolution: string): string {
  const names: readonly (readonly [string, string])[] = [
    ['10^-3', '1 ms'],
    ['10^-6', '1 µs'],
    ['10^-9', '1 ns'],
  ]
  return names.find(([written]) => written === resolution)?.[1] ?? resolution
}

function comments({ summary }: ReportContext): Html {
  const { comments, commentCount } = summary.capture
  if (commentCount === 0) return html``
  return html`${dataTable({
    id: 'comments',
    caption: 'Comments in the capture',
    singular: 'comment',
    totalCount: commentCount,
    order: 'in the order of the file',
    rows: comments,
    empty: 'None is kept.',
    columns: [
      {
        heading: 'Frame',
        kind: 'number',
        cell: ({ frame }) => (frame === null ? 'whole file' : count(frame)),
      },
      { heading: 'Comment', kind: 'text', cell: ({ text }) => cutText(text.replaceAll(/\r?\n/g, ' ⏎ ')) },
    ],
  })}`
}
