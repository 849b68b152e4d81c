/** From a payload of DNS, mDNS, LLMNR or NBNS to the tallies and the evidence. */

import { DnsMessage, DnsSection, readDnsMessage } from '../../decode/application/dns-message.ts'
import { DecodeIssue, type DecodeIssueCounts } from '../../decode/decode-issue.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import type { ApplicationTally } from './application-tally.ts'
import type { DnsActivity } from './dns-activity.ts'
import type { MessageView } from './message-view.ts'
import type { NameAnswers } from './name-answers.ts'
import { CodeTable, NameTableId } from './tally-table.ts'

const TCP = 6
const ADDRESS_TYPE = 1
const ADDRESS6_TYPE = 28

export class DnsMessages {
  readonly #message = new DnsMessage()

  observe(
    view: MessageView,
    tally: ApplicationTally,
    dns: DnsActivity,
    nameAnswers: NameAnswers,
    issues: DecodeIssueCounts,
  ): void {
    const message = this.#message
    // Over TCP a length comes first; a message that goes on in the next segment is read as far as it is here.
    const skip = view.ipProtocol === TCP ? 2 : 0
    const isHeader = readDnsMessage(view.bytes, view.offset + skip, view.length - skip, message)
    countIssues(view, message, skip !== 0, issues)
    if (!isHeader) return
    const { application } = view
    tally.addCode(application, CodeTable.opcodes, message.opcode)
    if (message.isResponse) tally.addCode(application, CodeTable.responseCodes, message.responseCode)
    for (let record = 0; record < message.recordCount; record++) countRecord(view, message, record, tally)
    if (application === Protocol.dns) dns.observe(view, message)
    else nameAnswers.observe(view, message)
  }
}

function countIssues(
  view: MessageView,
  message: DnsMessage,
  isOverTcp: boolean,
  issues: DecodeIssueCounts,
): void {
  if (message.issue !== 0) issues.add(message.issue, view.frameNumber)
  if (!message.isCut || isOverTcp) return
  issues.add(
    view.isCut ? DecodeIssue['truncated-application'] : DecodeIssue['bad-dns-message'],
    view.frameNumber,
  )
}

function countRecord(view: MessageView, message: DnsMessage, record: number, tally: ApplicationTally): void {
  const { application } = view
  const section = message.section[record]!
  const type = message.type[record]!
  if (section === DnsSection.question) {
    if (message.isResponse) return
    tally.addCode(application, CodeTable.queryTypes, type)
    // Names of DNS proper are counted with the evidence, which keeps far more of them.
    if (application !== Protocol.dns) {
      tally.addName(
        application,
        NameTableId.queryNames,
        message.names,
        message.nameOffset[record]!,
        message.nameLength[record]!,
      )
    }
    return
  }
  if (application !== Protocol.dns || section !== DnsSection.answer) return
  const length = message.dataLength[record]!
  if ((type === ADDRESS_TYPE && length === 4) || (type === ADDRESS6_TYPE && length === 16)) {
    tally.addName(application, NameTableId.answerAddresses, view.bytes, message.dataOffset[record]!, length)
  }
}
