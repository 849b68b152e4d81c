/** What a client hello in pieces tells, counted once: at first what its beginning shows, then what the rest adds. */

import { JA4_LENGTH, writeJa4 } from '../../decode/application/ja4.ts'
import { HandshakeMessage } from '../../decode/application/handshake-message.ts'
import { readTlsHello, TlsHello } from '../../decode/application/tls-hello.ts'
import type { DecodeIssueCounts } from '../../decode/decode-issue.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import type { ApplicationTally } from './application-tally.ts'
import { HELLO_LENGTH_MAX, type HelloStore } from './hello-store.ts'
import { CodeTable, NameTableId } from './tally-table.ts'

const HANDSHAKE_HEADER_LENGTH = 4
const { tls } = Protocol

/** Bits of HelloStore.counted. */
export const HelloCounted = Object.freeze({ whole: 1, serverName: 2, protocol: 4, issue: 8, tooLong: 16 })

/**
 * A summary may be made at any time, so nothing waits for the rest: what an entry's bytes show is in the tallies at once, and a
 * version that the rest corrects is counted back. What is counted depends on the bytes from the hello's
 * beginning to the first gap, never on the order in which they came.
 */
export class HelloFacts {
  /** Hellos longer than an entry holds: they have no fingerprint. */
  tooLongCount = 0
  readonly #tally: ApplicationTally
  readonly #issues: DecodeIssueCounts
  readonly #message = new HandshakeMessage(HELLO_LENGTH_MAX)
  readonly #hello = new TlsHello()
  readonly #fingerprint = new Uint8Array(JA4_LENGTH)

  constructor(tally: ApplicationTally, issues: DecodeIssueCounts) {
    this.#tally = tally
    this.#issues = issues
  }

  /** Count what the entry's hello shows by now and has not been counted for it. */
  count(store: HelloStore, entry: number): void {
    const counted = store.counted[entry]!
    if ((counted & HelloCounted.whole) !== 0 || !this.#read(store, entry)) return
    const tally = this.#tally
    const hello = this.#hello
    const version = store.countedVersion[entry]!
    const now = this.#shown()
    if (version !== hello.version) {
      if (version !== -1) tally.addCode(tls, CodeTable.clientVersions, version, -1)
      tally.addCode(tls, CodeTable.clientVersions, hello.version)
    }
    const added = now & ~counted
    if ((added & HelloCounted.issue) !== 0) this.#issues.add(hello.issue, store.startFrame[entry]!)
    if ((added & HelloCounted.tooLong) !== 0) this.tooLongCount++
    this.#addNames(added, 1)
    store.countedVersion[entry] = hello.version
    store.counted[entry] = now
  }

  /** Take back all that was counted for the entry, but for an issue: false when there was one. */
  uncount(store: HelloStore, entry: number): boolean {
    if (store.countedVersion[entry] === -1 || !this.#read(store, entry)) return true
    this.#tally.addCode(tls, CodeTable.clientVersions, this.#hello.version, -1)
    if ((store.counted[entry]! & HelloCounted.tooLong) !== 0) this.tooLongCount--
    this.#addNames(this.#shown(), -1)
    return (store.counted[entry]! & HelloCounted.issue) === 0
  }

  /** Note what was counted for an entry of a part, which follows from its bytes. */
  restore(store: HelloStore, entry: number): void {
    if (!this.#read(store, entry)) return
    store.countedVersion[entry] = this.#hello.version
    store.counted[entry] = this.#shown()
  }

  #read(store: HelloStore, entry: number): boolean {
    const message = this.#message
    message.take(store.bytesOf(entry), store.offset(entry), store.prefix[entry]!)
    return readTlsHello(message.bytes, message.offset, message.length, HANDSHAKE_HEADER_LENGTH, this.#hello)
  }

  #shown(): number {
    const hello = this.#hello
    return (
      (this.#message.isWhole ? HelloCounted.whole : 0) |
      (hello.serverNameOffset === -1 ? 0 : HelloCounted.serverName) |
      (hello.alpnOffset === -1 ? 0 : HelloCounted.protocol) |
      (hello.issue === 0 ? 0 : HelloCounted.issue) |
      (this.#message.streamLength > HELLO_LENGTH_MAX ? HelloCounted.tooLong : 0)
    )
  }

  #addNames(which: number, times: number): void {
    const hello = this.#hello
    const { bytes } = this.#message
    const tally = this.#tally
    if ((which & HelloCounted.serverName) !== 0) {
      tally.addName(
        tls,
        NameTableId.serverNames,
        bytes,
        hello.serverNameOffset,
        hello.serverNameLength,
        times,
      )
    }
    if ((which & HelloCounted.protocol) !== 0) {
      tally.addName(tls, NameTableId.protocols, bytes, hello.alpnOffset, hello.alpnLength, times)
    }
    if ((which & HelloCounted.whole) !== 0 && hello.isComplete) {
      writeJa4(hello, 't', bytes, this.#fingerprint)
      tally.addName(tls, NameTableId.clientFingerprints, this.#fingerprint, 0, JA4_LENGTH, times)
    }
  }
}
