/** Where a conversation's record begins and ends, in frames and in time. Frame numbers are 1-based and take 40 bits. */

import { comparePacked } from '../net/packed-time.ts'
import { Row, StateBits } from './conversation-row.ts'

const HIGH = 4_294_967_296

/** Of the record that begins at `at`; 1 and up, as Wireshark counts. */
export function firstFrameOf(words: Int32Array, at: number): number {
  const high = (words[at + Row.state]! >>> StateBits.firstFrameHighShift) & 0xff
  return high * HIGH + (words[at + Row.firstFrame]! >>> 0) + 1
}

export function lastFrameOf(words: Int32Array, at: number): number {
  const high = words[at + Row.state]! >>> StateBits.lastFrameHighShift
  return high * HIGH + (words[at + Row.lastFrame]! >>> 0) + 1
}

export function setFirstFrame(words: Int32Array, at: number, frameNumber: number): void {
  words[at + Row.firstFrame] = (frameNumber - 1) | 0
  setHigh(words, at + Row.state, StateBits.firstFrameHighShift, frameNumber - 1)
}

export function setLastFrame(words: Int32Array, at: number, frameNumber: number): void {
  words[at + Row.lastFrame] = (frameNumber - 1) | 0
  setHigh(words, at + Row.state, StateBits.lastFrameHighShift, frameNumber - 1)
}

/** Nearly every capture has less than 2^32 frames: nothing to write for any packet then. */
function setHigh(words: Int32Array, at: number, shift: number, index: number): void {
  const state = words[at]!
  const others = state & ~(0xff << shift)
  if (index < HIGH && state === others) return
  words[at] = others | (Math.floor(index / HIGH) << shift)
}

/** Stretch the record's times by those of the record at `fromAt` of `from`. */
export function joinTimes(words: Int32Array, at: number, from: Int32Array, fromAt: number): void {
  const lastHigh = from[fromAt + Row.lastTimeHigh]!
  const lastLow = from[fromAt + Row.lastTimeLow]!
  if (comparePacked(lastHigh, lastLow, words[at + Row.lastTimeHigh]!, words[at + Row.lastTimeLow]!) > 0) {
    words[at + Row.lastTimeHigh] = lastHigh
    words[at + Row.lastTimeLow] = lastLow
  }
  const firstHigh = from[fromAt + Row.firstTimeHigh]!
  const firstLow = from[fromAt + Row.firstTimeLow]!
  if (comparePacked(firstHigh, firstLow, words[at + Row.firstTimeHigh]!, words[at + Row.firstTimeLow]!) < 0) {
    words[at + Row.firstTimeHigh] = firstHigh
    words[at + Row.firstTimeLow] = firstLow
  }
}
