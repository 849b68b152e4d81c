/** The bytes of client hellos that are not whole yet: a fixed number of entries, each with the pieces that came (RFC 9293 3.4). */

import { endOfRun, setRun, shiftBits } from './bit-runs.ts'

/**
 * Bytes of the stream kept of one hello, its record headers included. Today's browsers send below 2,500; more would keep hellos that
 * no client sends, less would lose those with a long session ticket.
 */
export const HELLO_LENGTH_MAX = 1 << 13

/**
 * Entries of each kind, 10 KB of memory each once used: hellos that wait for their rest or for an answer, and first
 * payloads of conversations that began before the capture. Higher serves more clients that are all in the middle of
 * their hello at one moment, lower saves memory.
 */
export const HELLO_COUNT_MAX = 1 << 10

/** Entries from 0 are of conversations whose beginning was not seen, and stay; those from here on are used again. */
export const FIRST_WAITING = HELLO_COUNT_MAX

export const HelloBits = Object.freeze({
  /** The sender is B. */
  fromB: 1,
  /** A client hello begins at `origin`; without it, the entry only holds what may turn out to be the rest of one. */
  isStarted: 2,
  /** The peer has not answered yet. */
  isOpen: 4,
  /** Pieces that lie before the hello's beginning were let go. */
  droppedEarlier: 8,
  /** A segment brought a whole hello, which was counted by itself. */
  sawWhole: 16,
})
export const HELLO_BITS_MASK = 31

const ENTRY_COUNT = 2 * HELLO_COUNT_MAX
const SLAB_SHIFT = 5
const SLAB_MASK = (1 << SLAB_SHIFT) - 1
const MAP_WORDS = HELLO_LENGTH_MAX >> 5

/** Entries by number; what is known of one stands in columns, its bytes in slabs that are made when first needed. */
export class HelloStore {
  /** Entries of conversations whose beginning was not seen: 0 to this. */
  unseenCount = 0
  /** Conversation record. -1 for an entry that is free. */
  readonly row = new Int32Array(ENTRY_COUNT).fill(-1)
  readonly bits = new Uint8Array(ENTRY_COUNT)
  /** Sequence number of the first byte kept. */
  readonly origin = new Int32Array(ENTRY_COUNT)
  /** Sequence number of the payload that the entry was made for. */
  readonly firstSequence = new Int32Array(ENTRY_COUNT)
  /** 1-based number of the frame that the hello begins in. */
  readonly startFrame = new Float64Array(ENTRY_COUNT)
  /** What the tallies have of the hello already: see hello-facts. */
  readonly counted = new Uint8Array(ENTRY_COUNT)
  readonly countedVersion = new Int32Array(ENTRY_COUNT)
  /** Bytes without a gap from `origin` on, and the end of the last piece. */
  readonly prefix = new Int32Array(ENTRY_COUNT)
  readonly extent = new Int32Array(ENTRY_COUNT)
  readonly #bytes: Uint8Array[] = []
  /** A bit a byte: it has come; it came no earlier than the segment in which the hello begins. */
  readonly #maps: Int32Array[] = []
  readonly #laterMaps: Int32Array[] = []
  readonly #free = new Int32Array(HELLO_COUNT_MAX)
  #freeCount = 0
  #nextWaiting = FIRST_WAITING

  /** An entry that stays, -1 when there are no more. */
  claimUnseen(): number {
    return this.unseenCount === HELLO_COUNT_MAX ? -1 : this.#reset(this.unseenCount++)
  }

