/** Why there is no desktop window is said in one line, whatever the reason was. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installedBinary, missingDisplay, reasonIn } from './electron-binary.ts'

describe('the program file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'electron-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is not there in a package that was only installed', () => {
    expect(installedBinary(folder, {})).toBeNull()
  })

  it('is not there when only its name is', () => {
    writeFileSync(join(folder, 'path.txt'), 'electron')
    expect(installedBinary(folder, {})).toBeNull()
  })

  it('is there when its name leads to it, also in a folder of its own', () => {
    writeFileSync(join(folder, 'path.txt'), 'electron')
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist', 'electron'), '')
    expect(installedBinary(folder, {})).toBe(join(folder, 'dist', 'electron'))
    expect(installedBinary(folder, { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBeNull()
  })
})

describe('a display', () => {
  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
  ] as const)('on %s with %j: %s', (platform, environment, is) => {
    expect(missingDisplay(platform, environment) === null).toBe(is)
  })
})

describe('the reason', () => {
  it.each([
    ['TypeError: fetch failed\n    at node:internal\n    at async', 'fetch failed'],
    ['\n  Error: getaddrinfo ENOTFOUND github.com\n', 'getaddrinfo ENOTFOUND github.com'],
    ['libnss3.so: cannot open shared object file', 'libnss3.so: cannot open shared object file'],
    ['', 'no reason given'],
  ])('in %j is %j', (text, reason) => {
    expect(reasonIn(text)).toBe(reason)
  })
})
