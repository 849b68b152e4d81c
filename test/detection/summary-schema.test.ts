/** Findings, scanners and dismissed sources have the form that the summary's schema asks for, for every rule there is. */

import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { detect } from '../../src/engine/detect/detect.ts'
import { LOOK_ALIKES } from './look-alikes.ts'
import { ODD_SCANS } from './odd-scans.ts'
import { PLAIN_SCANS } from './plain-scans.ts'
import { Scene } from './scene.ts'

const schema = JSON.parse(readFileSync('docs/summary.schema.json', 'utf8'))
const ajv = new Ajv2020({ strict: false })
ajv.addSchema(schema, 'summary')
const isValid = (part: string, value: unknown): string =>
  ajv.validate(`summary${part}`, value) ? 'valid' : ajv.errorsText()

describe.each(Object.entries({ ...PLAIN_SCANS, ...ODD_SCANS, ...LOOK_ALIKES }))('of %s', (_name, make) => {
  const scene = new Scene(3)
  make(scene)
  const { findings, scanners, dismissed, rules } = detect(scene.build().evidence())

  it('all rows are valid', () => {
    for (const finding of findings) expect(isValid('#/$defs/finding', finding)).toBe('valid')
    expect(isValid('#/properties/scanners', scanners)).toBe('valid')
    expect(isValid('#/properties/dismissed', dismissed)).toBe('valid')
    expect(isValid('#/properties/tool/properties/rules', rules)).toBe('valid')
  })

  it('ids are distinct, scanners point at findings, and every measure is a plain value', () => {
    const ids = findings.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { findingIds } of scanners) for (const id of findingIds) expect(ids).toContain(id)
    for (const { measures, confidence, explanation } of findings) {
      for (const value of Object.values(measures)) expect(typeof value === 'object' ? value : null).toBeNull()
      for (const value of Object.values(measures)) expect(Number.isNaN(value)).toBe(false)
      expect(confidence).toBeGreaterThan(0)
      expect(confidence).toBeLessThanOrEqual(1)
      expect(explanation).toMatch(/\.$/)
    }
  })
})
