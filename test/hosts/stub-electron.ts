/**
 * A distribution of Electron with nothing in it: enough for the packer to do all its work, and no program. It proves
 * configuration and packing, never that what was packed runs.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'

/** Marks the fuses inside Electron's program file, followed by the version of the wire and the number of fuses. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSE_COUNT = 9

/** Writes the distribution for Linux of that version into `folder`. */
export async function makeStubElectron(folder: string, version: string): Promise<void> {
  const app = join(folder, '..', 'default-app')
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  mkdirSync(app)
  writeFileSync(join(app, 'package.json'), '{"main":"main.js"}')
  writeFileSync(join(app, 'main.js'), '')
  await createPackage(app, join(folder, 'resources', 'default_app.asar'))
  writeFileSync(join(folder, 'version'), version)
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'locales/de.pak']) {
    writeFileSync(join(folder, name), '')
  }
  const wire = Buffer.concat([
    Buffer.from(FUSE_SENTINEL, 'latin1'),
    Buffer.from([1, FUSE_COUNT]),
    Buffer.from('1'.repeat(FUSE_COUNT), 'latin1'),
  ])
  // An ELF header's magic, so that whoever looks takes it for a program file.
  const program = Buffer.concat([
    Buffer.from('\u007fELF', 'latin1'),
    Buffer.alloc(1000),
    wire,
    Buffer.alloc(1000),
  ])
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 })
}

/** The fuses of a packed program file, by name, as Electron's own tools count them. */
export function fusesIn(program: Buffer): Readonly<Record<string, boolean>> {
  const at = program.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2
  const names = [
    'runAsNode',
    'enableCookieEncryption',
    'enableNodeOptionsEnvironmentVariable',
    'enableNodeCliInspectArguments',
    'enableEmbeddedAsarIntegrityValidation',
    'onlyLoadAppFromAsar',
    'loadBrowserProcessSpecificV8Snapshot',
    'grantFileProtocolExtraPrivileges',
  ]
  return Object.fromEntries(names.map((name, place) => [name, program[at + place] === '1'.charCodeAt(0)]))
}
