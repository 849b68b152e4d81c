/** A batch of frames: what a reader hands to the decoders, as parallel columns over one block of bytes. */

/** Frames in one batch. More would overlap more table look-ups, fewer keep the columns in the first-level cache. */
export const FRAME_BATCH_MAX = 128

/**
 * Up to FRAME_BATCH_MAX frames of one capture, in file order.
 *
 * `bytes` is the reader's own window: it is valid until the reader is asked for the next batch, and nothing may
 * keep it longer. Frame `i` occupies `bytes[offset[i] .. offset[i] + capturedLength[i])`.
 */
export class FrameBatch {
  bytes: Uint8Array = new Uint8Array(0)
  count = 0
  /** First byte of the frame inside `bytes`. */
  readonly offset = new Int32Array(FRAME_BATCH_MAX)
  /** Bytes present in the capture, at most CAPTURED_LENGTH_MAX. */
  readonly capturedLength = new Int32Array(FRAME_BATCH_MAX)
  /** Bytes on the wire, as the record says; up to 2^32 - 1, so a double. */
  readonly originalLength = new Float64Array(FRAME_BATCH_MAX)
  /** Whole seconds since 1970-01-01 UTC, floored: before 1970 it is negative. */
  readonly seconds = new Float64Array(FRAME_BATCH_MAX)
  /** 0 to 999,999,999, always counted forwards from `seconds`. */
  readonly nanoseconds = new Int32Array(FRAME_BATCH_MAX)
  /** Index into the capture's list of interfaces. */
  readonly interfaceIndex = new Int32Array(FRAME_BATCH_MAX)
  /** LINKTYPE_ number of the frame's interface. */
  readonly linkType = new Int32Array(FRAME_BATCH_MAX)
  /** Bits of FRAME_… below. */
  readonly flags = new Uint8Array(FRAME_BATCH_MAX)
}

/**
 * The record carries no time (Simple Packet Block). It is not on the time axis; its seconds and nanoseconds are those of the
 * frame before it in the file, so that what it belongs to lasts no longer for it, and 0 before the first time of the file.
 */
export const FRAME_WITHOUT_TIME = 1
/** Captured length, original length and time are all zero: what a preallocated, never written tail looks like. */
export const FRAME_ZERO_FILLED = 2
/** The record has more captured bytes than CAPTURED_LENGTH_MAX; those beyond were skipped (D-Bus, USB, EBHSCR). */
export const FRAME_BYTES_SKIPPED = 4
