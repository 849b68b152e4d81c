/** What this capture can and cannot show, in sentences: the report's own doubt. */

import type { ReportContext } from '../context.ts'
import { bytes, count, counted, percent } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { words } from '../text/names.ts'
import { cutText } from '../text/visible-text.ts'
import { factList, type Section } from './section.ts'

export function qualitySection(context: ReportContext): Section {
  const { remarks } = context.summary.capture.quality
  const body = html`${
    remarks.length === 0
      ? html`<p>Nothing was noticed that lowers what the findings can say.</p>`
      : html`<ul class="remarks">
          ${remarks.map((remark) => html`<li>${cutText(remark)}</li>`)}
        </ul>`
  }
  ${facts(context)}`
  return { id: 'quality', title: 'What this capture can show', body }
}

function facts({ summary }: ReportContext): Html {
  const { capture } = summary
  const { quality, ending } = capture
  const share = (part: number | null) => (part === null ? 'nothing to judge by' : percent(part, 1))
  const times =
    quality.disorderedPacketCount === 0
      ? 'every packet is at or after the one before it'
      : `${counted(quality.disorderedPacketCount, 'packet')} earlier than the one before`
  return factList([
    {
      name: 'Read',
      value: ending.kind === 'complete' ? 'to its end' : `up to byte offset ${count(ending.byteOffset)}`,
      note:
        ending.kind === 'complete'
          ? `${bytes(ending.byteOffset)}, every byte understood`
          : `${words(ending.kind)}: ${cutText(ending.detail)}`,
    },
    {
      name: 'One-way TCP',
      value: share(quality.oneWayShare),
      note: 'TCP conversations seen in one direction although they carry data or acknowledgments',
    },
    {
      name: 'Under way at the start',
      value: `${count(quality.midstreamConversationCount)} of ${count(quality.tcpConversationCount)}`,
      note: 'TCP conversations without their beginning',
    },
    {
      name: 'Packets cut short',
      value: `${count(capture.truncatedPacketCount)}, ${share(quality.truncatedShare)}`,
      note: 'captured length below original length (snaplen)',
    },
    {
      name: 'Dropped while capturing',
      value:
        quality.droppedPacketCount === null ? 'not stated' : counted(quality.droppedPacketCount, 'packet'),
      note: 'interface statistics of the file',
    },
    { name: 'Order of time', value: times },
    {
      name: 'Without a time',
      value: counted(quality.untimedPacketCount, 'packet'),
      note: 'Simple Packet Blocks; counted, not on the time axis',
    },
    {
      name: 'Zero-filled at the end',
      value: counted(quality.zeroFilledTailCount, 'record'),
      note: 'preallocated file; counted, not on the time axis',
    },
  ])
}
