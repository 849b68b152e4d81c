import { expect, it } from 'vitest'
import { judged, hosts, ports, SCANNER } from '../../../../test/detection/judged.ts'
import { inside, RecordBuilder } from '../../../../test/detection/record-builder.ts'
import { detect } from '../detect.ts'
import { ProbeKind } from '../probe-kind.ts'
import { DEFAULT_RULE_SETTINGS } from '../rule-settings.ts'
import { GROUP_MIN, leastHosts, leastPorts } from './least-evidence.ts'

const { limits } = DEFAULT_RULE_SETTINGS

/** Rules that fire on three attempts, with every threshold of the rule at three. */
function fired(rule: 'vertical-scan' | 'horizontal-scan', write: (builder: RecordBuilder) => void): string[] {
  const builder = new RecordBuilder()
  write(builder)
  const lowered = Object.fromEntries(Object.keys(limits[rule]).map((name) => [name, 3]))
  const settings = {
    ...DEFAULT_RULE_SETTINGS,
    limits: { ...limits, [rule]: { ...limits[rule], ...lowered } },
  }
  return detect(builder.until(4000).evidence(), settings).findings.map((finding) => finding.rule)
}

it('is what the lowest threshold of a rule asks for, and three where flags alone tell', () => {
  expect(leastPorts(ProbeKind.tcpSyn, limits['vertical-scan'])).toBe(7)
  expect(leastHosts(ProbeKind.tcpSyn, limits['horizontal-scan'])).toBe(25)
  expect(leastPorts(ProbeKind.tcpXmas, limits['vertical-scan'])).toBe(GROUP_MIN)
  expect(leastHosts(ProbeKind.tcpNull, limits['horizontal-scan'])).toBe(GROUP_MIN)
})

it('goes down with the thresholds that a person sets', () => {
  expect(fired('vertical-scan', ports(3, 1, 'refused'))).toEqual(['vertical-scan'])
  expect(fired('horizontal-scan', hosts(3, 1, 'refused'))).toEqual(['horizontal-scan'])
  expect(judged(ports(3, 1, 'refused')).rules).toEqual([])
})

it('keeps no source from the sequential test that could fire', () => {
  const { scanners } = judged((builder) => {
    for (let i = 0; i < 4; i++)
      builder.tcp({ source: SCANNER, target: inside(50 + i * 9), port: 9000 + i, at: i * 400 }, 'refused')
  })
  expect(scanners).toHaveLength(1)
})
