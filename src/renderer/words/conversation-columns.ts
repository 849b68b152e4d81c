/** Columns of the tables of traffic: conversations, endpoints, services. Times and bytes in the person's units. */

import type { TableColumn } from '../components/table-column.ts'
import type { UseFormatReturn } from '../composables/useFormat.ts'
import type { ConversationRow, EndpointRow, ServiceRow } from '../../engine/summarize/capture-summary.ts'
import { definitions } from './definitions.ts'
import { stateMeaning } from './field-words.ts'

/** `10.0.0.1:80`, `[fe80::1]:80`, or the address alone. */
export function endText({ address, port }: ConversationRow['originator']): string {
  if (port === null) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

const portText = (port: number | null): string => (port === null ? '' : String(port))

export function conversationColumns(format: UseFormatReturn): readonly TableColumn<ConversationRow>[] {
  const number = { isNumber: true, filter: 'number' } as const
  const bytes = (
    id: string,
    title: string,
    of: (row: ConversationRow) => number,
    isHidden = false,
  ): TableColumn<ConversationRow> => ({
    id,
    title,
    width: 80,
    ...number,
    isHidden,
    hint: definitions.bytes,
    text: (row) => format.bytes(of(row)),
    title2: (row) => format.exactBytes(of(row)),
  })
  const packets = (
    id: string,
    title: string,
    of: (row: ConversationRow) => number,
    isHidden = false,
  ): TableColumn<ConversationRow> => ({
    id,
    title,
    width: 78,
    ...number,
    isHidden,
    hint: definitions.packets,
    text: (row) => format.count(of(row)),
  })
  return [
    { id: 'protocol', title: 'Protocol', width: 76, filter: 'text', text: (row) => row.protocol },
    {
      id: 'originator',
      title: 'Originator',
      width: 151,
      filter: 'text',
      hint: definitions.originator,
      text: (row) => endText(row.originator),
      title2: (row) => endText(row.originator),
    },
    {
      id: 'originatorPort',
      title: 'Originator port',
      width: 96,
      isHidden: true,
      ...number,
      text: (row) => portText(row.originator.port),
    },
    {
      id: 'responder',
      title: 'Responder',
      width: 151,
      filter: 'text',
      hint: definitions.responder,
      text: (row) => endText(row.responder),
      title2: (row) => endText(row.responder),
    },
    {
      id: 'responderPort',
      title: 'Responder port',
      width: 96,
      isHidden: true,
      ...number,
      text: (row) => portText(row.responder.port),
    },
    {
      id: 'application',
      title: 'Application',
      width: 100,
      filter: 'text',
      hint: definitions.application,
      text: (row) => row.application ?? '',
      title2: (row) => (row.applicationBasis === null ? '' : `told by its ${row.applicationBasis}`),
    },
    {
      id: 'state',
      title: 'State',
      width: 60,
      filter: 'text',
      hint: definitions.state,
      text: (row) => row.state ?? '',
      title2: (row) =>
        row.state === null ? '' : `${row.state}: ${stateMeaning(row.state) ?? 'unknown state'}`,
    },
    packets('packetCount', 'Packets', (row) => row.packetCount),
    bytes('byteCount', 'Bytes', (row) => row.byteCount),
    bytes('originatorByteCount', 'Bytes →', (row) => row.originatorByteCount),
    bytes('responderByteCount', 'Bytes ←', (row) => row.responderByteCount),
    packets('originatorPacketCount', 'Packets →', (row) => row.originatorPacketCount, true),
    packets('responderPacketCount', 'Packets ←', (row) => row.responderPacketCount, true),
    {
      id: 'firstSeconds',
      title: `First seen (${format.clockColumn.value.zone})`,
      hint: format.clockColumn.value.hint,
      width: format.clockColumn.value.width,
      isNumber: true,
      text: (row) => format.clock(row.firstTimestamp, 3),
      title2: (row) => format.moment(row.firstTimestamp, 9),
    },
    {
      id: 'durationSeconds',
      title: 'Duration',
      width: 84,
      ...number,
      hint: 'From its first packet to its last. The filter takes seconds.',
      text: (row) => format.span(row.durationSeconds),
    },
    {
      id: 'bytesPerSecond',
      title: 'Rate',
      width: 100,
      isNumber: true,
      isHidden: true,
      text: (row) => (row.durationSeconds > 0 ? format.rate(row.byteCount / row.durationSeconds) : ''),
    },
    {
      id: 'tunnel',
      title: 'Tunnel',
      width: 84,
      filter: 'text',
      isHidden: true,
      hint: 'Seen inside this tunnel; its counts are not part of the totals.',
      text: (row) => row.tunnel ?? '',
    },
    {
      id: 'firstFrame',
      title: 'First frame',
      width: 98,
      isHidden: true,
      ...number,
      hint: definitions.firstFrame,
      text: (row) => format.count(row.firstFrame),
    },
  ]
}

export function endpointColumns(format: UseFormatReturn): readonly TableColumn<EndpointRow>[] {
  const count = (
    id: string,
    title: string,
    of: (row: EndpointRow) => number,
    width = 112,
  ): TableColumn<EndpointRow> => ({
    id,
    title,
    width,
    isNumber: true,
    filter: 'number',
    text: (row) => format.count(of(row)),
  })
  const bytes = (
    id: string,
    title: string,
    of: (row: EndpointRow) => number,
    width = 112,
  ): TableColumn<EndpointRow> => ({
    id,
    title,
    width,
    isNumber: true,
    filter: 'number',
    text: (row) => format.bytes(of(row)),
    title2: (row) => format.exactBytes(of(row)),
  })
  return [
    {
      id: 'address',
      title: 'Address',
      width: 240,
      filter: 'text',
      text: (row) => row.address,
      title2: (row) => row.address,
    },
    count('packetCount', 'Packets', (row) => row.packetCount),
    bytes('byteCount', 'Bytes', (row) => row.byteCount),
    count('sentPacketCount', 'Packets sent', (row) => row.sentPacketCount),
    bytes('sentByteCount', 'Bytes sent', (row) => row.sentByteCount),
    count('receivedPacketCount', 'Packets received', (row) => row.receivedPacketCount, 142),
    bytes('receivedByteCount', 'Bytes received', (row) => row.receivedByteCount, 128),
    {
      id: 'tunnel',
      title: 'Tunnel',
      width: 84,
      filter: 'text',
      hint: 'Seen only inside this tunnel; its counts are not part of the totals.',
      text: (row) => row.tunnel ?? '',
    },
  ]
}

export function serviceColumns(format: UseFormatReturn): readonly TableColumn<ServiceRow>[] {
  return [
    { id: 'protocol', title: 'Protocol', width: 120, filter: 'text', text: (row) => row.protocol },
    {
      id: 'port',
      title: 'Port',
      width: 100,
      isNumber: true,
      filter: 'number',
      text: (row) => String(row.port),
    },
    {
      id: 'name',
      title: 'Name',
      width: 180,
      filter: 'text',
      hint: 'The name registered for the port; what is spoken there may differ.',
      text: (row) => row.name ?? '',
    },
    {
      id: 'conversationCount',
      title: 'Conversations',
      width: 140,
      isNumber: true,
      filter: 'number',
      text: (row) => format.count(row.conversationCount),
    },
    {
      id: 'packetCount',
      title: 'Packets',
      width: 120,
      isNumber: true,
      filter: 'number',
      text: (row) => format.count(row.packetCount),
    },
    {
      id: 'byteCount',
      title: 'Bytes',
      width: 120,
      isNumber: true,
      filter: 'number',
      text: (row) => format.bytes(row.byteCount),
      title2: (row) => format.exactBytes(row.byteCount),
    },
  ]
}
