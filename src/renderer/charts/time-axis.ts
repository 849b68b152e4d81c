/** A time axis without its silences: each long gap takes a fixed, narrow width, named; ticks fall on round times. */

/** [start, end] in seconds since the capture began. */
export type Gap = readonly [number, number]

interface Piece {
  readonly startSeconds: number
  readonly endSeconds: number
  /** Where it lies on the axis. */
  readonly startAt: number
  readonly endAt: number
  readonly isGap: boolean
}

export interface TimeAxis {
  /** The whole axis, in the axis's own unit. */
  readonly startAt: number
  readonly endAt: number
  readonly gaps: readonly {
    readonly startAt: number
    readonly endAt: number
    readonly lengthSeconds: number
  }[]
  /** Seconds to place; outside the range it goes on as it did at the edge. */
  placeOf(seconds: number): number
  secondsAt(place: number): number
}

/** A folded gap takes this share of the time that is not folded. */
const foldedShare = 0.035

/** The axis of `startSeconds` to `endSeconds` with `gaps`, ascending and apart, folded. */
export function timeAxis(startSeconds: number, endSeconds: number, gaps: readonly Gap[]): TimeAxis {
  const inside = gaps
    .map(([start, end]): Gap => [Math.max(start, startSeconds), Math.min(end, endSeconds)])
    .filter(([start, end]) => end > start)
    .sort(([a], [b]) => a - b)
  const silent = inside.reduce((sum, [start, end]) => sum + (end - start), 0)
  const heard = Math.max(endSeconds - startSeconds - silent, 0)
  // A gap is never wider folded than it was.
  const folded = heard === 0 ? 1 : heard * foldedShare

  const pieces: Piece[] = []
  let seconds = startSeconds
  let at = startSeconds
  const add = (until: number, isGap: boolean): void => {
    if (until <= seconds) return
    const width = isGap ? Math.min(folded, until - seconds) : until - seconds
    pieces.push({ startSeconds: seconds, endSeconds: until, startAt: at, endAt: at + width, isGap })
    seconds = until
    at += width
  }
  for (const [start, end] of inside) {
    add(start, false)
    add(end, true)
  }
  add(endSeconds, false)

  const move = (
    value: number,
    from: 'startSeconds' | 'startAt',
    fromEnd: 'endSeconds' | 'endAt',
    to: 'startSeconds' | 'startAt',
    toEnd: 'endSeconds' | 'endAt',
  ): number => {
    const piece = pieces.find((one) => value <= one[fromEnd]) ?? pieces.at(-1)
    if (piece === undefined) return value
    const width = piece[fromEnd] - piece[from]
    if (value < piece[from]) return piece[to] + (value - piece[from])
    if (value > piece[fromEnd]) return piece[toEnd] + (value - piece[fromEnd])
    return piece[to] + ((value - piece[from]) / width) * (piece[toEnd] - piece[to])
  }

  return {
    startAt: startSeconds,
    endAt: at,
    gaps: pieces
      .filter((piece) => piece.isGap)
      .map((piece) => ({
        startAt: piece.startAt,
        endAt: piece.endAt,
        lengthSeconds: piece.endSeconds - piece.startSeconds,
      })),
    placeOf: (value) => move(value, 'startSeconds', 'endSeconds', 'startAt', 'endAt'),
    secondsAt: (place) => move(place, 'startAt', 'endAt', 'startSeconds', 'endSeconds'),
  }
}

const minute = 60
const hour = 3600
const day = 86_400
const longSteps = [1, 2, 5, 10, 15, 30, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute]
const longerSteps = [hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 30 * day]
const steps = [...longSteps, ...longerSteps, 91 * day, 182 * day, 365 * day, 3650 * day]

/** The smallest round step of time at least as long as `seconds`: 1-2-5 below a second, clock steps above. */
export function roundStep(seconds: number): number {
  if (seconds <= 0) return 1e-9
  if (seconds <= 1) {
    const power = 10 ** Math.floor(Math.log10(seconds))
    const step = [1, 2, 5, 10].find((factor) => factor * power >= seconds * (1 - 1e-9)) ?? 10
    return Math.max(step * power, 1e-9)
  }
  return steps.find((step) => step >= seconds) ?? Math.ceil(seconds / (365 * day)) * 365 * day
}

export interface AxisTick {
  readonly at: number
  readonly seconds: number
}

/**
 * Round times on the axis, about `countMax` of them, none inside a fold. `phaseSeconds` is the clock's time at the
 * axis's zero, so that ticks fall on whole minutes of the clock and not of the capture.
 */
export function axisTicks(
  axis: TimeAxis,
  countMax: number,
  phaseSeconds: number,
): { readonly ticks: readonly AxisTick[]; readonly stepSeconds: number } {
  const width = axis.endAt - axis.startAt
  const stepSeconds = roundStep(width / Math.max(1, countMax))
  const ticks: AxisTick[] = []
  const isFolded = (at: number): boolean => axis.gaps.some((gap) => at > gap.startAt && at < gap.endAt)
  const apart = stepSeconds * 0.6
  let seconds = axis.secondsAt(axis.startAt)
  const end = axis.secondsAt(axis.endAt)
  seconds = Math.ceil((seconds + phaseSeconds) / stepSeconds - 1e-9) * stepSeconds - phaseSeconds
  while (seconds <= end + stepSeconds * 1e-9 && ticks.length < 100) {
    const at = axis.placeOf(seconds)
    const last = ticks.at(-1)
    if (!isFolded(at) && (last === undefined || at - last.at >= apart)) ticks.push({ at, seconds })
    // Inside a fold there may be thousands of steps: go on behind it.
    const fold = axis.gaps.find((gap) => at >= gap.startAt && at < gap.endAt)
    const next = seconds + stepSeconds
    const behind = fold === undefined ? next : Math.max(next, axis.secondsAt(fold.endAt))
    seconds = Math.ceil((behind + phaseSeconds) / stepSeconds - 1e-9) * stepSeconds - phaseSeconds
    if (seconds < next) seconds = next
  }
  return { ticks, stepSeconds }
}
