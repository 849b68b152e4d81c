/** Ports that FTP control connections named for data: many ports of one server without a scan, and FTP bounces. */

import { FtpDataPort, readFtpDataPort } from '../../decode/application/ftp-data-port.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { EvidenceRows } from './evidence-rows.ts'
import type { AddressMap, MessageView } from './message-view.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** Distinct (host, port). A busy server names one a transfer. */
export const FTP_DATA_PORT_COUNT_MAX = 65_536

/** Columns of `rows`. */
export const FtpDataColumn = Object.freeze({
  announcements: 0,
  /** Of them, those that named another host than their sender: NAT, or an FTP bounce. */
  thirdParty: 1,
})

export class FtpDataPorts {
  /** Key: IP version, host that expects the data connection (the sender of the message), port. */
  readonly rows: EvidenceRows
  readonly #data = new FtpDataPort()

  constructor(hash: KeyHash) {
    this.rows = new EvidenceRows(hash, 3, ['sum', 'sum'], FTP_DATA_PORT_COUNT_MAX)
  }

  /** Whether a control connection of the host named this port. */
  isAnnounced(ipVersion: number, address: number, port: number): boolean {
    return this.rows.find(ipVersion, address, port) !== -1
  }

  observe(view: MessageView): void {
    if (!readFtpDataPort(view.bytes, view.offset, view.length, this.#data)) return
    const row = this.rows.rowOf(view.ipVersion, view.src, this.#data.port)
    if (row === -1) return
    this.rows.see(row, view.frameNumber, view.seconds, view.nanoseconds)
    this.rows.add(row, FtpDataColumn.announcements, 1)
    const named = this.#data.address
    if (view.ipVersion === 4 && named !== 0 && named !== view.src)
      this.rows.add(row, FtpDataColumn.thirdParty, 1)
  }

  writePart(part: PartWriter): void {
    this.rows.writePart(part.under('rows'))
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.rows.readPart(part.under('rows'), ipv6Count)
  }

  merge(later: FtpDataPorts, frameOffset: number, addressOf: AddressMap): void {
    this.rows.mergeByAddress(later.rows, frameOffset, addressOf)
  }
}
