/** Which TLS clients asked which servers for which names: evidence for beacons and unusual clients. RFC 8446, JA4. */

import type { KeyHash } from '../../net/key-hash.ts'
import { NameTable } from '../../net/name-table.ts'
import { EvidenceRows } from './evidence-rows.ts'
import { mapAddress, type AddressMap, type MessageView } from './message-view.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** Distinct (client, server, port, name) and distinct (client, fingerprint). */
export const TLS_ROW_COUNT_MAX = 65_536
const NAMES = { countMax: 65_536, byteCountMax: 4 << 20, lengthMax: 255 }
const FINGERPRINTS = { countMax: 32_768, byteCountMax: 2 << 20, lengthMax: 36 }

/** `name` in the key of a client hello that named no server. */
export const NO_SERVER_NAME = -2

/** Columns of `servers` and of `clients`. */
export const TlsColumn = Object.freeze({ hellos: 0 })

export class TlsActivity {
  readonly names: NameTable
  /** JA4 texts. */
  readonly fingerprints: NameTable
  /** Key: IP version, client, server, server's port, name (of `names`, NO_SERVER_NAME, or -1 when refused). */
  readonly servers: EvidenceRows
  /** Key: IP version, client, fingerprint (of `fingerprints`, or -1 when refused). */
  readonly clients: EvidenceRows

  constructor(hash: KeyHash) {
    this.names = new NameTable(hash, NAMES, true)
    this.fingerprints = new NameTable(hash, FINGERPRINTS)
    this.servers = new EvidenceRows(hash, 5, ['sum'], TLS_ROW_COUNT_MAX)
    this.clients = new EvidenceRows(hash, 3, ['sum'], TLS_ROW_COUNT_MAX)
  }

  /** A client hello. `nameOffset` is -1 when it names no server; `fingerprint` is null when the hello was cut. */
  observe(view: MessageView, nameOffset: number, nameLength: number, fingerprint: Uint8Array | null): void {
    const name = nameOffset === -1 ? NO_SERVER_NAME : this.names.add(view.bytes, nameOffset, nameLength)
    const server = this.servers.rowOf(view.ipVersion, view.src, view.dst, view.dstPort, name)
    if (server !== -1) {
      this.servers.see(server, view.frameNumber, view.seconds, view.nanoseconds)
      this.servers.add(server, TlsColumn.hellos, 1)
    }
    if (fingerprint === null) return
    const client = this.clients.rowOf(
      view.ipVersion,
      view.src,
      this.fingerprints.add(fingerprint, 0, fingerprint.length),
    )
    if (client === -1) return
    this.clients.see(client, view.frameNumber, view.seconds, view.nanoseconds)
    this.clients.add(client, TlsColumn.hellos, 1)
  }

  writePart(part: PartWriter): void {
    this.names.writePart(part.under('names'))
    this.fingerprints.writePart(part.under('fingerprints'))
    this.servers.writePart(part.under('servers'))
    this.clients.writePart(part.under('clients'))
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.names.readPart(part.under('names'))
    this.fingerprints.readPart(part.under('fingerprints'))
    this.servers.readPart(part.under('servers'), ipv6Count, 2)
    this.servers.requireWord(part, 4, NO_SERVER_NAME, this.names.count)
    this.clients.readPart(part.under('clients'), ipv6Count)
    this.clients.requireWord(part, 2, -1, this.fingerprints.count)
  }

  merge(later: TlsActivity, frameOffset: number, addressOf: AddressMap): void {
    const nameOf = this.names.merge(later.names)
    const fingerprintOf = this.fingerprints.merge(later.fingerprints)
    for (let row = 0; row < later.servers.count; row++) {
      const version = later.servers.key(row, 0)
      const name = later.servers.key(row, 4)
      const ours = this.servers.rowOf(
        version,
        mapAddress(addressOf, version, later.servers.key(row, 1)),
        mapAddress(addressOf, version, later.servers.key(row, 2)),
        later.servers.key(row, 3),
        name < 0 ? name : nameOf[name]!,
      )
      if (ours !== -1) this.servers.join(ours, later.servers, row, frameOffset)
    }
    for (let row = 0; row < later.clients.count; row++) {
      const version = later.clients.key(row, 0)
      const fingerprint = later.clients.key(row, 2)
      const client = mapAddress(addressOf, version, later.clients.key(row, 1))
      const ours = this.clients.rowOf(
        version,
        client,
        fingerprint < 0 ? fingerprint : fingerprintOf[fingerprint]!,
      )
      if (ours !== -1) this.clients.join(ours, later.clients, row, frameOffset)
    }
    this.servers.refusedCount += later.servers.refusedCount
    this.clients.refusedCount += later.clients.refusedCount
  }
}
