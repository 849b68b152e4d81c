/** Measures beside their thresholds, as the rules name them. */

import { describe, expect, it } from 'vitest'
import { officeSummary } from '../../../test/report/office-summary.ts'
import type { Finding } from '../../engine/summarize/capture-summary.ts'
import { measureLine, measureTable, measureText } from './measures.ts'

const [finding] = officeSummary().findings

/** The rows of the table as texts: name, measured, threshold. */
function rows(measures: Finding['measures'], thresholds: Record<string, number> = {}): string[][] {
  const { markup } = measureTable({ ...finding!, rule: 'r', measures }, [
    { rule: 'r', version: 1, thresholds },
  ])
  const body = /<tbody>(.*)<\/tbody>/s.exec(markup)?.[1] ?? ''
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell]) => cell!.trim()),
  )
}

describe('the table of measures', () => {
  it('puts a threshold of the same name beside its measure, with its direction', () => {
    expect(rows({ portCount: 17, portCountMin: 15 })).toEqual([['Port count', '17', '≥ 15']])
    expect(rows({ completedShare: 0.05 }, { completedShareMax: 0.2 })).toEqual([
      ['Completed share', '5.0 %', '≤ 20.0 %'],
    ])
    expect(rows({ attempts: 400, attemptsThreshold: 30 })).toEqual([
      ['Attempts in the whole scan', '400', '30'],
    ])
    expect(rows({ attempts: 400 }, { attempts: 30 })).toEqual([['Attempts in the whole scan', '400', '30']])
  })

  it('puts the threshold that fired first', () => {
    expect(rows({ attempts: 256, firedBy: 'failedPorts', measured: 16, threshold: 15 })).toEqual([
      ['Ports that failed or were only probed, when the rule fired', '16', '≥ 15'],
      ['Attempts in the whole scan', '256', '–'],
    ])
  })

  it('keeps a measure that equals the threshold of its rule', () => {
    expect(rows({ claims: 3, claimsThreshold: 3 }, { claims: 3 })).toEqual([['Claims', '3', '3']])
  })

  it('is not there without measures', () => {
    expect(measureTable({ ...finding!, measures: {} }, []).markup).toBe('')
  })
})

describe('a measure', () => {
  it.each([
    ['windowSeconds', 58.2, '58.2 s'],
    ['sentByteCount', 2_100, '2,100 B'],
    ['answeredShare', 0.986, '98.6 %'],
    ['portCount', 1_000, '1,000'],
    ['isSpoofed', true, 'yes'],
    ['service', 'ssh', 'ssh'],
    ['ratio', null, '–'],
    ['portEntropyBits', 6.644, '6.644 bit'],
  ])('%s of %s reads %s', (name, value, said) => {
    expect(measureText(name, value)).toBe(said)
  })

  it('stands in a line with the others', () => {
    expect(measureLine({ targetCount: 61, answeredShare: 0.44 })).toBe(
      'target count 61, answered share 44.0 %',
    )
    expect(measureLine({})).toBe('–')
  })
})
