/** Who answered for which name without being the DNS: LLMNR, NBNS and mDNS. Two answerers for one name are evidence. */

import { DnsSection, type DnsMessage } from '../../decode/application/dns-message.ts'
import { Protocol, PROTOCOL_COUNT } from '../../decode/protocol-table.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { NameTable } from '../../net/name-table.ts'
import { EvidenceRows } from './evidence-rows.ts'
import { mapAddress, type AddressMap, type MessageView } from './message-view.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** Distinct (protocol, name, answerer). An office has a few hundred; a poisoner answers every name that is asked. */
export const NAME_ANSWER_COUNT_MAX = 65_536
const NAMES = { countMax: 32_768, byteCountMax: 2 << 20, lengthMax: 255 }

const ADDRESS_TYPE = 1
const ADDRESS6_TYPE = 28
const NETBIOS_TYPE = 32

export class NameAnswers {
  /** Names answered for, as labels with their lengths, in lower case; NetBIOS names as they are encoded. */
  readonly names: NameTable
  /** Key: IP version, answerer, name (of `names`), Protocol number. No columns. */
  readonly rows: EvidenceRows

  constructor(hash: KeyHash) {
    this.names = new NameTable(hash, NAMES, true)
    this.rows = new EvidenceRows(hash, 4, [], NAME_ANSWER_COUNT_MAX)
  }

  /** Note the addresses that a positive response gives: of mDNS, whose other records many may share, only those. */
  observe(view: MessageView, message: DnsMessage): void {
    if (!message.isResponse || message.responseCode !== 0) return
    for (let record = 0; record < message.recordCount; record++) {
      if (message.section[record] !== DnsSection.answer) continue
      if (!isAddressRecord(view.application, message.type[record]!)) continue
      const name = this.names.add(message.names, message.nameOffset[record]!, message.nameLength[record]!)
      if (name === -1) continue
      const row = this.rows.rowOf(view.ipVersion, view.src, name, view.application)
      if (row === -1) continue
      this.rows.see(row, view.frameNumber, view.seconds, view.nanoseconds)
    }
  }

  writePart(part: PartWriter): void {
    this.names.writePart(part.under('names'))
    this.rows.writePart(part.under('rows'))
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.names.readPart(part.under('names'))
    this.rows.readPart(part.under('rows'), ipv6Count)
    this.rows.requireWord(part, 2, 0, this.names.count)
    this.rows.requireWord(part, 3, 0, PROTOCOL_COUNT)
  }

  merge(later: NameAnswers, frameOffset: number, addressOf: AddressMap): void {
    const nameOf = this.names.merge(later.names)
    for (let row = 0; row < later.rows.count; row++) {
      const version = later.rows.key(row, 0)
      const address = mapAddress(addressOf, version, later.rows.key(row, 1))
      const name = nameOf[later.rows.key(row, 2)]!
      if (name === -1) continue
      const ours = this.rows.rowOf(version, address, name, later.rows.key(row, 3))
      if (ours !== -1) this.rows.join(ours, later.rows, row, frameOffset)
    }
    this.rows.refusedCount += later.rows.refusedCount
  }
}

function isAddressRecord(application: number, type: number): boolean {
  if (application === Protocol.nbns) return type === NETBIOS_TYPE
  return type === ADDRESS_TYPE || type === ADDRESS6_TYPE
}
