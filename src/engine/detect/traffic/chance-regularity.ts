/**
 * How likely contacts at random times would lie as evenly. The score of beacon-score.ts says how even they are; among
 * thousands of services some are so by chance, and the shorter the list of contacts, the more of them.
 */

/** Shares of the intervals of which the band around the median is taken: a beacon may miss beats, so not all of them. */
const SHARES = [0.5, 0.75, 0.9]

/**
 * Upper bound of the probability that as many of the intervals between random contacts would lie as close to their
 * median. Random contacts are a Poisson process, whose intervals are exponential: within r * m of the median m
 * lies a share 2^-max(0, 1-r) - 2^-(1+r) of them, whatever m is. How many do is binomial, bounded by Chernoff:
 * exp(-n * D(k/n || p)). The median's own interval is no evidence; the bands are three tests (Bonferroni).
 *
 * `intervals` ascend, in any unit; 1 for less than two of them.
 */
export function chanceOfRegularity(intervals: ArrayLike<number>): number {
  const count = intervals.length
  if (count < 2) return 1
  const median = (intervals[(count - 1) >> 1]! + intervals[count >> 1]!) / 2
  if (median <= 0) return 1
  const deviations = Float64Array.from(intervals, (interval) => Math.abs(interval - median)).sort()
  let least = 1
  for (const share of SHARES) {
    const within = Math.ceil(share * count)
    const width = deviations[within - 1]! / median
    const chance = 2 ** -Math.max(0, 1 - width) - 2 ** (-1 - width)
    least = Math.min(least, binomialTail(count - 1, within - 1, Math.max(chance, Number.MIN_VALUE)))
  }
  return Math.min(1, SHARES.length * least)
}

/** Chernoff's bound of P(X >= k) for X binomial with `n` trials of probability `p`. */
function binomialTail(n: number, k: number, p: number): number {
  const share = k / n
  if (share <= p) return 1
  if (share === 1) return p ** n
  const divergence = share * Math.log(share / p) + (1 - share) * Math.log((1 - share) / (1 - p))
  return Math.exp(-n * divergence)
}
