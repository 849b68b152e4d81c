/** Hellos that a cut parted: what an earlier part waits for and the first payloads that the later part kept. */

import type { RecordMap } from '../conversation-merge.ts'
import { HelloLink } from '../conversation-row.ts'
import { NO_ENTRY, type HelloAssembly } from './hello-assembly.ts'
import { HelloCounted } from './hello-facts.ts'
import { HelloBits } from './hello-store.ts'

/** One conversation in both parts. */
interface Meeting {
  readonly ours: HelloAssembly
  readonly later: HelloAssembly
  readonly frameOffset: number
  /** Our record. */
  row: number
  /** Their entry for a beginning that they did not see, and their open one: may be the same, or NO_ENTRY. */
  unseen: number
  open: number
  /** 1 where A and B changed places. */
  isSwapped: number
}

/**
 * Go on with the later part's conversations as one pass would have. Call once records and tallies are merged: a hello that
 * both parts counted is counted back once.
 */
export function mergeHellos(ours: HelloAssembly, later: HelloAssembly, map: RecordMap): void {
  const { frameOffset } = map
  const meeting: Meeting = { ours, later, frameOffset, row: 0, unseen: 0, open: 0, isSwapped: 0 }
  for (let theirRow = 0; theirRow < later.table.count; theirRow++) {
    const row = map.rowOf[theirRow]!
    if (row === -1 || later.link(theirRow) === 0) continue
    meeting.row = row
    meeting.unseen = later.unseenEntry(theirRow)
    meeting.open = later.openEntry(theirRow)
    meeting.isSwapped = map.isSwapped[theirRow]!
    meet(meeting)
  }
  ours.evictedCount += later.evictedCount
  ours.undecidedCount += later.undecidedCount
  ours.facts.tooLongCount += later.facts.tooLongCount
}

function meet(meeting: Meeting): void {
  const { ours, row, unseen, open } = meeting
  if (ours.link(row) === 0) {
    if (unseen !== NO_ENTRY) meetSilent(meeting)
  } else if (ours.openEntry(row) === NO_ENTRY) {
    if (unseen !== NO_ENTRY) meetSettled(meeting)
  } else meetOpen(meeting)
  if (open !== NO_ENTRY && open !== unseen) {
    if (ours.openEntry(row) !== NO_ENTRY) ours.close(ours.openEntry(row))
    copyEntry(meeting, open, ours.claimWaiting())
  }
  if (ours.openEntry(row) === NO_ENTRY) ours.setLink(row, ours.link(row) | HelloLink.isSettled)
}

/** None of our packets carried payload. */
function meetSilent(meeting: Meeting): void {
  const { ours, row, later, unseen, open, isSwapped } = meeting
  if (!ours.isBeginningSeen(row)) {
    const entry = ours.store.claimUnseen()
    if (entry === NO_ENTRY) meetSettled(meeting)
    else copyEntry(meeting, unseen, entry)
    return
  }
  const direction = (later.store.bits[unseen]! & HelloBits.fromB) ^ isSwapped
  if (ours.isFirstByte(row, direction, later.store.firstSequence[unseen]!)) meetSettled(meeting)
  else if (open === unseen) copyEntry(meeting, unseen, ours.claimWaiting())
  // What is closed is told already.
}

/**
 * Both sides have had their say, or the first byte came: only a hello that has begun since goes on, and one pass would not
 * have kept the pieces that came before its beginning.
 */
function meetSettled({ ours, row, later, unseen, open, isSwapped, frameOffset }: Meeting): void {
  const bits = later.store.bits[unseen]!
  if ((bits & HelloBits.isStarted) === 0) return
  const { store, facts } = ours
  const entry = ours.claimWaiting()
  if (!facts.uncount(later.store, unseen)) ours.undecidedCount++
  const origin = later.store.origin[unseen]!
  ours.begin(entry, row, (bits & HelloBits.fromB) ^ isSwapped, origin)
  ours.start(entry, origin, later.store.startFrame[unseen]! + frameOffset)
  store.unite(entry, later.store, unseen, 2)
  facts.count(store, entry)
  if (open !== unseen) ours.close(entry)
}

/** One side of ours waits for its rest. */
function meetOpen(meeting: Meeting): void {
  const { ours, row, later, unseen, open, isSwapped } = meeting
  const entry = ours.openEntry(row)
  if (unseen === NO_ENTRY) {
    // They saw a beginning of their own, or had no entry left for what they did not see.
    if ((ours.store.counted[entry]! & HelloCounted.whole) === 0) ours.undecidedCount++
    ours.close(entry)
    return
  }
  const { fromB } = HelloBits
  if (((later.store.bits[unseen]! & fromB) ^ isSwapped) !== (ours.store.bits[entry]! & fromB)) {
    ours.close(entry)
    meetSettled(meeting)
    return
  }
  unite(meeting, entry)
  if (open !== unseen) ours.close(entry)
}

/** The same side's payloads before and after the cut. */
function unite({ ours, later, unseen, frameOffset }: Meeting, entry: number): void {
  const { store, facts } = ours
  const theirs = later.store
  const { isStarted, droppedEarlier, sawWhole } = HelloBits
  const bits = theirs.bits[unseen]!
  const isOurs = (store.bits[entry]! & isStarted) !== 0
  // It may be the same hello, sent again in one segment.
  if (isOurs && (bits & sawWhole) !== 0) ours.undecidedCount++
  if ((bits & isStarted) !== 0) {
    // What they counted is counted again from all the pieces.
    if (!facts.uncount(theirs, unseen)) ours.undecidedCount++
    if (!isOurs || store.origin[entry] !== theirs.origin[unseen]) {
      const isWhole = (store.counted[entry]! & HelloCounted.whole) !== 0
      // What they let go may have been the rest of ours.
      if (isOurs && !isWhole && (bits & droppedEarlier) !== 0) ours.undecidedCount++
      ours.start(entry, theirs.origin[unseen]!, theirs.startFrame[unseen]! + frameOffset)
      store.bits[entry] = store.bits[entry]! | (bits & droppedEarlier)
    }
  }
  store.unite(entry, theirs, unseen, 1, isOurs)
  if ((store.bits[entry]! & isStarted) !== 0) facts.count(store, entry)
}

/** Their entry in one of ours, for a conversation that has none open. */
function copyEntry({ ours, row, later, isSwapped, frameOffset }: Meeting, from: number, entry: number): void {
  const { store } = ours
  const theirs = later.store
  const bits = theirs.bits[from]!
  ours.begin(entry, row, (bits & HelloBits.fromB) ^ isSwapped, theirs.origin[from]!)
  store.bits[entry] = store.bits[entry]! | (bits & ~HelloBits.fromB)
  store.firstSequence[entry] = theirs.firstSequence[from]!
  store.startFrame[entry] = theirs.startFrame[from]! + frameOffset
  store.counted[entry] = theirs.counted[from]!
  store.countedVersion[entry] = theirs.countedVersion[from]!
  store.unite(entry, theirs, from)
  if ((bits & HelloBits.isOpen) === 0) ours.close(entry)
}
