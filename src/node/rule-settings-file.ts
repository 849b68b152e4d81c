/** The file named by `--rules`: read, parsed and checked, with every fault named. */

import { readFileSync, statSync } from 'node:fs'
import { readRuleSettings, type RuleSettings } from '../engine/index.ts'
import { errorText } from './capture/capture-file.ts'

/** A file of a hundred overrides is a few kilobytes; this many bytes are something else. */
const SETTINGS_BYTES_MAX = 1 << 20

export type LoadedRuleSettings = { readonly settings: RuleSettings } | { readonly wrong: string }

/** The settings, or one message that names the file and what is wrong in it. */
export function loadRuleSettings(path: string): LoadedRuleSettings {
  let text: string
  try {
    const size = statSync(path).size
    if (size > SETTINGS_BYTES_MAX)
      return { wrong: `${path} has ${String(size)} bytes: it is no settings file.` }
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return { wrong: `${path} cannot be read (${errorText(error)}).` }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { wrong: `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}.` }
  }
  const read = readRuleSettings(value)
  if (read.settings === null) return { wrong: `${path}: ${read.faults.join(' ')}` }
  return { settings: read.settings }
}
