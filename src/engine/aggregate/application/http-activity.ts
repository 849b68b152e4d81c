/** Who asked which web server with credentials, and which answers refused: evidence of guessing. RFC 9110. */

import type { HttpHead } from '../../decode/application/http-message.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { EvidenceRows } from './evidence-rows.ts'
import type { AddressMap, MessageView } from './message-view.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** Distinct (client, server, port). A busy proxy's hour has some ten thousand. */
export const HTTP_ROW_COUNT_MAX = 65_536

/** Columns of `exchanges`. */
export const HttpColumn = Object.freeze({
  unauthorized: 0,
  forbidden: 1,
  /** Requests that carried an Authorization field. */
  authorizations: 2,
})

export class HttpActivity {
  /** Key: IP version, client, server, server's port. Columns: HttpColumn. */
  readonly exchanges: EvidenceRows

  constructor(hash: KeyHash) {
    this.exchanges = new EvidenceRows(hash, 4, ['sum', 'sum', 'sum'], HTTP_ROW_COUNT_MAX)
  }

  observe(view: MessageView, head: HttpHead): void {
    const { isRequest } = head
    const client = isRequest ? view.src : view.dst
    const server = isRequest ? view.dst : view.src
    const row = this.exchanges.rowOf(view.ipVersion, client, server, isRequest ? view.dstPort : view.srcPort)
    if (row === -1) return
    this.exchanges.see(row, view.frameNumber, view.seconds, view.nanoseconds)
    if (isRequest) {
      if (head.authorizationOffset !== -1) this.exchanges.add(row, HttpColumn.authorizations, 1)
    } else if (head.statusCode === 401) this.exchanges.add(row, HttpColumn.unauthorized, 1)
    else if (head.statusCode === 403) this.exchanges.add(row, HttpColumn.forbidden, 1)
  }

  merge(later: HttpActivity, frameOffset: number, addressOf: AddressMap): void {
    this.exchanges.mergeByAddress(later.exchanges, frameOffset, addressOf, 2)
  }

  writePart(part: PartWriter): void {
    this.exchanges.writePart(part.under('exchanges'))
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.exchanges.readPart(part.under('exchanges'), ipv6Count, 2)
  }
}
