/** Beacons: found where they are more even than chance, folded where they are many, left open where the capture is short. */

import { describe, expect, it } from 'vitest'
import { detect } from '../detect.ts'
import { inside, outside, RecordBuilder } from '../../../../test/detection/record-builder.ts'
import { seededRandom } from '../../../../test/traffic/index.ts'
import { chanceOfRegularity } from './chance-regularity.ts'

interface Call {
  readonly source: number
  readonly target: number
  readonly at: number
  readonly port?: number
}

function judged(calls: readonly Call[], until: number) {
  const builder = new RecordBuilder()
  const byTime = [...calls].sort((x, y) => x.at - y.at)
  byTime.forEach(({ source, target, at, port = 443 }, i) =>
    builder.tcp({ source, target, sourcePort: 1024 + (i % 60_000), port, at, bytes: 900 }, 'used'),
  )
  const { findings, dismissed, scanners } = detect(builder.until(until).evidence())
  expect(scanners).toEqual([])
  return {
    beacons: findings.filter(({ rule }) => rule === 'beacon'),
    tooShort: dismissed.filter(({ reason }) => reason === 'too-short-to-judge'),
  }
}

/** Calls of one host to one service, `gap(i)` seconds apart. */
function calls(count: number, gap: (i: number) => number, source = inside(5), target = outside(1)): Call[] {
  let at = 0
  return Array.from({ length: count }, (_, i) => ({ source, target, at: (at += gap(i)) }))
}

describe('beacon', () => {
  it('fires at ten even calls, not at nine, nor at uneven or quick ones', () => {
    expect(
      judged(
        calls(10, () => 60),
        620,
      ).beacons,
    ).toMatchObject([{ measures: { contacts: 10, medianIntervalSeconds: 60 } }])
    expect(
      judged(
        calls(9, () => 60),
        620,
      ).beacons,
    ).toEqual([])
    expect(
      judged(
        calls(20, (i) => 2 ** (i % 9)),
        1200,
      ).beacons,
    ).toEqual([])
    expect(
      judged(
        calls(20, () => 4),
        100,
      ).beacons,
    ).toEqual([])
  })

  it('takes what begins within a second for one contact', () => {
    const bursts = calls(12, () => 60).flatMap((call) => [call, { ...call, at: call.at + 0.2 }])
    expect(judged(bursts, 800).beacons).toMatchObject([
      { measures: { contacts: 12, connections: 24, medianIntervalSeconds: 60 } },
    ])
    const six = calls(2, () => 60).flatMap((call) =>
      Array.from({ length: 6 }, (_, i) => ({ ...call, at: call.at + i * 0.1 })),
    )
    expect(judged(six, 800).beacons).toEqual([])
  })

  it('finds a beacon with a third of jitter and a missed beat', () => {
    const random = seededRandom(7)
    const jittered = calls(40, (i) => (i === 20 ? 120 : 60) * (0.67 + random.between(0, 66) / 100))
    expect(judged(jittered, 2600).beacons).toHaveLength(1)
  })

  it.each([1, 2, 3, 4, 5])(
    'finds none in two thousand services contacted at random times, seed %d',
    (seed) => {
      const random = seededRandom(seed)
      const busy = Array.from({ length: 2000 }, (_, service) =>
        Array.from({ length: random.between(8, 20) }, () => ({
          source: inside(1 + (service % 40)),
          target: outside(service),
          at: random.between(0, 400_000) / 1000,
        })),
      ).flat()
      const { beacons } = judged(busy, 400)
      expect(beacons).toEqual([])
    },
  )

  it('makes one finding of a source that keeps time with many services', () => {
    const poller = Array.from({ length: 30 }, (_, i) => calls(12, () => 60, inside(5), outside(i))).flat()
    const { beacons } = judged(poller, 800)
    expect(beacons).toMatchObject([
      { actors: ['10.0.0.5'], targets: { addressCount: 30 }, measures: { services: 30 } },
    ])
    expect(judged(poller.slice(0, 9 * 12), 800).beacons).toHaveLength(9)
  })

  it('makes one finding of a service that many sources keep time with', () => {
    const clients = Array.from({ length: 30 }, (_, i) => calls(12, () => 60, inside(i), outside(1))).flat()
    const { beacons } = judged(clients, 800)
    expect(beacons).toHaveLength(1)
    expect(beacons[0]).toMatchObject({ targets: { addresses: ['80.1.0.1'] }, measures: { services: 30 } })
    expect(beacons[0]!.actors).toHaveLength(30)
  })
})

describe('a capture too short to judge', () => {
  it('is said of five even calls in a capture that has no room for ten', () => {
    const { beacons, tooShort } = judged(
      calls(5, () => 60),
      310,
    )
    expect(beacons).toEqual([])
    expect(tooShort).toMatchObject([
      {
        address: '10.0.0.5',
        explanation:
          'Contacted 80.1.0.1 port 443 every 60 s, 5 times, but the capture is too short to tell a beacon: it takes 10 contacts, 10 min at this pace.',
        measures: { contacts: 5, contactsThreshold: 10, captureSeconds: 310 },
      },
    ])
  })

  it('is not said of calls that stopped, of uneven ones, nor where there was room for ten', () => {
    expect(
      judged(
        calls(5, () => 20),
        190,
      ).tooShort,
    ).toEqual([])
    expect(
      judged(
        calls(6, (i) => [5, 90, 20, 70, 9, 60][i]!),
        310,
      ).tooShort,
    ).toEqual([])
    expect(
      judged(
        calls(5, () => 20),
        250,
      ).tooShort,
    ).toEqual([])
  })

  it('makes one row a source', () => {
    const many = Array.from({ length: 7 }, (_, i) => calls(5, () => 60, inside(5), outside(i))).flat()
    expect(judged(many, 310).tooShort).toMatchObject([{ measures: { services: 7 } }])
  })
})

describe('chanceOfRegularity', () => {
  it('says that even intervals are no chance, and random ones may well be', () => {
    expect(chanceOfRegularity([60, 60, 60, 60, 60, 60, 60, 60, 60])).toBeLessThan(1e-100)
    const random = seededRandom(3)
    const exponential = Array.from(
      { length: 200 },
      () => -Math.log((1 + random.between(0, 999_998)) / 1_000_000),
    )
    expect(chanceOfRegularity(exponential.sort((x, y) => x - y))).toBeGreaterThan(0.05)
    expect(chanceOfRegularity([1])).toBe(1)
  })

  it('is smaller the more intervals agree', () => {
    const even = (count: number): number[] => Array.from({ length: count }, (_, i) => 55 + (i * 10) / count)
    expect(chanceOfRegularity(even(20))).toBeLessThan(chanceOfRegularity(even(10)))
  })
})
