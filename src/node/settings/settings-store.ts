/** The person's settings: loaded once, changed as a whole, told to every window that listens. */

import { join } from 'node:path'
import {
  type Check,
  defaultSettings,
  failed,
  type Outcome,
  type Settings,
  type SettingsChange,
  settingsForm,
  settingsVersion,
  succeeded,
} from '../../contract/index.ts'
import { readRecord, writeRecord } from './settings-record.ts'

export interface Notice {
  readonly severity: 'info' | 'warning' | 'error'
  readonly message: string
  readonly advice: string
}

export class SettingsStore {
  readonly path: string
  /** What a person should be told about the file once; empty when all is well. */
  readonly notices: readonly Notice[]
  #settings: Settings
  readonly #listeners = new Set<(settings: Settings) => void>()

  constructor(folder: string) {
    this.path = join(folder, 'settings.json')
    const { value, damage } = readRecord(this.path, storedForm, fromEarlier)
    this.#settings = value ?? defaultSettings
    this.notices = damage === null ? [] : [damageNotice('settings', damage)]
  }

  get current(): Settings {
    return this.#settings
  }

  onChange(listener: (settings: Settings) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Settings another running copy of the program saved meanwhile are kept, except for what `change` names. */
  async change(change: SettingsChange): Promise<Outcome<Settings>> {
    const stored = readRecord(this.path, storedForm, fromEarlier).value ?? this.#settings
    return this.#save({ ...stored, ...change, version: settingsVersion })
  }

  reset(): Promise<Outcome<Settings>> {
    return this.#save(defaultSettings)
  }

  async #save(settings: Settings): Promise<Outcome<Settings>> {
    const fault = settingsForm.problem(settings, 'settings')
    if (fault !== null) return failed('bad-request', `These settings cannot be kept (${fault}).`)
    this.#settings = settings
    for (const listener of this.#listeners) listener(settings)
    const problem = await writeRecord(this.path, settings)
    if (problem === null) return succeeded(settings)
    return failed('save-failed', problem, {
      file: this.path,
      advice: 'The settings hold until the program ends.',
    })
  }
}

/** Version 1 had allow-list entries without a target and a port: they covered any. */
function fromEarlier(stored: unknown): unknown {
  const { version, allowList } = (stored ?? {}) as Readonly<Record<string, unknown>>
  if (version !== 1 || !Array.isArray(allowList)) return stored
  const entries = allowList.map((entry: unknown) => ({ target: '', port: null, ...(entry as object) }))
  return { ...(stored as object), version: settingsVersion, allowList: entries }
}

/** Settings of this version. A file of a later one is set aside like a damaged one, never half understood. */
const storedForm: Check<Settings> = {
  problem(value, at) {
    const version: unknown = typeof value === 'object' && value !== null ? (value as Settings).version : null
    if (typeof version === 'number' && version > settingsVersion) {
      return `${at}: written by a later version of this program (settings version ${version})`
    }
    return settingsForm.problem(value, at)
  },
}

/** What to tell of a record that was set aside. `what` names it in a sentence. */
export function damageNotice(
  what: string,
  damage: { readonly problem: string; readonly setAsideAs: string | null },
): Notice {
  const where = damage.setAsideAs === null ? '' : ` The old file was kept as ${damage.setAsideAs}.`
  return {
    severity: 'warning',
    message: `The saved ${what} could not be used: ${damage.problem}.`,
    advice: `The program goes on without them.${where}`,
  }
}