  /** An entry to be freed. The one returned still has its `row` when it must be taken from there first. */
  nextWaiting(): number {
    if (this.#freeCount > 0) return this.#free[--this.#freeCount]!
    const entry = this.#nextWaiting
    this.#nextWaiting = entry + 1 === ENTRY_COUNT ? FIRST_WAITING : entry + 1
    return entry
  }

  claimWaiting(entry: number): number {
    return this.#reset(entry)
  }

  free(entry: number): void {
    this.row[entry] = -1
    this.#free[this.#freeCount++] = entry
  }

  /** Where the entry's bytes lie in `bytesOf`. */
  offset(entry: number): number {
    return (entry & SLAB_MASK) * HELLO_LENGTH_MAX
  }

  bytesOf(entry: number): Uint8Array {
    return (this.#bytes[entry >> SLAB_SHIFT] ??= new Uint8Array(HELLO_LENGTH_MAX << SLAB_SHIFT))
  }

  /**
   * Put a piece of the stream where its sequence number says. Of bytes that came twice, the first are kept. `isLater` is
   * false for what came before the segment in which the hello begins.
   */
  add(
    entry: number,
    sequence: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    isLater: boolean,
  ): void {
    const distance = (sequence - this.origin[entry]!) | 0
    if (distance >= HELLO_LENGTH_MAX || distance <= -HELLO_LENGTH_MAX) return
    if (distance < 0 && (this.bits[entry]! & HelloBits.isStarted) === 0) this.moveOrigin(entry, sequence)
    const at = (sequence - this.origin[entry]!) | 0
    const start = Math.max(at, 0)
    const end = Math.min(at + length, HELLO_LENGTH_MAX)
    if (start >= end) return
    const into = this.bytesOf(entry)
    const base = this.offset(entry)
    const map = this.#mapOf(entry)
    const mapBase = (entry & SLAB_MASK) * MAP_WORDS
    for (let run = start; run < end;) {
      const runEnd = endOfRun(map, mapBase, run, end)
      if (this.arrival(entry, run) === 0) {
        for (let i = run; i < runEnd; i++) into[base + i] = bytes[offset + i - at]!
      }
      run = runEnd
    }
    setRun(map, mapBase, start, end)
    if (isLater) setRun(this.#laterMapOf(entry), mapBase, start, end)
    if (end > this.extent[entry]!) this.extent[entry] = end
    this.#advance(entry)
  }

  /** Keep what lies at `sequence` and behind it. True when something before it was let go. */
  moveOrigin(entry: number, sequence: number): boolean {
    const distance = (sequence - this.origin[entry]!) | 0
    if (distance === 0) return false
    const base = this.offset(entry)
    const map = this.#mapOf(entry)
    const mapBase = (entry & SLAB_MASK) * MAP_WORDS
    const extent = this.extent[entry]!
    const isDropped =
      distance > 0 &&
      extent > 0 &&
      (this.arrival(entry, 0) !== 0 || endOfRun(map, mapBase, 0, extent) < distance)
    const from = Math.max(distance, 0)
    const to = Math.max(-distance, 0)
    if (from < extent && to < HELLO_LENGTH_MAX) {
      this.bytesOf(entry).copyWithin(base + to, base + from, base + Math.min(extent, HELLO_LENGTH_MAX - to))
    }
    shiftBits(map, mapBase, MAP_WORDS, distance)
    shiftBits(this.#laterMapOf(entry), mapBase, MAP_WORDS, distance)
    this.origin[entry] = sequence
    this.prefix[entry] = 0
    this.extent[entry] = Math.min(Math.max(extent - distance, 0), HELLO_LENGTH_MAX)
    this.#advance(entry)
    return isDropped
  }

  /** 0 for a byte of the entry that has not come, 1 for one that came before the hello's first segment, 2 for others. */
  arrival(entry: number, at: number): number {
    const word = (entry & SLAB_MASK) * MAP_WORDS + (at >> 5)
    const bit = 1 << (at & 31)
    if ((this.#mapOf(entry)[word]! & bit) === 0) return 0
    return (this.#laterMapOf(entry)[word]! & bit) === 0 ? 1 : 2
  }

  /**
   * Add the pieces of another store's entry: those that arrived as `from` says and later, all as arrived later when
   * `asLater`.
   */
  unite(entry: number, source: HelloStore, theirs: number, from = 1, asLater = false): void {
    const bytes = source.bytesOf(theirs)
    const base = source.offset(theirs)
    const end = source.extent[theirs]!
    for (let start = 0; start < end;) {
      const arrival = source.arrival(theirs, start)
      let stop = start + 1
      while (stop < end && source.arrival(theirs, stop) === arrival) stop++
      if (arrival >= from) {
        const sequence = (source.origin[theirs]! + start) | 0
        this.add(entry, sequence, bytes, base + start, stop - start, asLater || arrival === 2)
      }
      start = stop
    }
  }

  #mapOf(entry: number): Int32Array {
    return (this.#maps[entry >> SLAB_SHIFT] ??= new Int32Array(MAP_WORDS << SLAB_SHIFT))
  }

  #laterMapOf(entry: number): Int32Array {
    return (this.#laterMaps[entry >> SLAB_SHIFT] ??= new Int32Array(MAP_WORDS << SLAB_SHIFT))
  }

  #advance(entry: number): void {
    const prefix = this.prefix[entry]!
    const extent = this.extent[entry]!
    if (prefix >= extent || this.arrival(entry, prefix) === 0) return
    this.prefix[entry] = endOfRun(this.#mapOf(entry), (entry & SLAB_MASK) * MAP_WORDS, prefix, extent)
  }

  #reset(entry: number): number {
    const mapBase = (entry & SLAB_MASK) * MAP_WORDS
    this.#mapOf(entry).fill(0, mapBase, mapBase + MAP_WORDS)
    this.#laterMapOf(entry).fill(0, mapBase, mapBase + MAP_WORDS)
    this.bits[entry] = this.counted[entry] = this.prefix[entry] = this.extent[entry] = 0
    this.countedVersion[entry] = -1
    return entry
  }
}
