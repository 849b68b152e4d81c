/** The filter that holds across pages: a span of time, chips that include or exclude, and free text. */

import { type Checked, list, nullable, number, oneOf, record, text } from './check.ts'

/** What a chip can be about. Each table applies the fields it has; `RowWindow.ignored` names those it does not. */
export const chipFields = [
  'address',
  'originator',
  'responder',
  /** Port of either side. */
  'port',
  /** Transport protocol of a conversation: tcp, udp, sctp … */
  'protocol',
  'application',
  /** Zeek's conn_state. */
  'state',
  'tunnel',
  'rule',
  'severity',
  'technique',
] as const

export type ChipField = (typeof chipFields)[number]

export const filterChip = record({
  field: oneOf(chipFields),
  /** `include`: one of the values must hold; `exclude`: none may. "Only" in the interface is an include that replaces the others. */
  mode: oneOf(['include', 'exclude']),
  /** Addresses may be CIDR blocks (10.0.0.0/8), ports ranges (1-1023). Compared without regard to case. */
  values: list(text(200), 100),
})

export type FilterChip = Checked<typeof filterChip>

export const timeRange = record({
  /** Seconds since the capture's first timestamp. A conversation matches when its life overlaps the span. */
  startSeconds: number(),
  endSeconds: number(),
})

export const trafficFilter = record({
  time: nullable(timeRange),
  chips: list(filterChip, 50),
  /** Found anywhere in the addresses, names and states of a row, without regard to case. */
  text: text(200),
})

export type TrafficFilter = Checked<typeof trafficFilter>

export const emptyFilter: TrafficFilter = { time: null, chips: [], text: '' }

/** True when the filter lets everything through. */
export function isEmptyFilter(filter: TrafficFilter): boolean {
  return filter.time === null && filter.text === '' && filter.chips.every((chip) => chip.values.length === 0)
}
