/** How an attempt lies in its table: eight words. */

/** Words of one attempt in `words`. */
export const Attempt = Object.freeze({
  source: 0,
  target: 1,
  /** ProbeKind << 16 | port. */
  kindAndPort: 2,
  /** AttemptBits and Outcome, SETTLED and TRACED. */
  bits: 3,
  /** Conversation record of the first and of the latest packets; `served` one that carried data, plus one. */
  firstRow: 4,
  lastRow: 5,
  servedRow: 6,
  /** Conversations folded into it. */
  recordCount: 7,
})
export const ATTEMPT_WORDS = 8

/** Above AttemptBits: the capture goes on long enough after it. */
export const SETTLED = 1 << 12
/** A router said the hops ran out for some of its packets; kept when a later packet got through. */
export const TRACED = 1 << 13
/** The first packet of its first record bears a tool's mark (probe-marks). */
export const MARKED = 1 << 15
