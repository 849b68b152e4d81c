import { describe, expect, it } from 'vitest'
import { officeSummary } from '../../../test/report/office-summary.ts'
import type { Finding } from '../../engine/summarize/capture-summary.ts'
import { reasonText, scannerSentence } from './scanner-sentence.ts'

const base = officeSummary().findings[0]!
const outcomes = { open: 50, refused: 0, filtered: 0, silent: 206, unknown: 0 }
const hosts = Array.from({ length: 256 }, (_, index) => `10.99.1.${index}`)

function finding(targets: Partial<Finding['targets']>): Finding {
  return { ...base, targets: { addressCount: 256, addresses: hosts, portCount: 1, ports: '22', ...targets } }
}

const horizontal = { kinds: ['horizontal-scan'], targetCount: 256, portCount: 1, outcomes }

describe('what a scanner did', () => {
  it('names the port and the network of many hosts', () => {
    expect(scannerSentence(horizontal, [finding({})])).toBe(
      'scanned port 22 on 256 hosts of 10.99.1.0/24, 50 open',
    )
  })

  it('names no network when not every address is listed', () => {
    const scanner = { ...horizontal, targetCount: 300 }
    expect(scannerSentence(scanner, [finding({ addressCount: 300 })])).toBe(
      'scanned port 22 on 300 hosts, 50 open',
    )
  })

  it('names neither port nor target when its findings are not listed', () => {
    expect(scannerSentence({ ...horizontal, targetCount: 1 }, [])).toBe('scanned one port of 1 host, 50 open')
  })

  it('of a sweep without ports says how many answered', () => {
    const sweep = { ...horizontal, kinds: ['host-sweep'], portCount: 0 }
    expect(scannerSentence(sweep, [finding({ portCount: 0, ports: '' })])).toBe(
      'searched for hosts at 256 addresses of 10.99.1.0/24, 50 answered',
    )
  })
})

describe('the reason a scanner is flagged for', () => {
  it.each([
    ['It tried 3 ports; flagged because 60 ports failed within 0.5 s.', '60 ports failed within 0.5 s'],
    ['It tried; flagged because 60 ports failed; the rule had fired already when x.', '60 ports failed'],
    ['It said nothing.', null],
  ])('of “%s” is %s', (explanation, reason) => {
    expect(reasonText({ ...base, explanation })).toBe(reason)
  })
})
