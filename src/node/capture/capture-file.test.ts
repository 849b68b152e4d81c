import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { errorText, openCaptureFile } from './capture-file.ts'

const NOBODY = 65_534
const isWindows = process.platform === 'win32'
// Permissions do not bind the superuser, so the test becomes somebody else; only a main thread can.
const canBecomeNobody = !isWindows && isMainThread && process.geteuid?.() === 0
const isOrdinaryUser = !isWindows && process.geteuid?.() !== 0

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-capture-file-'))
  chmodSync(folder, 0o755)
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, content = 'bytes'): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** The problem's kind; its message must name the file and say what to do. */
function problemOf(path: string): string {
  const opened = openCaptureFile(path)
  if (!('kind' in opened)) {
    opened.close()
    return 'none'
  }
  expect(opened.path).toBe(path)
  expect(opened.message).toMatch(/^.+ (is|does|may|cannot) .+\. [A-Z].+\.$/s)
  expect(opened.message.startsWith(path === '' ? '(no name)' : path)).toBe(true)
  return opened.kind
}

describe('openCaptureFile', () => {
  it('opens a regular file', () => {
    const path = write('a.pcap', '12345')
    const opened = openCaptureFile(path)
    if ('kind' in opened) throw new Error(opened.message)
    expect(opened).toMatchObject({ path, name: 'a.pcap', byteCount: 5 })
    opened.close()
    opened.close()
  })

  it.each(['-r.pcap', 'ü 😀.pcap', ...(isWindows ? [] : ['line\nbreak.pcap', 'quote".pcap'])])(
    'opens %j',
    (name) => {
      expect(problemOf(write(name))).toBe('none')
    },
  )

  it.skipIf(isWindows)('follows a link to a file', () => {
    const path = join(folder, 'link')
    symlinkSync(write('a.pcap'), path)
    expect(problemOf(path)).toBe('none')
  })

  it('refuses what is not there', () => {
    expect(problemOf(join(folder, 'absent.pcap'))).toBe('not-found')
    expect(problemOf(join(write('a.pcap'), 'below-a-file'))).toBe('not-found')
    expect(problemOf('')).toBe('not-found')
  })

  it('refuses a folder', () => {
    mkdirSync(join(folder, 'inner'))
    expect(problemOf(join(folder, 'inner'))).toBe('directory')
  })

  it('refuses an empty file', () => {
    expect(problemOf(write('empty.pcap', ''))).toBe('empty-file')
  })

  it('refuses a name with a zero byte', () => {
    expect(problemOf('a\0b')).toBe('unreadable')
  })

  describe.skipIf(isWindows)('where there are special files', () => {
    it('refuses a named pipe without waiting for its writer', () => {
      const path = join(folder, 'pipe')
      execFileSync('mkfifo', [path])
      expect(problemOf(path)).toBe('fifo')
    })

    it.each(['/dev/null', '/dev/zero'])('refuses the device %s', (path) => {
      expect(problemOf(path)).toBe('device')
    })

    it('refuses a socket', async () => {
      const path = join(folder, 'socket')
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(path, resolve))
      expect(problemOf(path)).toBe('socket')
      await new Promise((resolve) => server.close(resolve))
    })

    it('refuses a link that leads nowhere, or to itself', () => {
      const dangling = join(folder, 'dangling')
      symlinkSync(join(folder, 'absent'), dangling)
      expect(problemOf(dangling)).toBe('dangling-link')
      const loop = join(folder, 'loop')
      symlinkSync(loop, loop)
      expect(problemOf(loop)).toBe('link-loop')
    })
  })

  it.skipIf(!canBecomeNobody && !isOrdinaryUser)(
    'refuses what this user may not read (needs another user than root)',
    () => {
      const path = write('secret.pcap')
      chmodSync(path, 0)
      if (canBecomeNobody) process.seteuid?.(NOBODY)
      try {
        expect(problemOf(path)).toBe('permission-denied')
      } finally {
        if (canBecomeNobody) process.seteuid?.(0)
      }
    },
  )
})

describe('errorText', () => {
  it('prefers the code, then the message', () => {
    expect(errorText(Object.assign(new Error('long story'), { code: 'EIO' }))).toBe('EIO')
    expect(errorText(new Error('long story'))).toBe('long story')
    expect(errorText('text')).toBe('text')
  })
})
