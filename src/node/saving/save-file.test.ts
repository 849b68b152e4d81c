/** Saving: whole or not at all, with links, devices, permissions and every failure as a value. */

import { existsSync } from 'node:fs'
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveFile } from './save-file.ts'
import { sweepLeftovers, temporaryPath } from './save-leftovers.ts'
import { saveSystem, type SaveSystem } from './save-system.ts'

const isPosix = process.platform !== 'win32'
let folder = ''
const at = (name: string) => join(folder, name)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nta-save-test-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** The system with some parts replaced. */
const systemWith = (parts: Partial<SaveSystem>): SaveSystem => ({ ...saveSystem, ...parts })
const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))

/** A system whose open files fail at one thing. */
function withFailingFile(method: 'write' | 'sync' | 'close', code: string): SaveSystem {
  return systemWith({
    open: async (...args) => {
      const file = await saveSystem.open(...args)
      const original = file[method].bind(file)
      Object.assign(file, {
        [method]: async (...inner: unknown[]) => {
          // What fails to close is closed all the same, as in the real system.
          if (method === 'close') await (original as (...all: unknown[]) => Promise<void>)(...inner)
          throw Object.assign(new Error(code), { code })
        },
      })
      return file
    },
  })
}

describe('a save', () => {
  it('makes a new file that only its owner can read', async () => {
    const saved = await saveFile(at('report.html'), 'héllo')
    expect(saved).toEqual({ ok: true, path: at('report.html'), byteCount: 6 })
    expect(await readFile(at('report.html'), 'utf8')).toBe('héllo')
    if (isPosix) expect((await stat(at('report.html'))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['report.html'])
  })

  it('replaces an older file and keeps its permissions', async () => {
    await writeFile(at('report.html'), 'old')
    await chmod(at('report.html'), 0o640)
    await saveFile(at('report.html'), 'new')
    expect(await readFile(at('report.html'), 'utf8')).toBe('new')
    if (isPosix) expect((await stat(at('report.html'))).mode & 0o777).toBe(0o640)
  })

  it('takes text, bytes and pieces, and counts what it wrote', async () => {
    const counts: number[] = []
    function* pieces() {
      yield 'a'
      yield new Uint8Array([0xff, 0x00])
    }
    await saveFile(at('x'), pieces(), { onBytes: (count) => counts.push(count) })
    expect([...(await readFile(at('x')))]).toEqual([0x61, 0xff, 0x00])
    expect(counts).toEqual([1, 3])
    expect(await saveFile(at('empty'), '')).toMatchObject({ ok: true, byteCount: 0 })
    expect(await readFile(at('empty'), 'utf8')).toBe('')
  })

  it('cuts no character of a long text in two', async () => {
    const text = 'x'.repeat((1 << 20) - 1) + '😀'.repeat(1_000)
    await saveFile(at('long'), text)
    expect((await readFile(at('long'), 'utf8')) === text).toBe(true)
  })

  it('writes on when the system takes only part of a piece', async () => {
    const system = systemWith({
      open: async (...args) => {
        const file = await saveSystem.open(...args)
        const write = file.write.bind(file) as (bytes: Uint8Array, start: number, length: number) => unknown
        return Object.assign(file, { write: (bytes: Uint8Array, start: number) => write(bytes, start, 1) })
      },
    })
    await saveFile(at('x'), 'four', { system })
    expect(await readFile(at('x'), 'utf8')).toBe('four')
  })

  it('that was cancelled leaves the older file and nothing else', async () => {
    await writeFile(at('x'), 'old')
    const signal = { aborted: false }
    function* pieces() {
      yield 'new'
      signal.aborted = true
      yield 'er'
    }
    const saved = await saveFile(at('x'), pieces(), { signal })
    expect(saved).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
    expect(await readFile(at('x'), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['x'])
  })

  it('whose content cannot be made leaves the older file', async () => {
    await writeFile(at('x'), 'old')
    // eslint-disable-next-line require-yield -- it fails before its first piece
    function* pieces(): Generator<string> {
      throw new RangeError('Invalid string length')
    }
    const saved = await saveFile(at('x'), pieces())
    expect(saved).toMatchObject({ ok: false, error: { kind: 'failed' } })
    expect(!saved.ok && saved.error.message).toContain('Invalid string length')
    expect(await readFile(at('x'), 'utf8')).toBe('old')
  })
})

describe('a save that fails', () => {
  it.each([
    ['the disk is full', withFailingFile('write', 'ENOSPC'), 'no-space'],
    ['the quota is used up', withFailingFile('write', 'EDQUOT'), 'no-space'],
    ['fsync reports a broken disk', withFailingFile('sync', 'EIO'), 'device-error'],
    ['a network disk refuses at close', withFailingFile('close', 'ENOSPC'), 'no-space'],
    ['the file is a mount of its own', systemWith({ rename: failing('EXDEV') }), 'own-mount'],
    ['the folder may not be written', systemWith({ open: failing('EACCES') }), 'not-permitted'],
    ['the disk is read-only', systemWith({ open: failing('EROFS') }), 'not-permitted'],
    ['it has an unknown reason', systemWith({ rename: failing('EWHAT') }), 'failed'],
  ])('because %s says so and keeps the older file', async (_, system, kind) => {
    await writeFile(at('x'), 'old')
    const saved = await saveFile(at('x'), 'new', { system })
    expect(saved).toMatchObject({ ok: false, error: { kind, path: at('x') } })
    expect(!saved.ok && saved.error.message).toContain('The older file of that name is unchanged.')
    expect(await readFile(at('x'), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['x'])
  })

  it('names the path, the reason and what to do', async () => {
    const saved = await saveFile(at('none/x'), 'new')
    expect(saved).toEqual({
      ok: false,
      error: {
        kind: 'no-such-folder',
        path: at('none/x'),
        code: 'ENOENT',
        message: `${at('none/x')} was not saved: its folder does not exist (ENOENT). Create the folder or choose another one.`,
      },
    })
  })

  it('because the name is a folder, or will be one, makes no file', async () => {
    await mkdir(at('folder'))
    expect(await saveFile(at('folder'), 'x')).toMatchObject({ ok: false, error: { kind: 'is-a-folder' } })
    expect(await saveFile(at('later/'), 'x')).toMatchObject({ ok: false, error: { kind: 'is-a-folder' } })
    expect(await readdir(folder)).toEqual(['folder'])
  })

  it('because a part of the path is a file says so', async () => {
    await writeFile(at('file'), '')
    expect(await saveFile(at('file/x'), 'x')).toMatchObject({ ok: false, error: { kind: 'no-such-folder' } })
  })

  it('because the name is too long says so', async () => {
    expect(await saveFile(at('x'.repeat(300)), 'x')).toMatchObject({
      ok: false,
      error: { kind: 'name-too-long' },
    })
    expect(await readdir(folder)).toEqual([])
  })

  it('does not replace a file that may not be written', async () => {
    await writeFile(at('x'), 'old')
    const saved = await saveFile(at('x'), 'new', { system: systemWith({ access: failing('EACCES') }) })
    expect(saved).toMatchObject({ ok: false, error: { kind: 'not-permitted' } })
    expect(await readFile(at('x'), 'utf8')).toBe('old')
  })
})

describe('on Windows a file held open', () => {
  function busyFor(refusalCount: number) {
    let [now, refused] = [0, 0]
    const system = systemWith({
      platform: 'win32',
      elapsed: () => now,
      wait: (milliseconds) => {
        now += milliseconds
        return Promise.resolve()
      },
      rename: (from, to) => (refused++ < refusalCount ? failing('EPERM')() : saveSystem.rename(from, to)),
    })
    return { system, waited: () => now }
  }

  it('is replaced once it is let go', async () => {
    const { system, waited } = busyFor(3)
    expect(await saveFile(at('x'), 'new', { system })).toMatchObject({ ok: true })
    expect(waited()).toBe(150)
  })

  it('is given up after ten seconds at most', async () => {
    await writeFile(at('x'), 'old')
    const { system, waited } = busyFor(Infinity)
    expect(await saveFile(at('x'), 'new', { system })).toMatchObject({ ok: false })
    expect(waited()).toBe(10_000)
    expect(await readdir(folder)).toEqual(['x'])
  })

  it('elsewhere is not waited for', async () => {
    const system = systemWith({ platform: 'linux', rename: failing('EPERM'), wait: failing('waited') })
    expect(await saveFile(at('x'), 'new', { system })).toMatchObject({ ok: false, error: { code: 'EPERM' } })
  })
})

describe.skipIf(!isPosix)('a link', () => {
  it('stays, and what it leads to is replaced', async () => {
    await mkdir(at('deep'))
    await writeFile(at('deep/real'), 'old')
    await symlink('deep/real', at('link'))
    expect(await saveFile(at('link'), 'new')).toMatchObject({ ok: true })
    expect((await lstat(at('link'))).isSymbolicLink()).toBe(true)
    expect(await readFile(at('deep/real'), 'utf8')).toBe('new')
    expect(await readdir(at('deep'))).toEqual(['real'])
  })

  it('to a file that is not there yet makes that file', async () => {
    await mkdir(at('deep'))
    await symlink('deep/later', at('one'))
    await symlink('one', at('two'))
    expect(await saveFile(at('two'), 'new')).toMatchObject({ ok: true })
    expect(await readFile(at('deep/later'), 'utf8')).toBe('new')
    expect((await lstat(at('one'))).isSymbolicLink()).toBe(true)
  })

  it('that leads back to itself is an error', async () => {
    await symlink('loop', at('loop'))
    expect(await saveFile(at('loop'), 'new')).toMatchObject({ ok: false, error: { kind: 'link-loop' } })
  })
})

describe.skipIf(!existsSync('/dev/full'))('a device', () => {
  it('is written to and never replaced', async () => {
    expect(await saveFile('/dev/null', 'gone')).toMatchObject({ ok: true, byteCount: 4 })
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
  })

  it('that is full is an error', async () => {
    expect(await saveFile('/dev/full', 'x')).toMatchObject({
      ok: false,
      error: { kind: 'no-space', code: 'ENOSPC' },
    })
    expect((await stat('/dev/full')).isCharacterDevice()).toBe(true)
  })
})

describe('leftovers of killed saves', () => {
  const dead = systemWith({ isRunning: (pid) => pid === saveSystem.pid })

  it('are removed by the next save into the folder', async () => {
    const left = temporaryPath(folder, systemWith({ pid: 4_000_001 }))
    await writeFile(left, 'half')
    await saveFile(at('x'), 'new', { system: dead })
    expect(await readdir(folder)).toEqual(['x'])
  })

  it('of a running process, of another machine, and files of other names stay', async () => {
    const names = [
      temporaryPath(folder),
      temporaryPath(folder, systemWith({ hostTag: '00000000', pid: 4_000_001 })),
      at('.nta-save-notes.tmp'),
      at('report.tmp'),
    ]
    for (const name of names) await writeFile(name, '')
    expect(await sweepLeftovers(folder, dead)).toBe(0)
    expect(await readdir(folder)).toHaveLength(4)
  })

  it('older than a day are removed whoever made them', async () => {
    const left = temporaryPath(folder, systemWith({ hostTag: '00000000', pid: 4_000_001 }))
    await writeFile(left, '')
    const longAgo = new Date(Date.now() - 25 * 3_600_000)
    await utimes(left, longAgo, longAgo)
    expect(await sweepLeftovers(folder, dead)).toBe(1)
  })

  it('that cannot be looked for or removed do no harm', async () => {
    await writeFile(temporaryPath(folder, systemWith({ pid: 4_000_001 })), '')
    expect(await sweepLeftovers(folder, { ...dead, unlink: failing('EACCES') })).toBe(0)
    expect(await saveFile(at('x'), 'new', { system: { ...dead, readdir: failing('EACCES') } })).toMatchObject(
      { ok: true },
    )
  })
})
