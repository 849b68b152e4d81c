/** The long tables: conversations, addresses, services, and what the application decoders read. */

import type { ConversationRow } from '../../engine/summarize/capture-summary.ts'
import type { ReportContext } from '../context.ts'
import { bar, dataTable, twoBars } from '../table.ts'
import { count, counted, NO_VALUE } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { CONNECTION_STATES, heading } from '../text/names.ts'
import { cutText } from '../text/visible-text.ts'
import { explanation, type Section } from './section.ts'
import { serviceUse } from './service-use.ts'

export function conversationsSection({ summary, clock }: ReportContext): Section {
  const endpoint = ({ address, port }: ConversationRow['originator']) => {
    if (port === null) return cutText(address)
    return address.includes(':') ? `[${cutText(address)}]:${port}` : `${cutText(address)}:${port}`
  }
  const states = new Set(summary.conversations.map(({ state }) => state))
  const legend = CONNECTION_STATES.filter(([state]) => states.has(state))
  return {
    id: 'conversations',
    title: 'Conversations',
    wide: true,
    tally: count(summary.conversationCount),
    body: html`${dataTable({
      id: 'conversation-table',
      caption: 'Transport conversations, both directions in one row',
      singular: 'conversation',
      totalCount: summary.conversationCount,
      order: 'largest by bytes',
      rows: summary.conversations,
      empty: 'There are no conversations.',
      columns: [
        { heading: 'Protocol', kind: 'text', cell: ({ protocol }) => protocol },
        {
          heading: 'Originator',
          kind: 'fixed',
          cell: ({ originator }) => endpoint(originator),
          note: 'Sent the first packet seen, unless that is a SYN+ACK',
        },
        { heading: 'Responder', kind: 'fixed', cell: ({ responder }) => endpoint(responder) },
        {
          heading: 'Application',
          kind: 'text',
          cell: ({ application, applicationBasis }) =>
            application === null
              ? NO_VALUE
              : `${application}${applicationBasis === 'port' ? ' (by port)' : ''}`,
        },
        { heading: 'State', kind: 'text', cell: ({ state }) => state ?? NO_VALUE, note: 'Zeek’s conn_state' },
        { heading: 'Packets', kind: 'number', cell: ({ packetCount }) => count(packetCount) },
        {
          heading: 'Bytes (B)',
          kind: 'number',
          cell: ({ byteCount }) => count(byteCount),
          note: 'Original bytes of whole frames, as tshark -z conv',
        },
        {
          heading: 'Packets →',
          kind: 'number',
          cell: ({ originatorPacketCount }) => count(originatorPacketCount),
          note: 'From the originator',
        },
        {
          heading: 'Bytes → (B)',
          kind: 'number',
          cell: ({ originatorByteCount }) => count(originatorByteCount),
          note: 'From the originator',
        },
        {
          heading: 'Packets ←',
          kind: 'number',
          cell: ({ responderPacketCount }) => count(responderPacketCount),
          note: 'From the responder',
        },
        {
          heading: 'Bytes ← (B)',
          kind: 'number',
          cell: ({ responderByteCount }) => count(responderByteCount),
          note: 'From the responder',
        },
        {
          heading: `First (${clock.zoneName})`,
          kind: 'fixed',
          cell: ({ firstTimestamp }) => clock.exact(firstTimestamp),
        },
        {
          heading: 'Duration (s)',
          kind: 'number',
          cell: ({ durationSeconds }) => exactSeconds(durationSeconds),
        },
        {
          heading: 'First frame',
          kind: 'number',
          cell: ({ firstFrame }) => count(firstFrame),
          note: 'As Wireshark numbers it',
        },
        {
          heading: 'Tunnel',
          kind: 'text',
          cell: ({ tunnel }) => tunnel ?? '',
          note: 'Inside a tunnel: part of the outer conversation, not added to totals',
        },
      ],
    })}
    ${legend.length > 0 && explanation(html`States: ${legend.map(([state, meaning], index) => html`${index > 0 && '; '}<b>${state}</b> ${meaning}`)}.`)}`,
  }
}

/** Nanoseconds kept, as far as a double holds them. */
function exactSeconds(seconds: number): string {
  const [whole, fraction] = seconds.toFixed(9).split('.') as [string, string]
  return `${count(Number(whole))}.${fraction}`
}

