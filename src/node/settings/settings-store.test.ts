/** Settings survive damage, other copies of the program, and a disk that cannot be written. */

import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defaultSettings, type Settings, settingsVersion } from '../../contract/index.ts'
import { SettingsStore } from './settings-store.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
  path = join(folder, 'settings.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const own: Settings = {
  ...defaultSettings,
  theme: 'dark',
  thresholds: { 'vertical-scan': { failedPorts: 20 } },
  allowList: [{ address: '10.0.0.0/8', target: '', port: 443, rules: [], note: 'our scanner' }],
}

describe('settings', () => {
  it('are the defaults where there is no file, and nothing is said', () => {
    const store = new SettingsStore(folder)
    expect(store.current).toEqual(defaultSettings)
    expect(store.notices).toEqual([])
  })

  it('come back as they were saved, readable by their owner alone', async () => {
    const { version: _, ...change } = own
    await new SettingsStore(folder).change(change)
    expect(new SettingsStore(folder).current).toEqual(own)
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it('of version 1 are carried over: what it allowed, it allowed towards any target and port', () => {
    const { allowList: _, ...others } = own
    const allowList = [{ address: '10.0.0.0/8', rules: [], note: 'our scanner' }]
    writeFileSync(path, JSON.stringify({ ...others, version: 1, allowList }))
    const store = new SettingsStore(folder)
    expect(store.notices).toEqual([])
    expect(store.current).toEqual({ ...own, allowList: [{ ...own.allowList[0], port: null }] })
  })

  it('told to whoever listens, until they stop', async () => {
    const store = new SettingsStore(folder)
    const listener = vi.fn()
    const stop = store.onChange(listener)
    await store.change({ theme: 'dark' })
    expect(listener).toHaveBeenCalledExactlyOnceWith({ ...defaultSettings, theme: 'dark' })
    stop()
    await store.reset()
    expect(listener).toHaveBeenCalledOnce()
  })

  it('changed by two copies of the program keep what each changed', async () => {
    const [one, other] = [new SettingsStore(folder), new SettingsStore(folder)]
    await one.change({ theme: 'dark' })
    await other.change({ rateUnit: 'bytes' })
    expect(new SettingsStore(folder).current).toMatchObject({ theme: 'dark', rateUnit: 'bytes' })
  })

  it('written a hundred times at once from two copies are whole afterwards', async () => {
    const [one, other] = [new SettingsStore(folder), new SettingsStore(folder)]
    const writes = Array.from({ length: 50 }, (_, n) => [
      one.change({ thresholds: { 'slow-scan': { ports: n } } }),
      other.change({ density: n % 2 === 0 ? 'compact' : 'comfortable' }),
    ])
    for (const outcome of await Promise.all(writes.flat())) expect(outcome.ok).toBe(true)
    const store = new SettingsStore(folder)
    expect(store.notices).toEqual([])
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it('that no form allows are refused and change nothing', async () => {
    const store = new SettingsStore(folder)
    expect(await store.change({ theme: 'pink' } as never)).toMatchObject({ error: { kind: 'bad-request' } })
    expect(store.current).toEqual(defaultSettings)
    expect(existsSync(path)).toBe(false)
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'that cannot be written hold until the program ends, and say so',
    async () => {
      const store = new SettingsStore(folder)
      chmodSync(folder, 0o500)
      expect(await store.change({ theme: 'dark' })).toMatchObject({ error: { kind: 'save-failed' } })
      expect(store.current.theme).toBe('dark')
      chmodSync(folder, 0o700)
    },
  )
})

describe('a damaged file of settings', () => {
  const json = JSON.stringify(own)
  const cuts = Array.from({ length: Math.min(120, json.length - 1) }, (_, n) =>
    json.slice(0, Math.floor(((n + 1) * (json.length - 1)) / 120)),
  )
  const wrongValues = [null, 7, 'x', [], {}, true, { deep: {} }].flatMap((value) =>
    Object.keys(own).map((name) => JSON.stringify({ ...own, [name]: value })),
  )
  const wrong = [
    '',
    ' ',
    '\0\0\0\0',
    'null',
    '[]',
    '7',
    '"settings"',
    '{"__proto__":{"theme":"dark"}}',
    json.replace('{', '{"__proto__":{"theme":"light"},'),
    json.replace('{', '{"constructor":1,'),
    json.replace(/"version":\d+/, `"version":${settingsVersion + 1}`),
    json.replace(/"version":\d+/, '"version":0'),
    json.replace(/"version":\d+/, '"version":"1"'),
    Buffer.from(json, 'utf16le').toString('latin1'),
    `${json}${json}`,
    `x${json}`,
    ' '.repeat(10_000_000) + json,
    JSON.stringify({ ...own, allowList: Array.from({ length: 1001 }, () => own.allowList[0]) }),
  ]
  // Empty records and lists are what some fields may well be.
  const isStillGood = (text: string): boolean => {
    const { thresholds, allowList } = own
    return (
      [JSON.stringify({ ...own, thresholds: {} }), JSON.stringify({ ...own, allowList: [] })].includes(
        text,
      ) &&
      Boolean(thresholds) &&
      Boolean(allowList)
    )
  }
  const variants = [...cuts, ...wrongValues, ...wrong].filter((text) => !isStillGood(text))

  it(`is set aside and reported, the defaults hold, and it can be saved again (${variants.length} kinds of damage)`, async () => {
    expect(variants.length).toBeGreaterThanOrEqual(180)
    for (const text of variants) {
      writeFileSync(path, text)
      const store = new SettingsStore(folder)
      const shown = text.trim().slice(0, 60)
      // `{ deep: {} }` is a record of records, as thresholds are.
      if (text === JSON.stringify({ ...own, thresholds: { deep: {} } })) continue
      expect(store.current, shown).toEqual(defaultSettings)
      expect(store.notices, shown).toHaveLength(1)
      expect(readFileSync(`${path}.damaged`, 'utf8'), shown).toBe(text)
      expect(existsSync(path), shown).toBe(false)
    }
    expect(await new SettingsStore(folder).change({ theme: 'dark' })).toMatchObject({ ok: true })
    expect(new SettingsStore(folder).current.theme).toBe('dark')
  })

  it('with a byte order mark before it is none', () => {
    writeFileSync(path, `\uFEFF${json}`)
    expect(new SettingsStore(folder).current).toEqual(own)
  })
})
