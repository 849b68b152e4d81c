/** What a user may change: every threshold, and an allow-list of what is authorised (docs/rules.schema.json). */

import { parsePrefix, type AddressPrefix } from './address-prefix.ts'
import { RULE_IDS, RULES, ruleLimits, type RuleId, type RuleLimits } from './rules.ts'

/** Scans known and agreed to. An entry covers a finding when all that it names agrees; it must name something. */
export interface AllowEntry {
  readonly source: AddressPrefix | null
  readonly target: AddressPrefix | null
  readonly port: number | null
  readonly rule: RuleId | null
  readonly note: string
}

export interface RuleSettings {
  readonly limits: RuleLimits
  readonly allow: readonly AllowEntry[]
}

export const DEFAULT_RULE_SETTINGS: RuleSettings = { limits: ruleLimits(), allow: [] }

/** Settings, or every fault of the file in sentences that name the place. */
export type RuleSettingsResult =
  | { readonly settings: RuleSettings; readonly faults: null }
  | { readonly settings: null; readonly faults: readonly string[] }

/** Check what `JSON.parse` gave of a `--rules` file. Unknown names are faults, so that no typing error passes unseen. */
export function readRuleSettings(value: unknown): RuleSettingsResult {
  const faults: string[] = []
  const file = asObject(value)
  if (file === null)
    return { settings: null, faults: ['The file must hold one JSON object with "thresholds" and "allow".'] }
  for (const name of Object.keys(file)) {
    if (name !== 'thresholds' && name !== 'allow' && name !== '$schema') {
      faults.push(`"${name}" is not known; "thresholds" and "allow" are.`)
    }
  }
  const overrides = readThresholds(file['thresholds'], faults)
  const allow = readAllow(file['allow'], faults)
  if (faults.length > 0) return { settings: null, faults }
  return { settings: { limits: ruleLimits(overrides), allow }, faults: null }
}

function readThresholds(value: unknown, faults: string[]): Record<string, Record<string, number>> {
  const overrides: Record<string, Record<string, number>> = {}
  if (value === undefined) return overrides
  const rules = asObject(value)
  if (rules === null) {
    faults.push('"thresholds" must be an object: rule, then threshold, then number.')
    return overrides
  }
  for (const [rule, given] of Object.entries(rules)) {
    if (!isRule(rule)) {
      faults.push(`thresholds: there is no rule "${rule}". Rules: ${RULE_IDS.join(', ')}.`)
      continue
    }
    const known = Object.keys(RULES[rule].thresholds)
    const own: Record<string, number> = {}
    const thresholds = asObject(given)
    if (thresholds === null) {
      faults.push(`thresholds.${rule} must be an object of numbers.`)
      continue
    }
    for (const [name, number] of Object.entries(thresholds)) {
      if (!known.includes(name))
        faults.push(`thresholds.${rule}: there is no "${name}". It has: ${known.join(', ')}.`)
      else if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) {
        faults.push(`thresholds.${rule}.${name} must be a number of at least 0.`)
      } else if (
        RULES[rule].thresholds[name]!.unit.startsWith('probability') &&
        (number <= 0 || number >= 1)
      ) {
        faults.push(`thresholds.${rule}.${name} is a probability: more than 0 and less than 1.`)
      } else own[name] = number
    }
    overrides[rule] = own
  }
  const { benignSuccess, scannerSuccess } = { ...ruleLimits()['slow-scan'], ...overrides['slow-scan'] }
  if (benignSuccess <= scannerSuccess) {
    faults.push('thresholds.slow-scan: benignSuccess must be greater than scannerSuccess.')
  }
  return overrides
}

function readAllow(value: unknown, faults: string[]): AllowEntry[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    faults.push('"allow" must be a list of objects with "source", "target", "port", "rule" and "note".')
    return []
  }
  const entries: AllowEntry[] = []
  value.forEach((given: unknown, place) => {
    const entry = asObject(given)
    const where = `allow[${String(place)}]`
    if (entry === null) return void faults.push(`${where} must be an object.`)
    const before = faults.length
    for (const name of Object.keys(entry)) {
      if (!['source', 'target', 'port', 'rule', 'note'].includes(name)) {
        faults.push(`${where}: "${name}" is not known; source, target, port, rule and note are.`)
      }
    }
    const source = readPrefix(entry['source'], `${where}.source`, faults)
    const target = readPrefix(entry['target'], `${where}.target`, faults)
    const port = entry['port'] ?? null
    if (
      port !== null &&
      !(typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535)
    ) {
      faults.push(`${where}.port must be a whole number from 0 to 65535.`)
    }
    const rule = entry['rule'] ?? null
    if (rule !== null && !(typeof rule === 'string' && isRule(rule))) {
      faults.push(`${where}.rule must be one of ${RULE_IDS.join(', ')}.`)
    }
    const note = entry['note'] ?? ''
    if (typeof note !== 'string') faults.push(`${where}.note must be text.`)
    if (source === null && target === null && port === null && rule === null) {
      faults.push(`${where} names nothing: it would allow everything.`)
    }
    if (faults.length > before) return
    entries.push({
      source,
      target,
      port: port as number | null,
      rule: rule as RuleId | null,
      note: note as string,
    })
  })
  return entries
}

function readPrefix(value: unknown, where: string, faults: string[]): AddressPrefix | null {
  if (value === undefined || value === null) return null
  const prefix = typeof value === 'string' ? parsePrefix(value) : null
  if (prefix === null)
    faults.push(`${where} must be an IP address or a network such as 10.0.0.0/8 or fd00::/8.`)
  return prefix
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return value as Readonly<Record<string, unknown>>
}

function isRule(rule: string): rule is RuleId {
  return Object.hasOwn(RULES, rule)
}
