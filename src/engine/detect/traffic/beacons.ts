/** Regular calls home: services contacted at even intervals with even sizes, more evenly than chance would have it. */

import { isAscending } from '../attempt-groups.ts'
import type { RuleLimits } from '../rules.ts'
import { beaconFindings } from './beacon-findings.ts'
import { beaconScore, intervalsOf, type BeaconScore } from './beacon-score.ts'
import { chanceOfRegularity } from './chance-regularity.ts'
import type { RepeatedService } from './repeated-connections.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

/** RITA calls more than one connection a second for a day a strobe, not a beacon. */
const CONNECTIONS_MAX = 86_400

/** RITA's clock has seconds: what begins within one is one contact, as the six connections of a page are one visit. */
const CONTACT_SECONDS = 1

/** Contacts below which RITA scores nothing: three intervals have quartiles. */
export const CONTACTS_MIN = 4

/** Share of the capture between the first and last contact: RITA's full duration score asks for half of its day. */
const SPAN_SHARE_MIN = 0.5

/** Services whose clients keep time by asking: an answer to "what time is it" every minute is no secret. */
const TIMEKEEPING: readonly number[] = [123, 53, 5353]

export interface Beacon {
  readonly attempt: number
  readonly rows: Int32Array
  readonly contacts: number
  readonly score: BeaconScore
}

export interface BeaconVerdict {
  readonly drafts: readonly TrafficDraft[]
  /** Even as far as it goes, in a capture that could not show enough contacts at this pace. */
  readonly tooShort: readonly Beacon[]
}

export function beacons(context: TrafficContext, services: readonly RepeatedService[]): BeaconVerdict {
  const { table } = context
  const limits = context.limits.beacon
  const candidates: Candidate[] = []
  for (const service of services) {
    if (service.rows.length < CONTACTS_MIN || service.rows.length > CONNECTIONS_MAX) continue
    if (TIMEKEEPING.includes(table.port(service.attempt))) continue
    const candidate = contactsOf(context, service)
    if (candidate.times.length >= CONTACTS_MIN) candidates.push(candidate)
  }
  // Bonferroni: the more services are looked at, the less any one may owe to chance.
  const tested = candidates.filter(({ times }) => times.length >= limits.connections).length
  const found: Beacon[] = []
  const tooShort: Beacon[] = []
  for (const candidate of candidates) {
    const { times, sizes, service } = candidate
    const isEnough = times.length >= limits.connections
    if (!isEnough && !spans(times, table.durationSeconds)) continue
    // Chance explains most: asked first, as the score costs several times as much.
    const chance = chanceOfRegularity(intervalsOf(times))
    if (chance > (isEnough ? limits.falseAlarm / tested : limits.falseAlarm)) continue
    const score = beaconScore(times, sizes, table.durationSeconds)
    if (score.medianIntervalSeconds < limits.periodSecondsMin) continue
    const beacon = { attempt: service.attempt, rows: service.rows, contacts: times.length, score }
    if (isEnough) {
      if (score.score >= limits.score) found.push(beacon)
    } else if (isCutShort(beacon, table.durationSeconds, limits)) tooShort.push(beacon)
  }
  return { drafts: beaconFindings(context, found), tooShort }
}

interface Candidate {
  readonly service: RepeatedService
  /** Seconds from the capture's first time, ascending, and bytes sent with each contact. */
  readonly times: readonly number[]
  readonly sizes: readonly number[]
}

function contactsOf({ table, view }: TrafficContext, service: RepeatedService): Candidate {
  const began = new Float64Array(service.rows.length)
  for (let place = 0; place < began.length; place++) began[place] = table.firstSeconds(service.rows[place]!)
  const places = Array.from(began.keys())
  if (!isAscending(began)) places.sort((x, y) => began[x]! - began[y]!)
  const times: number[] = []
  const sizes: number[] = []
  for (const place of places) {
    const time = began[place]!
    const row = service.rows[place]!
    const sent = view.go(row).originatorByteCount
    if (times.length > 0 && time - times[times.length - 1]! < CONTACT_SECONDS) {
      sizes[sizes.length - 1] = sizes[sizes.length - 1]! + sent
    } else {
      times.push(time)
      sizes.push(sent)
    }
  }
  return { service, times, sizes }
}

/**
 * At this pace the capture has no room for the contacts the rule asks for, and what there is, is as even as a beacon's:
 * in time and size, as the score's other two parts say nothing of so little.
 */
function isCutShort({ score }: Beacon, captureSeconds: number, limits: RuleLimits['beacon']): boolean {
  return (
    captureSeconds < limits.connections * score.medianIntervalSeconds &&
    (score.timing + score.size) / 2 >= limits.score
  )
}

/** From the first contact to the last is much of the capture. */
function spans(times: readonly number[], captureSeconds: number): boolean {
  return times[times.length - 1]! - times[0]! >= SPAN_SHARE_MIN * captureSeconds
}
