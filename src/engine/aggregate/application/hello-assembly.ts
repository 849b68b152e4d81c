/** Client hellos that several TCP segments carry, put together: RFC 8446 sections 4.1.2 and 5.1, RFC 9293 section 3.4. */

import { HandshakeMessage } from '../../decode/application/handshake-message.ts'
import { TLS_RECORD_HEADER_LENGTH, TlsContent } from '../../decode/application/tls.ts'
import type { DecodeIssueCounts } from '../../decode/decode-issue.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import { HelloLink, Row, StateBits } from '../conversation-row.ts'
import type { ConversationTable } from '../conversation-table.ts'
import type { ApplicationTally } from './application-tally.ts'
import { HelloCounted, HelloFacts } from './hello-facts.ts'
import { FIRST_WAITING, HELLO_LENGTH_MAX, HelloBits, HelloStore } from './hello-store.ts'

const CLIENT_HELLO = 1

/** No entry. */
export const NO_ENTRY = -1

/**
 * A conversation is settled once its first payload was the stream's first byte, or once both sides have sent payload: then it has
 * an entry only while a hello of it is cut by the end of its segment. One that is not settled keeps the first side's
 * payloads: after a segment that went ahead of another, or where its beginning lies before the capture (or in an
 * earlier part of it), they may be the rest of a hello. The peer's payload ends an entry, because a server answers
 * whole hellos only.
 */
export class HelloAssembly {
  readonly store = new HelloStore()
  readonly facts: HelloFacts
  readonly table: ConversationTable
  /** Hellos that were not whole when their entry was needed for another. */
  evictedCount = 0
  /** Merged conversations of which one pass might have made another hello. */
  undecidedCount = 0
  readonly #tally: ApplicationTally
  readonly #message = new HandshakeMessage(HELLO_LENGTH_MAX)

  constructor(table: ConversationTable, tally: ApplicationTally, issues: DecodeIssueCounts) {
    this.table = table
    this.facts = new HelloFacts(tally, issues)
    this.#tally = tally
  }

  /** Hellos that a ceiling left without a fingerprint. */
  get refusedCount(): number {
    return this.evictedCount + this.facts.tooLongCount
  }

  link(row: number): number {
    return this.table.slab(row)[this.table.at(row) + Row.hello]!
  }

  setLink(row: number, link: number): void {
    this.table.slab(row)[this.table.at(row) + Row.hello] = link
  }

  /** The entry that the conversation's next payload belongs to. */
  openEntry(row: number): number {
    return (this.link(row) & HelloLink.mask) - 1
  }

  /** The entry of a conversation whose beginning was not seen. */
  unseenEntry(row: number): number {
    return ((this.link(row) >>> HelloLink.unseenShift) & HelloLink.mask) - 1
  }

  /** The first packet was a SYN or SYN+ACK: `baseOf` is known to be the number before the first byte's. */
  isBeginningSeen(row: number): boolean {
    const state = this.table.slab(row)[this.table.at(row) + Row.state]!
    return (state & (StateBits.startsWithSyn | StateBits.startsWithSynAck)) !== 0
  }

  isFirstByte(row: number, direction: number, sequence: number): boolean {
    const words = this.table.slab(row)
    return ((words[this.table.at(row) + Row.baseSequenceA + direction]! + 1) | 0) === sequence
  }

  /**
   * See every captured payload of a TCP conversation that is not settled, before `takeHello`. `sequence` is the number of
   * `bytes[offset]`; nothing of `bytes` is kept but a copy.
   */
  observe(
    row: number,
    direction: number,
    sequence: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): void {
    const { store } = this
    let entry = this.openEntry(row)
    if (entry === NO_ENTRY) {
      const isSeen = this.isBeginningSeen(row)
      if (!isSeen || !this.isFirstByte(row, direction, sequence)) {
        entry = isSeen ? this.claimWaiting() : store.claimUnseen()
      }
      if (entry === NO_ENTRY) {
        this.setLink(row, HelloLink.isSettled)
        return
      }
      this.begin(entry, row, direction, sequence)
    } else if ((store.bits[entry]! & HelloBits.fromB) !== direction) {
      this.close(entry)
      return
    }
    const isStarted = (store.bits[entry]! & HelloBits.isStarted) !== 0
    const prefix = store.prefix[entry]!
    store.add(entry, sequence, bytes, offset, length, isStarted)
    if (isStarted && store.prefix[entry]! > prefix) this.facts.count(store, entry)
  }

