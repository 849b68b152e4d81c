/** One scan seen on both sides of an address translation (RFC 3022): its packets stand in the capture twice, one hop apart. */

import { Row } from '../../aggregate/conversation-row.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { ipIdOf } from '../probe-marks.ts'
import type { ScanDraft } from './scan-draft.ts'

/** Seconds from a packet to its translation: more than a router takes, less than between two rounds of a scan. */
const PASSAGE_SECONDS = 1
/** Scans compared with each: those that began within that time, of which a capture rarely has two. */
const NEIGHBOURS_MAX = 64
/** Probes of two scans' beginnings among which one must be the same: a router passes them on in their order. */
const BEGINNING = 16
/** Share of the probes that must be the same packets: a capture loses some, and IP ids of zero tell nothing. */
const SAME_SHARE_MIN = 0.8

export interface Translated {
  readonly drafts: readonly ScanDraft[]
  /** Addresses that scans were translated to. */
  readonly addresses: readonly number[]
}

/**
 * The drafts without those that repeat another one behind a router: the same packets by IP id, all with the same number of
 * hops less to live. Nmap's decoys bear the IP id of the scanner's own probe too, and a time to live of their own each.
 */
export function withoutTranslated(table: AttemptTable, drafts: readonly ScanDraft[]): Translated {
  const inOrder = [...drafts.keys()].sort(
    (x, y) => startOf(table, drafts[x]!) - startOf(table, drafts[y]!) || x - y,
  )
  const isRepeated = new Uint8Array(drafts.length)
  inOrder.forEach((place, i) => {
    const draft = drafts[place]!
    for (const other of inOrder.slice(i + 1, i + 1 + NEIGHBOURS_MAX)) {
      if (startOf(table, drafts[other]!) - startOf(table, draft) > PASSAGE_SECONDS) break
      const hops = hopsBetween(table, draft, drafts[other]!)
      if (hops !== 0) isRepeated[hops > 0 ? other : place] = 1
    }
  })
  const repeated = drafts.filter((_, place) => isRepeated[place] === 1)
  if (repeated.length === 0) return { drafts, addresses: [] }
  return {
    drafts: drafts.filter((_, place) => isRepeated[place] === 0),
    addresses: repeated.flatMap(({ sources }) => sources),
  }
}

function startOf(table: AttemptTable, { attempts }: ScanDraft): number {
  return table.time(attempts[0]!)
}

/** Hops that the packets of `near` went until they were those of `far`, below 0 the other way; 0 when they are others. */
function hopsBetween(table: AttemptTable, near: ScanDraft, far: ScanDraft): number {
  if (near.sources[0] === far.sources[0] || near.sources.length + far.sources.length > 2) return 0
  if (!beginAlike(table, near.attempts, far.attempts)) return 0
  const [x, y] = [keysOf(table, near.attempts), keysOf(table, far.attempts)]
  if (Math.min(x.length, y.length) < SAME_SHARE_MIN * Math.max(x.length, y.length)) return 0
  let same = 0
  let hops = 0
  for (let i = 0, j = 0; i < x.length && j < y.length;) {
    const order = x[i]!.key - y[j]!.key
    if (order === 0) {
      const [first, second] = [x[i]!.attempt, y[j]!.attempt]
      const id = ipIdOf(table, first)
      const difference = timeToLive(table, first) - timeToLive(table, second)
      if (id !== 0 && id === ipIdOf(table, second)) {
        if (difference === 0 || (hops !== 0 && difference !== hops)) return 0
        hops = difference
        same++
      }
    }
    if (order <= 0) i++
    if (order >= 0) j++
  }
  return same >= SAME_SHARE_MIN * Math.max(x.length, y.length) ? hops : 0
}

function beginAlike(table: AttemptTable, x: Int32Array, y: Int32Array): boolean {
  const beginning = y.subarray(0, BEGINNING)
  return x
    .subarray(0, BEGINNING)
    .some((one) =>
      beginning.some(
        (other) => ipIdOf(table, one) === ipIdOf(table, other) && keyOf(table, one) === keyOf(table, other),
      ),
    )
}

function keyOf(table: AttemptTable, attempt: number): number {
  return (table.target(attempt) * 16 + table.kind(attempt)) * 65_536 + table.port(attempt)
}

interface Keyed {
  readonly key: number
  readonly attempt: number
}

function keysOf(table: AttemptTable, attempts: Int32Array): Keyed[] {
  const keyed = Array.from(attempts, (attempt) => ({
    key: keyOf(table, attempt),
    attempt,
  }))
  return keyed.sort((a, b) => a.key - b.key)
}

function timeToLive(table: AttemptTable, attempt: number): number {
  return table.firstWord(attempt, Row.firstPacketAndErrors) & 0xff
}
