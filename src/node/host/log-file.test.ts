/** The log stays small and shows no character that acts on a terminal. */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LogFile } from './log-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('holds a line for each message, with the time before it', () => {
  const log = new LogFile(join(folder, 'deep', 'nta.log'))
  log.write('one')
  log.write('two')
  expect(log.tail()).toMatch(/^\d{4}-\d\d-\d\dT\S+Z one\n\d{4}-\S+ two\n$/)
})

it('writes out characters that would act on whoever reads it', () => {
  const log = new LogFile(join(folder, 'nta.log'))
  log.write('a\u001b[31m\u202eb\nforged line\u009b\ud800')
  expect(log.tail().split('\n')).toHaveLength(2)
  expect(log.tail()).toContain('a\\u{1b}[31m\\u{202e}b\\u{a}forged line\\u{9b}\\u{d800}')
})

it('begins anew past a megabyte, and keeps what was before once', () => {
  const path = join(folder, 'nta.log')
  writeFileSync(path, 'x'.repeat(1_000_001))
  const log = new LogFile(path)
  log.write('first of the new')
  expect(statSync(path).size).toBeLessThan(100)
  expect(readFileSync(`${path}.old`, 'utf8')).toHaveLength(1_000_001)
})

it('gives its end in whole lines', () => {
  const log = new LogFile(join(folder, 'nta.log'))
  for (let line = 0; line < 100; line++) log.write(`line ${line}`)
  const tail = log.tail(200)
  expect(tail.length).toBeLessThanOrEqual(200)
  expect(tail).toMatch(/^\d{4}-/)
  expect(tail).toMatch(/line 99\n$/)
})

it('that cannot be written is no reason to stop', () => {
  const log = new LogFile(join(folder, 'nta.log'))
  rmSync(folder, { recursive: true })
  expect(() => log.write('lost')).not.toThrow()
  expect(log.tail()).toBe('')
})