  /**
   * Whether the payload begins a client hello that is counted here: one that its segment cuts. The bytes are of TLS, and
   * all that the wire carried.
   */
  takeHello(
    row: number,
    direction: number,
    sequence: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    frameNumber: number,
  ): boolean {
    if (length <= TLS_RECORD_HEADER_LENGTH || bytes[offset] !== TlsContent.handshake) return false
    if (bytes[offset + TLS_RECORD_HEADER_LENGTH] !== CLIENT_HELLO) return false
    const { store } = this
    let entry = this.openEntry(row)
    const isAgain =
      entry !== NO_ENTRY &&
      (store.bits[entry]! & HelloBits.isStarted) !== 0 &&
      store.origin[entry] === sequence
    if (!isAgain) {
      this.#message.take(bytes, offset, length)
      if (this.#message.isWhole) {
        if (entry !== NO_ENTRY) store.bits[entry] = store.bits[entry]! | HelloBits.sawWhole
        return false
      }
    }
    this.#tally.messageCounts[Protocol.tls] = this.#tally.messageCounts[Protocol.tls]! + 1
    if (isAgain) return true
    if (entry === NO_ENTRY) {
      entry = this.claimWaiting()
      this.begin(entry, row, direction, sequence)
    }
    this.start(entry, sequence, frameNumber)
    store.add(entry, sequence, bytes, offset, length, true)
    this.facts.count(store, entry)
    return true
  }

  /** An open entry for the conversation's payload at `sequence`, which the caller adds. */
  begin(entry: number, row: number, direction: number, sequence: number): void {
    const { store } = this
    store.row[entry] = row
    store.bits[entry] = direction | HelloBits.isOpen
    store.origin[entry] = store.firstSequence[entry] = sequence
    const kept = this.link(row) & ~(HelloLink.mask | HelloLink.isSettled)
    this.setLink(row, kept | (entry + 1) | (entry < FIRST_WAITING ? (entry + 1) << HelloLink.unseenShift : 0))
  }

  /** A hello begins here: one that began elsewhere has told what it could. */
  start(entry: number, sequence: number, frameNumber: number): void {
    const { store } = this
    const isDropped = store.moveOrigin(entry, sequence)
    const { fromB, isOpen, isStarted, droppedEarlier } = HelloBits
    store.bits[entry] = (store.bits[entry]! & (fromB | isOpen)) | isStarted | (isDropped ? droppedEarlier : 0)
    store.startFrame[entry] = frameNumber
    store.counted[entry] = 0
    store.countedVersion[entry] = -1
  }

  /** The peer has answered: the conversation is settled, and the entry free unless its beginning was not seen. */
  close(entry: number): void {
    const { store } = this
    const row = store.row[entry]!
    this.setLink(row, (this.link(row) & ~HelloLink.mask) | HelloLink.isSettled)
    if (entry < FIRST_WAITING) store.bits[entry] = store.bits[entry]! & ~HelloBits.isOpen
    else store.free(entry)
  }

  /** An entry that is used again once its conversation is settled; the oldest gives way when there are too many. */
  claimWaiting(): number {
    const { store } = this
    const entry = store.nextWaiting()
    if (store.row[entry] !== -1) {
      const isHello = (store.bits[entry]! & HelloBits.isStarted) !== 0
      if (isHello && (store.counted[entry]! & HelloCounted.whole) === 0) this.evictedCount++
      const row = store.row[entry]!
      this.setLink(row, (this.link(row) & ~HelloLink.mask) | HelloLink.isSettled)
    }
    return store.claimWaiting(entry)
  }
}
