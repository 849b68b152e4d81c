/** Who hands out addresses and who asks for how many: evidence of rogue servers and of starvation. RFC 2131. */

import { DhcpType, type DhcpMessage } from '../../decode/application/dhcp-message.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { EvidenceRows } from './evidence-rows.ts'
import type { AddressMap, MessageView } from './message-view.ts'
import { PairSet } from './pair-set.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** Servers, and clients, kept apart. A network has a few servers; a starvation attack invents a client a packet. */
export const DHCP_ROW_COUNT_MAX = 16_384

/** Columns of `servers`. */
export const DhcpServerColumn = Object.freeze({ offers: 0, acks: 1, naks: 2 })

/** Columns of `clients`; the first is counted from pairs. */
export const DhcpClientColumn = Object.freeze({ distinctRequestedAddresses: 0, discovers: 1, requests: 2 })

export class DhcpActivity {
  /**
   * Key: IP version, source address, server identifier (IPv4 word of option 54, 0 when absent), 1 behind a relay.
   * DHCPv6 has no identifier that is an address: 0. Columns: DhcpServerColumn.
   */
  readonly servers: EvidenceRows
  /** Key: client's hardware address, upper 16 and lower 32 bits. Columns: DhcpClientColumn. */
  readonly clients: EvidenceRows
  readonly #requested: PairSet

  constructor(hash: KeyHash) {
    this.servers = new EvidenceRows(hash, 4, ['sum', 'sum', 'sum'], DHCP_ROW_COUNT_MAX)
    this.clients = new EvidenceRows(hash, 2, ['own', 'sum', 'sum'], DHCP_ROW_COUNT_MAX)
    this.#requested = new PairSet(hash, 4 * DHCP_ROW_COUNT_MAX)
  }

  get refusedCount(): number {
    return this.servers.refusedCount + this.clients.refusedCount + this.#requested.refusedCount
  }

  observe(view: MessageView, message: DhcpMessage): void {
    const type = message.messageType
    if (type === DhcpType.offer || type === DhcpType.ack || type === DhcpType.nak) {
      const column =
        type === DhcpType.offer
          ? DhcpServerColumn.offers
          : type === DhcpType.ack
            ? DhcpServerColumn.acks
            : DhcpServerColumn.naks
      this.#seeServer(view, message.serverId, message.relayAddress !== 0 ? 1 : 0, column)
    } else if (type === DhcpType.discover || type === DhcpType.request) {
      const row = this.clients.rowOf(message.hardwareHigh, message.hardwareLow)
      if (row === -1) return
      this.clients.see(row, view.frameNumber, view.seconds, view.nanoseconds)
      this.clients.add(
        row,
        type === DhcpType.discover ? DhcpClientColumn.discovers : DhcpClientColumn.requests,
        1,
      )
      if (message.requestedAddress !== 0) this.#addRequested(row, message.requestedAddress)
    }
  }

  /** A DHCPv6 advertise (2) or reply (7): an offer and an acknowledgment by other names. RFC 8415 section 7.3. */
  observeDhcpv6(view: MessageView, messageType: number): void {
    if (messageType === 2) this.#seeServer(view, 0, 0, DhcpServerColumn.offers)
    else if (messageType === 7) this.#seeServer(view, 0, 0, DhcpServerColumn.acks)
  }

  merge(later: DhcpActivity, frameOffset: number, addressOf: AddressMap): void {
    this.servers.mergeByAddress(later.servers, frameOffset, addressOf)
    const clientOf = this.clients.mergeByAddress(later.clients, frameOffset, addressOf, 0)
    for (let pair = 0; pair < later.#requested.count; pair++) {
      const client = clientOf[later.#requested.first(pair)]!
      if (client !== -1) this.#addRequested(client, later.#requested.second(pair))
    }
    this.#requested.refusedCount += later.#requested.refusedCount
  }

  writePart(part: PartWriter): void {
    this.servers.writePart(part.under('servers'))
    this.clients.writePart(part.under('clients'))
    this.#requested.writePart(part.under('requested'))
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.servers.readPart(part.under('servers'), ipv6Count)
    this.clients.readPart(part.under('clients'), ipv6Count, 0)
    this.#requested.readPart(part.under('requested'), this.clients.count, null)
  }

  #seeServer(view: MessageView, serverId: number, isRelayed: number, column: number): void {
    const row = this.servers.rowOf(view.ipVersion, view.src, serverId, isRelayed)
    if (row === -1) return
    this.servers.see(row, view.frameNumber, view.seconds, view.nanoseconds)
    this.servers.add(row, column, 1)
  }

  #addRequested(row: number, address: number): void {
    if (this.#requested.add(row, address))
      this.clients.add(row, DhcpClientColumn.distinctRequestedAddresses, 1)
  }
}
