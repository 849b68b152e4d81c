/** What a person can set, in one small versioned record that every host stores and checks the same way. */

import { type Checked, dictionary, integer, list, number, oneOf, record, text } from './check.ts'

/** Raised when a field changes its meaning; `settings-file` then carries the old form over. */
export const settingsVersion = 1

export const allowListEntry = record({
  /** An address or a CIDR block. */
  address: text(60),
  /** Rules it covers; an empty list covers all. */
  rules: list(text(100), 50),
  /** Why it is allowed, shown beside every finding it covers. */
  note: text(500),
})
export type AllowListEntry = Checked<typeof allowListEntry>

export const settingsForm = record({
  version: integer(settingsVersion, settingsVersion),
  /** Thresholds that differ from the defaults, per rule. */
  thresholds: dictionary(dictionary(number(), 50), 100),
  allowList: list(allowListEntry, 1000),
  /** `si`: 1 kB is 1,000 bytes; `iec`: 1 KiB is 1,024 bytes. */
  byteUnits: oneOf(['si', 'iec']),
  rateUnit: oneOf(['bits', 'bytes']),
  timeZone: oneOf(['utc', 'local', 'relative']),
  theme: oneOf(['system', 'light', 'dark']),
  density: oneOf(['comfortable', 'compact']),
})
export type Settings = Checked<typeof settingsForm>

export const defaultSettings: Settings = {
  version: settingsVersion,
  thresholds: {},
  allowList: [],
  byteUnits: 'si',
  rateUnit: 'bits',
  timeZone: 'utc',
  theme: 'system',
  density: 'comfortable',
}

/** Some of the settings; what is left out stays as it is. */
export const settingsChangeForm = {
  problem(value: unknown, at: string): string | null {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${at}: expected a record`
    return settingsForm.problem({ ...defaultSettings, ...value, version: settingsVersion }, at)
  },
} as { problem: (value: unknown, at: string) => string | null; form?: Partial<Omit<Settings, 'version'>> }
export type SettingsChange = Checked<typeof settingsChangeForm>
