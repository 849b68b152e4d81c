/** What a person can set, in one small versioned record that every host stores and checks the same way. */

import { type Checked, dictionary, integer, list, nullable, number, oneOf, record, text } from './check.ts'

/** Raised when a field comes or changes its meaning; the settings store then carries the old form over. */
export const settingsVersion = 2

export const allowListEntry = record({
  /** Whose findings it covers: an address or a CIDR block, empty for anyone's. */
  address: text(60),
  /** Towards whom: an address or a CIDR block that holds every target, empty for anyone. */
  target: text(60),
  /** The one port a finding is about; null for any. */
  port: nullable(integer(0, 65535)),
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
