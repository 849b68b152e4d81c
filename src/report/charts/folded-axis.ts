/** A time axis on which long silences take little room: where each part of the capture lies from left to right. */

/** A span of capture time, in seconds since the first packet, and where it is drawn. */
export interface AxisSpan {
  readonly startSeconds: number
  readonly endSeconds: number
  readonly x: number
  readonly width: number
}

export interface FoldedAxis {
  /** Spans drawn to scale, left to right. */
  readonly segments: readonly AxisSpan[]
  /** Silences between them, drawn narrow. */
  readonly folds: readonly AxisSpan[]
}

/** User units a folded silence takes: room for one line of text set upright. */
const FOLD_WIDTH = 26
/** User units of the narrowest segment, so that a lone packet stays visible. */
const SEGMENT_WIDTH_MIN = 18
/** More folds than this leave too little room for the traffic between them. */
const FOLD_COUNT_MAX = 8
/** A silence that takes this share of the axis is folded. Less folds harmless pauses, more squeezes the traffic. */
const LONG_SHARE_MIN = 1 / 3
/** Where silences together take this share, as with a job that runs once a day, each of them is folded … */
const SILENT_SHARE_MIN = 0.85
/** … that takes at least this share. */
const FOLD_SHARE_MIN = 0.05
/** A shorter silence is a pause, however short the capture. */
const FOLD_SECONDS_MIN = 10

/** `starts` are the seconds at which non-empty buckets start, ascending and not none. */
export function foldedAxis(
  starts: readonly number[],
  bucketSeconds: number,
  left: number,
  width: number,
): FoldedAxis {
  const silences = foldedSilences(starts, bucketSeconds)
  const spans: { startSeconds: number; endSeconds: number }[] = []
  let from = starts[0]!
  for (const silence of silences) {
    spans.push({ startSeconds: from, endSeconds: silence.startSeconds })
    from = silence.endSeconds
  }
  spans.push({ startSeconds: from, endSeconds: starts.at(-1)! + bucketSeconds })

  const shown = spans.reduce((sum, span) => sum + span.endSeconds - span.startSeconds, 0)
  const room = width - silences.length * FOLD_WIDTH - spans.length * SEGMENT_WIDTH_MIN
  const segments: AxisSpan[] = []
  const folds: AxisSpan[] = []
  let x = left
  spans.forEach((span, index) => {
    const share = shown > 0 ? (span.endSeconds - span.startSeconds) / shown : 1 / spans.length
    const segment = { ...span, x, width: SEGMENT_WIDTH_MIN + room * share }
    segments.push(segment)
    x += segment.width
    const silence = silences[index]
    if (silence !== undefined) {
      folds.push({ ...silence, x, width: FOLD_WIDTH })
      x += FOLD_WIDTH
    }
  })
  return { segments, folds }
}

function foldedSilences(starts: readonly number[], bucketSeconds: number) {
  let axis = starts.at(-1)! + bucketSeconds - starts[0]!
  const silences = []
  for (let i = 1; i < starts.length; i++) {
    const startSeconds = starts[i - 1]! + bucketSeconds
    const seconds = starts[i]! - startSeconds
    if (seconds >= Math.max(FOLD_SHARE_MIN * axis, FOLD_SECONDS_MIN))
      silences.push({ startSeconds, endSeconds: starts[i]!, seconds })
  }
  let silent = silences.reduce((sum, { seconds }) => sum + seconds, 0)
  const folded = []
  for (const silence of silences.sort((a, b) => b.seconds - a.seconds)) {
    const isWorthwhile = silence.seconds >= LONG_SHARE_MIN * axis || silent >= SILENT_SHARE_MIN * axis
    if (!isWorthwhile || folded.length === FOLD_COUNT_MAX) break
    folded.push(silence)
    silent -= silence.seconds
    axis -= silence.seconds
  }
  return folded.sort((a, b) => a.startSeconds - b.startSeconds)
}

/** Where a moment is drawn; a moment inside a fold is drawn in its middle, one outside the axis is null. */
export function placeOf(axis: FoldedAxis, seconds: number): number | null {
  for (const { startSeconds, endSeconds, x, width } of axis.segments) {
    if (seconds >= startSeconds && seconds <= endSeconds) {
      const span = endSeconds - startSeconds
      return span === 0 ? x : x + ((seconds - startSeconds) / span) * width
    }
  }
  const fold = axis.folds.find(
    ({ startSeconds, endSeconds }) => seconds > startSeconds && seconds < endSeconds,
  )
  return fold === undefined ? null : fold.x + fold.width / 2
}
