/** Who hands out addresses: evidence of rogue servers. RFC 2131. */

import { DhcpType, type DhcpMessage } from '../../decode/application/dhcp-message.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { EvidenceRows } from './evidence-rows.ts'
import type { AddressMap, MessageView } from './message-view.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** A network has a few servers; an attack invents addresses to answer from. */
export const DHCP_ROW_COUNT_MAX = 16_384

/** Columns of `servers`. */
export const DhcpServerColumn = Object.freeze({ offers: 0 })

export class DhcpActivity {
  /**
   * Key: IP version, source address, server identifier (IPv4 word of option 54, 0 when absent), 1 behind a relay.
   * DHCPv6 has no identifier that is an address: 0. Columns: DhcpServerColumn.
   */
  readonly servers: EvidenceRows

  constructor(hash: KeyHash) {
    this.servers = new EvidenceRows(hash, 4, ['sum'], DHCP_ROW_COUNT_MAX)
  }

  observe(view: MessageView, message: DhcpMessage): void {
    const type = message.messageType
    if (type === DhcpType.offer || type === DhcpType.ack || type === DhcpType.nak)
      this.#seeServer(view, message.serverId, message.relayAddress !== 0 ? 1 : 0, type === DhcpType.offer)
  }

  /** A DHCPv6 advertise (2) or reply (7): an offer and an acknowledgment by other names. RFC 8415 section 7.3. */
  observeDhcpv6(view: MessageView, messageType: number): void {
    if (messageType === 2 || messageType === 7) this.#seeServer(view, 0, 0, messageType === 2)
  }

  merge(later: DhcpActivity, frameOffset: number, addressOf: AddressMap): void {
    this.servers.mergeByAddress(later.servers, frameOffset, addressOf)
  }

  writePart(part: PartWriter): void {
    this.servers.writePart(part.under('servers'))
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.servers.readPart(part.under('servers'), ipv6Count)
  }

  #seeServer(view: MessageView, serverId: number, isRelayed: number, isOffer: boolean): void {
    const row = this.servers.rowOf(view.ipVersion, view.src, serverId, isRelayed)
    if (row === -1) return
    this.servers.see(row, view.frameNumber, view.seconds, view.nanoseconds)
    if (isOffer) this.servers.add(row, DhcpServerColumn.offers, 1)
  }
}
