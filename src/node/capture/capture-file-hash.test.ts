import { createHash } from 'node:crypto'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileHash } from './capture-file-hash.ts'

const ALWAYS_IN_THREAD = { threadFromBytes: 0 }
const NEVER_IN_THREAD = { threadFromBytes: Number.MAX_SAFE_INTEGER }
const CONTENT = Uint8Array.from({ length: 1_000_003 }, (_, i) => (i * i) >> 3)
const DIGEST = createHash('sha256').update(CONTENT).digest('hex')

let folder = ''
let descriptor = -1

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-file-hash-'))
  const path = join(folder, 'a.pcap')
  writeFileSync(path, CONTENT)
  descriptor = openSync(path, 'r+')
})

afterEach(() => {
  closeSync(descriptor)
  rmSync(folder, { recursive: true, force: true })
})

describe.each([
  ['in a thread', ALWAYS_IN_THREAD],
  ['in place', NEVER_IN_THREAD],
])('the hash of a file, %s', (_, options) => {
  it('is that of its bytes, in whatever pieces they were read', async () => {
    for (const step of [1, 4_096, 262_144, CONTENT.length]) {
      const hash = createFileHash(descriptor, CONTENT.length, options)
      const readable = step === 1 ? 1_000 : CONTENT.length
      for (let offset = 0; offset < readable; offset += step) {
        hash.update(CONTENT, offset, Math.min(step, readable - offset))
      }
      expect(await hash.finish(CONTENT.length, () => true)).toBe(DIGEST)
      expect(hash.wasReadAgain).toBe(false)
    }
  })

  it('includes the rest that nobody read, and tells how far it is', async () => {
    const hash = createFileHash(descriptor, CONTENT.length, options)
    hash.update(CONTENT, 0, 10)
    const seen: number[] = []
    const digest = await hash.finish(CONTENT.length, (byteCount) => {
      seen.push(byteCount)
      return true
    })
    expect(digest).toBe(DIGEST)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.length).toBeGreaterThan(0)
  })

  it('is none when it was cancelled', async () => {
    const hash = createFileHash(descriptor, CONTENT.length, options)
    // A length that the thread has not reached at the first look, for it waits for bytes that never come.
    hash.update(CONTENT, 0, 10)
    expect(await hash.finish(CONTENT.length * 2, () => false)).toBeNull()
  })

  it('is none when the file lost bytes', async () => {
    const hash = createFileHash(descriptor, CONTENT.length, options)
    hash.update(CONTENT, 0, 10)
    ftruncateSync(descriptor, 500)
    expect(await hash.finish(CONTENT.length, () => true)).toBeNull()
  })

  it('can be given up', () => {
    const hash = createFileHash(descriptor, CONTENT.length, options)
    hash.update(CONTENT, 0, 10)
    hash.abandon()
    hash.abandon()
  })
})

describe('the hash of a file', () => {
  it('is made again in place when the thread failed', async () => {
    // Stores 2, failed, as the state.
    const workerSource = `Atomics.store(require('node:worker_threads').workerData.control, 3, 2n)`
    const hash = createFileHash(descriptor, CONTENT.length, { threadFromBytes: 0, workerSource })
    hash.update(CONTENT, 0, CONTENT.length)
    expect(await hash.finish(CONTENT.length, () => true)).toBe(DIGEST)
    expect(hash.wasReadAgain).toBe(true)
  })

  it('lets others have turns, who may cancel it, in place and while a thread is at it', async () => {
    const length = 32 * 1_048_576
    ftruncateSync(descriptor, length)
    for (const options of [NEVER_IN_THREAD, { threadFromBytes: 0, workerSource: '' }]) {
      const hash = createFileHash(descriptor, length, options)
      let isCancelled = false
      setImmediate(() => {
        isCancelled = true
      })
      expect(await hash.finish(length, () => !isCancelled)).toBeNull()
      expect(hash.wasReadAgain).toBe(false)
    }
  })

  it('makes the reading wait when the thread is far behind', async () => {
    const megabyte = 1_048_576
    const length = 600 * megabyte
    ftruncateSync(descriptor, 0)
    ftruncateSync(descriptor, length)
    const hash = createFileHash(descriptor, length, ALWAYS_IN_THREAD)
    for (let read = 0; read < length; read += 100 * megabyte) hash.update(CONTENT, 0, 100 * megabyte)
    const seen: number[] = []
    const digest = await hash.finish(length, (byteCount) => seen.push(byteCount) > 0)
    // 256 MB is as far as it may lag.
    expect(seen[0] ?? length).toBeGreaterThanOrEqual(length - 256 * megabyte)
    const zeros = createHash('sha256')
    for (let i = 0; i < 600; i++) zeros.update(new Uint8Array(megabyte))
    expect(digest).toBe(zeros.digest('hex'))
  })

  it('takes a few threads at once, and hashes further files in place', async () => {
    const hashes = Array.from({ length: 5 }, () =>
      createFileHash(descriptor, CONTENT.length, ALWAYS_IN_THREAD),
    )
    for (const hash of hashes) hash.update(CONTENT, 0, CONTENT.length)
    expect(hashes.map((hash) => hash.constructor.name)).toEqual([
      'HashInThread',
      'HashInThread',
      'HashInPlace',
      'HashInPlace',
      'HashInPlace',
    ])
    for (const hash of hashes) expect(await hash.finish(CONTENT.length, () => true)).toBe(DIGEST)
  })
})
