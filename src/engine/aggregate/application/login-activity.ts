/** Who tried to log in where, how it ended, and which names went over the wire in clear. Never a password. */

import { LoginKind, type LoginSign } from '../../decode/application/login-sign.ts'
import { PROTOCOL_COUNT } from '../../decode/protocol-table.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { NameTable } from '../../net/name-table.ts'
import { EvidenceRows } from './evidence-rows.ts'
import { mapAddress, type AddressMap, type MessageView } from './message-view.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** Distinct (client, server, port, protocol), and distinct (…, user name) of cleartext logins. */
export const LOGIN_ROW_COUNT_MAX = 65_536
const USERS = { countMax: 32_768, byteCountMax: 2 << 20, lengthMax: 128 }

/** `user` in the key of a secret that came in a packet without the name it belongs to (FTP's PASS). */
export const NO_USER = -2

/** Columns of `attempts`. */
export const LoginColumn = Object.freeze({
  failures: 0,
  successes: 1,
})

/** Columns of `cleartext`. */
export const CleartextColumn = Object.freeze({
  /** Packets that showed the user name. */
  names: 0,
  /** Packets that showed a secret; the secret itself is kept nowhere. */
  secrets: 1,
})

export class LoginActivity {
  readonly users: NameTable
  /** Key: IP version, client, server, server's port | Protocol number << 16. Columns: LoginColumn. */
  readonly attempts: EvidenceRows
  /** Key: as `attempts`, then user (of `users`, NO_USER, or -1 when refused). Columns: CleartextColumn. */
  readonly cleartext: EvidenceRows

  constructor(hash: KeyHash) {
    this.users = new NameTable(hash, USERS)
    this.attempts = new EvidenceRows(hash, 4, ['sum', 'sum'], LOGIN_ROW_COUNT_MAX)
    this.cleartext = new EvidenceRows(hash, 5, ['sum', 'sum'], LOGIN_ROW_COUNT_MAX)
  }

  observe(view: MessageView, sign: LoginSign): void {
    const isFromClient =
      sign.kind === LoginKind.user || sign.kind === LoginKind.secret || sign.kind === LoginKind.attempt
    const client = isFromClient ? view.src : view.dst
    const server = isFromClient ? view.dst : view.src
    const service = (isFromClient ? view.dstPort : view.srcPort) | (view.application << 16)
    const row = this.attempts.rowOf(view.ipVersion, client, server, service)
    if (row !== -1) {
      this.attempts.see(row, view.frameNumber, view.seconds, view.nanoseconds)
      if (sign.kind === LoginKind.failure) this.attempts.add(row, LoginColumn.failures, 1)
      else if (sign.kind === LoginKind.success) this.attempts.add(row, LoginColumn.successes, 1)
    }
    if (sign.kind !== LoginKind.user && sign.kind !== LoginKind.secret) return
    const user = sign.userLength === 0 ? NO_USER : this.users.add(sign.user, 0, sign.userLength)
    const seen = this.cleartext.rowOf(view.ipVersion, client, server, service, user)
    if (seen === -1) return
    this.cleartext.see(seen, view.frameNumber, view.seconds, view.nanoseconds)
    if (sign.userLength > 0) this.cleartext.add(seen, CleartextColumn.names, 1)
    if (sign.kind === LoginKind.secret) this.cleartext.add(seen, CleartextColumn.secrets, 1)
  }

  writePart(part: PartWriter): void {
    this.users.writePart(part.under('users'))
    this.attempts.writePart(part.under('attempts'))
    this.cleartext.writePart(part.under('cleartext'))
  }

  /** Of an empty activity; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    this.users.readPart(part.under('users'))
    this.attempts.readPart(part.under('attempts'), ipv6Count, 2)
    this.attempts.requireWord(part, 3, 0, PROTOCOL_COUNT << 16)
    this.cleartext.readPart(part.under('cleartext'), ipv6Count, 2)
    this.cleartext.requireWord(part, 3, 0, PROTOCOL_COUNT << 16)
    this.cleartext.requireWord(part, 4, NO_USER, this.users.count)
  }

  merge(later: LoginActivity, frameOffset: number, addressOf: AddressMap): void {
    this.attempts.mergeByAddress(later.attempts, frameOffset, addressOf, 2)
    const userOf = this.users.merge(later.users)
    for (let row = 0; row < later.cleartext.count; row++) {
      const version = later.cleartext.key(row, 0)
      const user = later.cleartext.key(row, 4)
      const ours = this.cleartext.rowOf(
        version,
        mapAddress(addressOf, version, later.cleartext.key(row, 1)),
        mapAddress(addressOf, version, later.cleartext.key(row, 2)),
        later.cleartext.key(row, 3),
        user < 0 ? user : userOf[user]!,
      )
      if (ours !== -1) this.cleartext.join(ours, later.cleartext, row, frameOffset)
    }
    this.cleartext.refusedCount += later.cleartext.refusedCount
  }
}
