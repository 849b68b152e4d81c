/** A capture of an Internet telescope: more scanners than are told one by one. */

import { expect, it } from 'vitest'
import { detect } from '../../src/engine/detect/detect.ts'
import { RecordBuilder } from './record-builder.ts'

const LISTED_MAX = 10_000
const FIRST = 0x0b000000

it('lists the largest scans, counts the rest, and dismisses none of them', () => {
  const builder = new RecordBuilder([1, 2, 3, 4])
  const scannerCount = LISTED_MAX + 30
  const address = (scanner: number): string => `11.0.${scanner >>> 8}.${scanner & 255}`
  for (let scanner = 0; scanner < scannerCount; scanner++) {
    // The last ten try one port more than all others.
    const portCount = scanner < scannerCount - 10 ? 16 : 17
    for (let port = 1; port <= portCount; port++) {
      const time = scanner * 0.01 + port * 0.001
      builder.tcp({ source: FIRST + scanner, target: FIRST - 1 - scanner, port, at: time }, 'refused')
    }
  }
  const { findings, scanners, unlistedScanCount, dismissed } = detect(builder.evidence())
  const scans = findings.filter(({ rule }) => rule === 'vertical-scan')
  expect(scans).toHaveLength(LISTED_MAX)
  expect(scanners).toHaveLength(LISTED_MAX)
  expect(unlistedScanCount).toBe(30)
  const named = new Set(scanners.map((row) => row.address))
  for (let scanner = scannerCount - 10; scanner < scannerCount; scanner++)
    expect(named.has(address(scanner))).toBe(true)
  expect(dismissed.filter((row) => row.address.startsWith('11.'))).toEqual([])
})
