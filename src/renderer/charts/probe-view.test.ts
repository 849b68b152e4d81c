import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../contract/index.ts'
import {
  firingProbe,
  laneRange,
  otherCrossing,
  scoreNameOf,
  type Probe,
  probeGrid,
  runningPlaces,
  silencesOf,
} from './probe-view.ts'

const probe = (
  seconds: number,
  target: string,
  port: number,
  outcome: Probe['outcome'] = 'refused',
  frame = seconds + 1,
): Probe => ({
  seconds,
  target,
  port,
  outcome,
  frame,
})

describe('the firing probe', () => {
  const probes = [
    probe(0, 'a', 1, 'refused', 10),
    probe(1, 'a', 2, 'refused', 20),
    probe(2, 'a', 3, 'refused', 30),
  ]
  it.each([
    [20, 1],
    [25, 1],
    [99, 2],
    [5, -1],
  ])('for frame %d is number %d', (frame, place) => {
    expect(firingProbe(probes, frame)).toBe(place)
  })
  it('is none where no frame is known', () => {
    expect(firingProbe(probes, null)).toBe(-1)
  })
})

it('a place tried again counts once', () => {
  expect(runningPlaces([probe(0, 'a', 1), probe(1, 'a', 1), probe(2, 'b', 1)])).toEqual([1, 1, 2])
})

it('a long pause between probes is a silence, the usual ones are not', () => {
  const probes = [0, 1, 2, 3, 1000, 1001, 1002].map((seconds) => probe(seconds, 'a', seconds))
  expect(silencesOf(probes)).toEqual([[3, 1000]])
})

describe('the grid', () => {
  it('wraps the ports of one host into lines', () => {
    const grid = probeGrid(Array.from({ length: 90 }, (_, i) => probe(i, '10.0.0.1', i + 1)))
    expect(grid.kind).toBe('ports')
    expect(grid.rows).toEqual(['1', '41', '81'])
    expect(grid.cells[45]).toMatchObject({ row: 1, column: 5, port: 46 })
  })

  it('wraps hosts where there is one port', () => {
    expect(probeGrid([probe(0, '10.0.0.2', 22), probe(1, '10.0.0.1', 22)]).kind).toBe('hosts')
  })

  it('sets hosts against ports where there are several of both, and says what it leaves out', () => {
    const probes = Array.from({ length: 60 }, (_, i) => probe(i, `10.0.0.${i}`, i % 2 === 0 ? 22 : 80))
    const grid = probeGrid(probes)
    expect(grid.kind).toBe('both')
    expect(grid.columns).toEqual(['22', '80'])
    expect([grid.hostCount, grid.drawnHostCount]).toEqual([60, 40])
  })

  it('shows the outcome that says most about a place', () => {
    const grid = probeGrid([
      probe(0, 'a', 1, 'silent'),
      probe(1, 'a', 1, 'open'),
      probe(2, 'a', 1, 'refused'),
    ])
    expect(grid.cells).toHaveLength(1)
    expect(grid.cells[0]).toMatchObject({ outcome: 'open', probeCount: 3 })
  })
})

describe('the line above the probes', () => {
  it('is named after the measure the rule fired on', () => {
    const finding = { measures: { firedBy: 'failedPorts' } } as unknown as Evidence['finding']
    expect(scoreNameOf({ finding, scores: [1] })).toBe('failed ports')
    expect(scoreNameOf({ finding, scores: null })).toBe('places tried')
  })
})

describe('the lanes', () => {
  it('leave room for a whole mark at both ends, however many there are', () => {
    for (const count of [1, 20, 500]) {
      const { min, max } = laneRange(count)
      // Of 200 px, a mark with its border reaches 6 px out of its lane.
      expect((-min / (max - min)) * 200).toBeGreaterThan(6)
      expect(((max - (count - 1)) / (max - min)) * 200).toBeGreaterThan(6)
    }
  })
})

describe('the frame at which the drawn measure crosses', () => {
  const evidence = (firedFrame: number | null, scores: number[] | null) => ({
    finding: { firedFrame },
    probes: [10, 20, 30].map((frame): [number, number, number, number, number] => [0, 0, 80, 1, frame]),
    scores,
    scoreThreshold: scores === null ? null : 2,
  })

  it('is named where the rule fired at another one', () => {
    expect(otherCrossing(evidence(30, [1, 2, 3]))).toBe(20)
  })

  it('is not where it is the same, never comes, or nothing is measured', () => {
    expect(otherCrossing(evidence(20, [1, 2, 3]))).toBeNull()
    expect(otherCrossing(evidence(30, [0, 1, 1]))).toBeNull()
    expect(otherCrossing(evidence(30, null))).toBeNull()
    expect(otherCrossing(evidence(null, [1, 2, 3]))).toBeNull()
  })
})
