/** The packer takes the configuration, and what it packs against an empty Electron is what it should be. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fusesIn, makeStubElectron } from './stub-electron.ts'

// The packer has no public way to read and check a configuration without packing; its version is pinned.
const require = createRequire(import.meta.url)
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config') as {
  getConfig: (folder: string, file: string, overrides: null) => Promise<Configuration>
  validateConfiguration: (configuration: object, logger: object) => Promise<void>
}
const { DebugLogger } = require('builder-util') as { DebugLogger: new (isEnabled: boolean) => object }
const { version: electronVersion } = require('electron/package.json') as { version: string }

interface Configuration {
  readonly fileAssociations: readonly {
    readonly ext: string | readonly string[]
    readonly mimeType: string
  }[]
  readonly electronFuses: Readonly<Record<string, boolean>>
  readonly [name: string]: unknown
}

const read = () => getConfig(resolve('.'), 'electron-builder.yml', null)
const validate = (configuration: object) => validateConfiguration(configuration, new DebugLogger(false))

describe('the packer’s configuration', () => {
  it('is valid, and a misspelt name in it would not be', async () => {
    const configuration = await read()
    await validate(configuration)
    await expect(validate({ ...configuration, electronFuse: {} })).rejects.toThrow(/electronFuse/)
    await expect(validate({ ...configuration, nsis: { oneclick: true } })).rejects.toThrow(
      /configuration.nsis/,
    )
  })

  it('associates one extension an entry', async () => {
    const { fileAssociations } = await read()
    expect(fileAssociations.map(({ ext }) => ext)).toEqual(['pcap', 'cap', 'pcapng'])
  })

  it('has a package for every system', async () => {
    const { win, mac, linux } = (await read()) as unknown as Record<string, { target: { target: string }[] }>
    const targets = [win, mac, linux].map((system) => system!.target.map(({ target }) => target))
    expect(targets).toEqual([['nsis'], ['dmg'], ['deb', 'AppImage']])
  })
})

describe.skipIf(process.platform !== 'linux')('a packed program (Linux, against an empty Electron)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packaging-'))
  let packed: string

  beforeAll(async () => {
    const dist = join(folder, 'electron')
    mkdirSync(dist)
    await makeStubElectron(dist, electronVersion)
    const { build: buildSources } = await import('electron-vite')
    await buildSources({ logLevel: 'error' })
    const { build, Platform } = await import('electron-builder')
    await build({
      targets: Platform.LINUX.createTarget('dir'),
      config: {
        extends: resolve('electron-builder.yml'),
        electronDist: dist,
        directories: { output: join(folder, 'dist') },
      },
      publish: 'never',
    })
    packed = join(folder, 'dist', 'linux-unpacked')
  }, 180_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('was built to find its own files: the built main process starts the built analyzer process', () => {
    const run = ['--import', 'tsx', 'test/hosts/run-built-desktop.ts', resolve('samples/port-scan.pcapng')]
    const { stdout, stderr } = spawnSync(process.execPath, run, {
      encoding: 'utf8',
      env: { ...process.env, NTA_DATA_FOLDER: join(folder, 'data') },
      timeout: 50_000,
      maxBuffer: 1 << 26,
    })
    expect(JSON.parse(stdout === '' ? `"${stderr}"` : stdout)).toMatchObject({
      ok: true,
      value: { coverage: { isComplete: true }, head: { scannerCount: 1 } },
    })
  })

  it('holds the built program and nothing of node_modules', () => {
    const files = listPackage(join(packed, 'resources', 'app.asar'), { isPack: false })
    expect(files).toContain('/out/main/index.mjs')
    expect(files).toContain('/out/main/utility-entry.mjs')
    expect(files).toContain('/out/preload/index.cjs')
    expect(files).toContain('/out/renderer/index.html')
    expect(files.filter((file) => /node_modules|\.ts$|\.map$|^\/(src|test|out\/cli)/.test(file))).toEqual([])
  })

  it('carries the samples and the licence beside it', () => {
    const resources = readdirSync(join(packed, 'resources'))
    expect(resources).toEqual(expect.arrayContaining(['app.asar', 'samples', 'LICENSE']))
  })

  it('has every fuse set as the configuration says', async () => {
    const { electronFuses } = await read()
    const fuses = fusesIn(readFileSync(join(packed, 'network-traffic-analyzer')))
    expect(fuses).toEqual(electronFuses)
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})
