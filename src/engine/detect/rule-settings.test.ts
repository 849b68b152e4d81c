/** Settings: every threshold can be set, every fault is named, and what is allowed is shown but names no scanner. */

import { describe, expect, it } from 'vitest'
import { inside, outside, RecordBuilder } from '../../../test/detection/record-builder.ts'
import { detect } from './detect.ts'
import { DEFAULT_RULE_SETTINGS, readRuleSettings, type RuleSettings } from './rule-settings.ts'
import { RULE_IDS, RULES } from './rules.ts'

const read = (value: unknown): RuleSettings => {
  const { settings, faults } = readRuleSettings(value)
  if (settings === null) throw new Error(faults.join(' '))
  return settings
}
const faults = (value: unknown): string => (readRuleSettings(value).faults ?? []).join('\n')

function scan(settings: RuleSettings, ports = 20) {
  const builder = new RecordBuilder()
  for (let i = 0; i < ports; i++)
    builder.tcp({ source: outside(9), target: inside(5), port: 2000 + i, at: i }, 'refused')
  return detect(builder.evidence(), settings)
}

describe('settings', () => {
  it('leave everything as it is when they say nothing', () => {
    expect(read({})).toEqual(DEFAULT_RULE_SETTINGS)
  })

  it('set any threshold of any rule', () => {
    for (const rule of RULE_IDS) {
      for (const [name, { unit }] of Object.entries(RULES[rule].thresholds)) {
        const value = unit.startsWith('probability') ? RULES[rule].thresholds[name]!.value * 0.99 : 3
        const limits: Record<string, Record<string, number>> = read({
          thresholds: { [rule]: { [name]: value } },
        }).limits
        expect(limits[rule]![name]).toBe(value)
      }
    }
  })

  it('are what the rules then use, and what the summary says they used', () => {
    const settings = read({
      thresholds: {
        'vertical-scan': { failedPorts: 21, unusedPorts: 99 },
        'slow-scan': { ports: 99, falseAlarm: 1e-60 },
      },
    })
    expect(scan(settings).findings).toEqual([])
    expect(scan(settings, 21).findings).toMatchObject([
      { rule: 'vertical-scan', measures: { threshold: 21 } },
    ])
    expect(scan(settings).rules.find(({ rule }) => rule === 'vertical-scan')!.thresholds['failedPorts']).toBe(
      21,
    )
  })

  it.each([
    [[], 'must hold one JSON object'],
    [{ threshold: {} }, '"threshold" is not known'],
    [{ thresholds: { 'port-scan': {} } }, 'there is no rule "port-scan"'],
    [{ thresholds: { 'vertical-scan': { ports: 3 } } }, 'there is no "ports"'],
    [{ thresholds: { 'vertical-scan': { failedPorts: '15' } } }, 'must be a number'],
    [{ thresholds: { 'vertical-scan': { failedPorts: -1 } } }, 'at least 0'],
    [{ thresholds: { 'slow-scan': { falseAlarm: 1 } } }, 'less than 1'],
    [{ thresholds: { 'slow-scan': { benignSuccess: 0.1 } } }, 'greater than scannerSuccess'],
    [{ allow: {} }, 'must be a list'],
    [{ allow: [{}] }, 'names nothing'],
    [{ allow: [{ source: '10.0.0.300' }] }, 'allow[0].source must be an IP address'],
    [{ allow: [{ port: 70_000 }] }, 'whole number from 0 to 65535'],
    [{ allow: [{ rule: 'x' }] }, 'allow[0].rule must be one of'],
    [{ allow: [{ host: '10.0.0.1' }] }, '"host" is not known'],
  ])('say what is wrong with %j', (value, message) => {
    expect(faults(value)).toContain(message)
  })

  it('name all faults at once', () => {
    expect(readRuleSettings({ thresholds: { x: {} }, allow: [{}] }).faults).toHaveLength(2)
  })
})

describe('an allow-list entry', () => {
  it.each([{ source: '80.9.0.0/16' }, { source: '80.9.0.9', target: '10.0.0.5' }, { rule: 'vertical-scan' }])(
    '%j makes the scan authorised: shown, and nobody flagged',
    (entry) => {
      const { findings, scanners } = scan(read({ allow: [entry] }))
      expect(findings).toMatchObject([{ rule: 'vertical-scan', authorised: true }])
      expect(scanners).toEqual([])
    },
  )

  it.each([
    { source: '80.10.0.0/16' },
    { source: '80.9.0.9', target: '10.0.0.6' },
    { rule: 'block-scan' },
    { port: 2000 },
  ])('%j does not cover it', (entry) => {
    const { findings, scanners } = scan(read({ allow: [entry] }))
    expect(findings).toMatchObject([{ authorised: false }])
    expect(scanners).toHaveLength(1)
  })
})
