/** The pages about the rules say what the rules do; run with `--update` after a rule has changed. */

import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { readRuleSettings } from '../../src/engine/detect/rule-settings.ts'
import { RULE_IDS, RULES } from '../../src/engine/detect/rules.ts'
import { rulesPage, rulesSchema } from './rules-page.ts'

describe('the rules', () => {
  it('are described in docs/detection-rules.md', async () => {
    await expect(await rulesPage()).toMatchFileSnapshot('../../docs/detection-rules.md')
  })

  it('have their settings described in docs/rules.schema.json', async () => {
    await expect(await rulesSchema()).toMatchFileSnapshot('../../docs/rules.schema.json')
  })

  it('each say where their thresholds come from and what others would do', () => {
    for (const rule of RULE_IDS) {
      expect(RULES[rule].attack.every((id) => /^T\d{4}(\.\d{3})?$/.test(id))).toBe(true)
      for (const { source, higher, lower, unit } of Object.values(RULES[rule].thresholds)) {
        for (const text of [source, higher, lower, unit]) expect(text.length).toBeGreaterThan(0)
      }
    }
  })

  it('accept and refuse the same settings as their schema', async () => {
    const check = new Ajv2020().compile(JSON.parse(await rulesSchema()))
    const files: unknown[] = [
      {},
      { thresholds: { 'vertical-scan': { failedPorts: 20 } }, allow: [{ source: '10.0.0.1', note: 'ours' }] },
      { allow: [{ port: 22, rule: 'vertical-scan' }] },
      { thresholds: { 'vertical-scan': { ports: 20 } } },
      { thresholds: { 'slow-scan': { falseAlarm: 0 } } },
      { allow: [{ note: 'all' }] },
      { allow: [{ port: 65_536 }] },
      { rules: {} },
      [],
    ]
    for (const file of files)
      expect([file, check(file)]).toEqual([file, readRuleSettings(file).faults === null])
  })
})
