/** Where every package comes from, that none runs code when it is installed, and under which licence it is. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface LockedPackage {
  readonly version: string
  readonly resolved?: string
  readonly integrity?: string
  readonly license?: string
  readonly hasInstallScript?: boolean
  readonly link?: boolean
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>
}
const project = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly allowScripts: Readonly<Record<string, boolean>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/**
 * Licences that let this program be built, and passed on under its own (SPDX names). None of them asks for the source of what is
 * built with it; MPL-2.0 asks for changes to its own files alone.
 */
const LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Python-2.0',
  'WTFPL',
] as const

/** Every name of an expression such as `(MIT OR CC0-1.0)`; of a choice one would do, but none here is bad. */
function licenceNames(expression: string): string[] {
  return expression.replace(/[()]/g, '').split(/ (?:OR|AND) /)
}

describe('the lockfile', () => {
  it('holds the whole tree', () => {
    expect(packages.length).toBeGreaterThan(100)
  })

  it('says of every package which bytes it must have', () => {
    const without = packages.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))
    expect(without.map(([path]) => path)).toEqual([])
  })

  it('takes every package from the registry: no repository, address or folder', () => {
    const elsewhere = packages.filter(
      ([, { resolved, link, version }]) =>
        link === true ||
        !/^\d+\.\d+\.\d/.test(version) ||
        /^(?!https:\/\/registry\.npmjs\.org\/)/.test(resolved ?? 'https://registry.npmjs.org/'),
    )
    expect(elsewhere.map(([path]) => path)).toEqual([])
  })

  it('has no package that runs a script when it is installed, but for those that are told not to', () => {
    const scripted = packages
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => nameOf(path))
    expect(scripted.filter((name) => project.allowScripts[name] !== false)).toEqual([])
  })

  it('has licences of the allow-list alone', () => {
    const others = packages.filter(([, { license }]) =>
      licenceNames(license ?? 'none').some((name) => !LICENCES.some((allowed) => allowed === name)),
    )
    expect(others.map(([path, { license }]) => `${nameOf(path)}: ${license}`)).toEqual([])
  })
})

describe('package.json', () => {
  it('names exact versions', () => {
    const versions = Object.entries({ ...project.dependencies, ...project.devDependencies })
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  it('has three dependencies at run time at most', () => {
    expect(Object.keys(project.dependencies).length).toBeLessThanOrEqual(3)
  })
})

describe('the bill of materials (CycloneDX)', () => {
  it('lists every package of the lockfile with its version', () => {
    const text = execFileSync('npm', ['run', '--silent', 'sbom'], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    })
    const bill = JSON.parse(text) as {
      readonly bomFormat: string
      readonly components: readonly {
        readonly name: string
        readonly group?: string
        readonly version: string
        readonly 'bom-ref': string
      }[]
    }
    expect(bill.bomFormat).toBe('CycloneDX')
    const listed = new Set(bill.components.map((component) => component['bom-ref']))
    const missing = packages.filter(([path, { version }]) => !listed.has(`${nameOf(path)}@${version}`))
    expect(missing.map(([path]) => path)).toEqual([])
  })
})
