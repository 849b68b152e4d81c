/** The measured table: who comes first, what a ratio is to, how slices and failures are told. */

import { describe, expect, it } from 'vitest'
import { median, type Result } from './compare.ts'
import { programs, type Program } from './programs.ts'
import { measuredTable, withTable } from './table.ts'

const named = (name: string): Program => programs.find((program) => program.name === name)!

function result(name: string, wallSeconds: number | null, more: Partial<Result> = {}): Result {
  const usual = { cpuSeconds: 1, peakMib: 99.6, roundCount: 5, scale: 1, failure: null }
  return { program: named(name), wallSeconds, ...usual, ...more }
}

const rowOf = (table: string, name: string): string[] =>
  (table.split('\n').find((line) => line.startsWith(`| ${name} |`)) ?? '').split(' | ').slice(2)

describe('measuredTable', () => {
  const table = measuredTable({
    machine: 'a machine',
    rounds: 5,
    results: {
      realistic: [result('tshark', 40, { roundCount: 1 }), result('nta', 2), result('cat', 0.5)],
      small: [
        result('tshark', 200, { scale: 10, roundCount: 1 }),
        result('nta', 4),
        result('cat', null, { failure: 'not done' }),
      ],
    },
    skipped: [{ name: 'scapy', reason: 'not installed' }],
  })

  it('puts the fastest first', () => {
    const names = table
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(1)
      .map((line) => line.split(' | ')[0])
    expect(names).toEqual(['| ---', '| cat', '| **nta**', '| tshark'])
  })

  it('has as many cells in every row', () => {
    const cellCounts = table
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.split(' | ').length)
    expect(new Set(cellCounts)).toEqual(new Set([10]))
  })

  it('gives ratios to nta and tells what ran once, or on a slice, or not to the end', () => {
    expect(rowOf(table, '**nta**')).toEqual(['2.00', '1.0', '1.0', '100', '4.00', '1.0', '1.0', '100 |'])
    expect(rowOf(table, 'tshark')).toEqual([
      '40.00 ¹',
      '20.0',
      '1.0',
      '100',
      '≈ 200.00 ¹',
      '50.0',
      '1.0',
      '100 |',
    ])
    expect(rowOf(table, 'cat')).toEqual(['0.50', '0.3', '1.0', '100', 'not done', '–', '–', '– |'])
    expect(table).toContain('Not run: scapy (not installed).')
  })

  it('goes between the markers of a page and leaves the rest alone', () => {
    const page = 'before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nafter\n'
    const once = withTable(page, 'new')
    expect(once).toBe('before\n<!-- measured: begin -->\n\nnew\n\n<!-- measured: end -->\nafter\n')
    expect(withTable(once, 'new')).toBe(once)
    expect(() => withTable('a page', 'new')).toThrow('lacks')
  })
})

describe('median', () => {
  it('is the middle, or between the two middle ones', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
  })
})
