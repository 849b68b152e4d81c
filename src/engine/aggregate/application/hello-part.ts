/** Hellos in pieces as sections of a part: bytes alone, for what was counted follows from them. */

import { TLS_RECORD_HEADER_LENGTH } from '../../decode/application/tls.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'
import { HelloLink, Row } from '../conversation-row.ts'
import { NO_ENTRY, type HelloAssembly } from './hello-assembly.ts'
import {
  FIRST_WAITING,
  HELLO_BITS_MASK,
  HELLO_COUNT_MAX,
  HELLO_LENGTH_MAX,
  HelloBits,
  type HelloStore,
} from './hello-store.ts'

/** Record, bits, origin, first sequence number, kept bytes. */
const COLUMNS = 5
/** A run is its length in bytes, and above that HelloStore.arrival of them all. */
const ARRIVAL_SHIFT = 16
const RUNS_MAX = HELLO_LENGTH_MAX

export function writeHellos(hellos: HelloAssembly, part: PartWriter): void {
  const { store } = hellos
  const numbers: number[] = []
  const frames: number[] = []
  const runs: number[] = []
  const bytes = new Uint8Array(byteCount(store))
  let taken = 0
  for (let entry = 0; entry < store.row.length; entry++) {
    if (store.row[entry] === -1) continue
    let runCount = 0
    const base = store.offset(entry)
    for (let at = 0; at < store.extent[entry]!; runCount++) {
      const start = at
      const arrival = store.arrival(entry, at)
      while (at < store.extent[entry]! && store.arrival(entry, at) === arrival) at++
      runs.push((arrival << ARRIVAL_SHIFT) | (at - start))
      if (arrival === 0) continue
      bytes.set(store.bytesOf(entry).subarray(base + start, base + at), taken)
      taken += at - start
    }
    const isUnseen = entry < FIRST_WAITING ? 1 : 0
    numbers.push(
      store.row[entry]!,
      store.bits[entry]! | (isUnseen << 8),
      store.origin[entry]!,
      store.firstSequence[entry]!,
      runCount,
    )
    frames.push(store.startFrame[entry]!)
  }
  part.add('entries', Int32Array.from(numbers))
  part.add('startFrames', Float64Array.from(frames))
  part.add('runs', Int32Array.from(runs))
  part.add('bytes', bytes.subarray(0, taken))
  part.numbers('refused', [hellos.evictedCount, hellos.undecidedCount, hellos.facts.tooLongCount])
}

/** Of empty hellos whose conversations have been read. Throws PartError. */
export function readHellos(hellos: HelloAssembly, part: PartReader): void {
  const { table, store } = hellos
  for (let row = 0; row < table.count; row++) {
    const words = table.slab(row)
    const at = table.at(row) + Row.hello
    words[at] = words[at]! & HelloLink.isSettled
  }
  const entries = part.int32('entries', 2 * HELLO_COUNT_MAX * COLUMNS, COLUMNS)
  const frames = part.numbers('startFrames', entries.length / COLUMNS)
  const runs = part.int32('runs', 2 * HELLO_COUNT_MAX * RUNS_MAX)
  const bytes = part.uint8('bytes', 2 * HELLO_COUNT_MAX * HELLO_LENGTH_MAX)
  let run = 0
  let taken = 0
  let waitingCount = 0
  for (let i = 0; i < frames.length; i++) {
    const [row, flags, origin, first, runCount] = entries.subarray(
      i * COLUMNS,
      (i + 1) * COLUMNS,
    ) as unknown as [number, number, number, number, number]
    const isUnseen = flags >> 8
    const bits = flags & 0xff
    if (row < 0 || row >= table.count || (isUnseen & ~1) !== 0 || (bits & ~HELLO_BITS_MASK) !== 0) {
      throw part.bad('has an impossible hello')
    }
    const isOpen = (bits & HelloBits.isOpen) !== 0
    const isTaken = isUnseen === 1 ? hellos.unseenEntry(row) !== NO_ENTRY : !isOpen
    if (isTaken || (isOpen && hellos.openEntry(row) !== NO_ENTRY)) throw part.bad('has a hello twice')
    if (isUnseen === 0) waitingCount++
    const entry = isUnseen === 1 ? store.claimUnseen() : hellos.claimWaiting()
    if (entry === NO_ENTRY || waitingCount > HELLO_COUNT_MAX) throw part.bad('has too many hellos')
    hellos.begin(entry, row, bits & HelloBits.fromB, origin)
    store.bits[entry] = bits
    store.firstSequence[entry] = first
    store.startFrame[entry] = frames[i]!
    let at = 0
    for (const runEnd = run + runCount; run < runEnd; run++) {
      const length = (runs[run] ?? 0) & ((1 << ARRIVAL_SHIFT) - 1)
      const arrival = (runs[run] ?? 0) >> ARRIVAL_SHIFT
      const isThere = arrival !== 0
      if (length === 0 || at + length > HELLO_LENGTH_MAX || (isThere && taken + length > bytes.length)) {
        throw part.bad('has a hello of an impossible length')
      }
      if (isThere) store.add(entry, (origin + at) | 0, bytes, taken, length, arrival === 2)
      at += length
      if (isThere) taken += length
    }
    if ((bits & HelloBits.isStarted) !== 0 && store.prefix[entry]! > TLS_RECORD_HEADER_LENGTH) {
      hellos.facts.restore(store, entry)
    }
    if (!isOpen) hellos.close(entry)
  }
  if (run !== runs.length || taken !== bytes.length) throw part.bad('has bytes that belong to no hello')
  const [evicted, undecided, tooLong] = part.numbers('refused', 3) as unknown as [number, number, number]
  hellos.evictedCount = evicted
  hellos.undecidedCount = undecided
  hellos.facts.tooLongCount = tooLong
}

/** At most: what lies in gaps is counted too. */
function byteCount(store: HelloStore): number {
  let count = 0
  for (let entry = 0; entry < store.row.length; entry++) {
    if (store.row[entry] !== -1) count += store.extent[entry]!
  }
  return count
}