export function endpointsSection({ summary }: ReportContext): Section {
  const most = summary.endpoints.reduce((largest, { byteCount }) => Math.max(largest, byteCount), 0)
  return {
    id: 'endpoints',
    title: 'Addresses',
    tally: count(summary.endpointCount),
    body: html`${dataTable({
      id: 'endpoint-table',
      caption: 'One row for each IP address',
      singular: 'address',
      plural: 'addresses',
      totalCount: summary.endpointCount,
      order: 'largest by bytes',
      rows: summary.endpoints,
      empty: 'No packet carries an IP address.',
      columns: [
        { heading: 'Address', kind: 'fixed', cell: ({ address }) => cutText(address) },
        { heading: 'Packets', kind: 'number', cell: ({ packetCount }) => count(packetCount) },
        {
          heading: 'Bytes (B)',
          kind: 'number',
          cell: ({ byteCount }) => count(byteCount),
          note: 'Sent and received; the rows add up to twice the total, as each frame has two ends',
        },
        {
          heading: 'Sent, received',
          kind: 'text',
          cell: (row) => twoBars(row.sentByteCount, row.receivedByteCount, most),
          note: 'The whole width is the bytes of the largest address',
        },
        { heading: 'Packets sent', kind: 'number', cell: ({ sentPacketCount }) => count(sentPacketCount) },
        { heading: 'Bytes sent (B)', kind: 'number', cell: ({ sentByteCount }) => count(sentByteCount) },
        {
          heading: 'Packets received',
          kind: 'number',
          cell: ({ receivedPacketCount }) => count(receivedPacketCount),
        },
        {
          heading: 'Bytes received (B)',
          kind: 'number',
          cell: ({ receivedByteCount }) => count(receivedByteCount),
        },
        {
          heading: 'Tunnel',
          kind: 'text',
          cell: ({ tunnel }) => tunnel ?? '',
          note: 'Seen only inside one: not part of the totals',
        },
      ],
    })}
    ${explanation('As tshark -q -z endpoints,ip and endpoints,ipv6 count: whole frames by their original length.')}`,
  }
}

export function servicesSection({ summary }: ReportContext): Section {
  const { used, probedCount } = serviceUse(summary)
  return {
    id: 'services',
    title: 'Services',
    tally: count(used.length),
    body: html`${dataTable({
      id: 'service-table',
      caption: 'Conversations by transport and the responder’s port',
      singular: 'service',
      order: 'largest by bytes',
      rows: used,
      empty: 'Nobody answered on any port.',
      columns: [
        { heading: 'Protocol', kind: 'text', cell: ({ protocol }) => protocol },
        { heading: 'Port', kind: 'number', cell: ({ port }) => String(port) },
        {
          heading: 'Registered name',
          kind: 'text',
          cell: ({ name }) => (name === null ? NO_VALUE : cutText(name)),
          note: 'IANA’s name of the port; what runs there may be something else',
        },
        {
          heading: 'Conversations',
          kind: 'number',
          cell: ({ conversationCount }) => count(conversationCount),
        },
        { heading: 'Packets', kind: 'number', cell: ({ packetCount }) => count(packetCount) },
        { heading: 'Bytes (B)', kind: 'number', cell: ({ byteCount }) => count(byteCount) },
        {
          heading: 'Share',
          kind: 'text',
          cell: ({ byteCount }) => bar(byteCount, summary.capture.originalByteCount),
          note: 'Of all bytes on the wire; the whole width is 100 %',
        },
      ],
    })}
    ${probedCount > 0 && explanation(`${counted(probedCount, 'further port was', 'further ports were')} only probed: nobody there answered, but to refuse. The data inside this file lists them.`)}`,
  }
}

export function applicationsSection({ summary }: ReportContext): Section {
  const applications = Object.entries(summary.applications).filter(([, { messageCount }]) => messageCount > 0)
  const blocks = applications.map(([name, { messageCount, tables }], at): Html => {
    const lists = Object.entries(tables).filter(([, { rows }]) => rows.length > 0)
    return html`<h3>
        ${cutText(name)} <span class="quiet">${counted(messageCount, 'message')} understood</span>
      </h3>
      <div class="columns">
        ${lists.map(([table, { rows, distinctCount }], index) => {
          const listed = rows.reduce((sum, row) => sum + row.count, 0)
          return html`<div>
            ${dataTable({
              id: `application-${at + 1}-${index + 1}`,
              caption: heading(table),
              singular: 'value',
              totalCount: distinctCount,
              order: 'most frequent first',
              rows,
              empty: '',
              columns: [
                { heading: 'Value', kind: 'code', cell: (row) => cutText(row.name, 200) },
                { heading: 'Count', kind: 'number', cell: (row) => count(row.count) },
                {
                  heading: 'Share',
                  kind: 'text',
                  cell: (row) => bar(row.count, listed),
                  note: 'Of all that are listed here; the whole width is 100 %',
                },
              ],
            })}
          </div>`
        })}
      </div>`
  })
  return {
    id: 'applications',
    title: 'Applications',
    tally: count(applications.length),
    body: blocks.length === 0 ? html`<p class="empty">No application message was understood.</p>` : blocks,
  }
}
