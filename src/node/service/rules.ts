/** The person's settings as the engine's, and who would be flagged under others. */

import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  failed,
  type Outcome,
  type RuleInfo,
  type Settings,
  severities,
  succeeded,
  type WhatIf,
  type WhatIfRequest,
} from '../../contract/index.ts'
import {
  type Detection,
  readRuleSettings,
  RULE_IDS,
  RULES,
  type RuleSettings,
  type ScannerRow,
} from '../../engine/index.ts'

type Chosen = Pick<Settings, 'thresholds' | 'allowList'>
type Thresholds = Settings['thresholds']

const SOURCES_MAX = 500

const withdrawn = failed('cancelled', 'Other thresholds were not counted to the end.')

/** Every rule and what can be set about it, with the reasons. */
export function ruleInfos(): RuleInfo[] {
  return RULE_IDS.map((rule) => {
    const { version, title, sees, fooledBy, attack, isScan, thresholds } = RULES[rule]
    return {
      rule,
      version,
      title,
      sees,
      fooledBy,
      attack,
      isScan,
      thresholds: Object.entries(thresholds).map(([name, definition]) => ({ name, ...definition })),
    }
  })
}

/** Settings the engine takes, or what is wrong with them. Rules and thresholds this version does not have are left out. */
export function ruleSettingsOf({ thresholds, allowList }: Chosen): Outcome<RuleSettings> {
  const allow = allowList.flatMap(({ address, target, port, rules, note }) => {
    const entry = { source: address || null, target: target || null, port, note }
    return rules.length === 0 ? [entry] : rules.filter(isRule).map((rule) => ({ ...entry, rule }))
  })
  const { settings, faults } = readRuleSettings({ thresholds: knownOnly(thresholds), allow })
  if (settings !== null) return succeeded(settings)
  return failed('bad-request', `The settings cannot be used: ${faults.join(' ')}`, {
    advice: 'Correct them on the settings page, or set them back there.',
  })
}

function isRule(name: string): name is (typeof RULE_IDS)[number] {
  return Object.hasOwn(RULES, name)
}

/** A later version may have had a threshold this one lacks, and an older one a rule that is gone. */
function knownOnly(thresholds: Thresholds): Thresholds {
  return Object.fromEntries(
    Object.entries(thresholds)
      .filter(([rule]) => isRule(rule))
      .map(([rule, values]) => {
        const known = isRule(rule) ? RULES[rule].thresholds : {}
        return [
          rule,
          Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(known, name))),
        ]
      }),
  )
}

/**
 * Runs the rules again over the same evidence, once for the asked thresholds and once for each point of the curve.
 * `detect` is a pure function of the settings; `mayGoOn` is asked before each run of it.
 */
export async function whatIfOf(
  request: WhatIfRequest,
  chosen: Chosen,
  before: readonly ScannerRow[],
  detect: (settings: RuleSettings) => Detection,
  mayGoOn: () => boolean,
): Promise<Outcome<WhatIf>> {
  const asked = { ...chosen, thresholds: merged(chosen.thresholds, request.thresholds) }
  const settings = ruleSettingsOf(asked)
  if (!settings.ok) return settings
  // A question that was withdrawn while it waited is known by then.
  await nextTurn()
  if (!mayGoOn()) return withdrawn
  const flagged = flaggedIn(detect(settings.value).scanners)
  const was = flaggedIn(before)

  let curve: { value: number; flaggedCount: number }[] | null = null
  if (request.curve !== null) {
    curve = []
    const { rule, threshold, values } = request.curve
    for (const value of values) {
      await nextTurn()
      if (!mayGoOn()) return withdrawn
      const point = ruleSettingsOf({
        ...asked,
        thresholds: merged(asked.thresholds, { [rule]: { [threshold]: value } }),
      })
      // A value the rule cannot run with is no point of the curve.
      if (point.ok) curve.push({ value, flaggedCount: flaggedIn(detect(point.value).scanners).size })
    }
  }

  const addresses = [...new Set([...flagged.keys(), ...was.keys()])]
  const sources = addresses.map((address) => {
    const row = (flagged.get(address) ?? was.get(address))!
    const { kinds, severity } = row
    return { address, kinds, severity, isFlagged: flagged.has(address), wasFlagged: was.has(address) }
  })
  const rank = (severity: (typeof severities)[number]) => severities.indexOf(severity)
  sources.sort((one, other) => rank(other.severity) - rank(one.severity))
  return succeeded({
    sources: sources.slice(0, SOURCES_MAX),
    flaggedCount: flagged.size,
    addedCount: sources.filter(({ isFlagged, wasFlagged }) => isFlagged && !wasFlagged).length,
    removedCount: sources.filter(({ isFlagged, wasFlagged }) => !isFlagged && wasFlagged).length,
    curve,
  })
}

function flaggedIn(scanners: readonly ScannerRow[]): Map<string, ScannerRow> {
  return new Map(scanners.map((row) => [row.address, row]))
}

function merged(one: Thresholds, other: Thresholds): Thresholds {
  const rules = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries([...rules].map((rule) => [rule, { ...one[rule], ...other[rule] }]))
}
