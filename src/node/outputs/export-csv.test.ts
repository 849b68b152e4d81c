/** CSV: readable by a strict reader, complete, and without a cell that a spreadsheet would run. */

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptySummary } from '../../../test/report/empty-summary.ts'
import { hostileSummary, PAYLOADS } from '../../../test/report/hostile-summary.ts'
import { officeSummary } from '../../../test/report/office-summary.ts'
import { readCsv } from '../../../test/report/read-csv.ts'
import { csvCell, csvLine } from './export-csv-cell.ts'
import { csvTables } from './export-csv-tables.ts'
import { saveCsvFolder } from './export-csv.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nta-csv-test-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const FILES = [
  'bandwidth.csv',
  'conversations.csv',
  'dismissed.csv',
  'endpoints.csv',
  'findings.csv',
  'protocols.csv',
  'scanners.csv',
  'services.csv',
]

describe('a cell', () => {
  it.each([
    [1_234.5, '1234.5'],
    [-3, '-3'],
    [true, 'true'],
    [null, ''],
    ['plain', '"plain"'],
    ['say "a,b"', '"say ""a,b"""'],
    ['1714566896.123456789', '1714566896.123456789'],
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(1)', `"'@SUM(1)"`],
    ['  =1', `"'  =1"`],
    ['＝1', `"'＝1"`],
    ['""=1', `"'""""=1"`],
    ['a;=1', `"a;'=1"`],
    ['\t=1', `"\\u{9}=1"`],
    ['a\r\nb', `"a\\u{d}\\u{a}b"`],
    ['\u202egpj', `"\\u{202e}gpj"`],
  ])('of %j is written as %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })

  it('ends its record in CR LF', () => {
    expect(csvLine(['a', 1, null])).toBe('"a",1,\r\n')
  })
})

describe('the folder', () => {
  it('has one file for each table, each with its header and a line for every row', async () => {
    const summary = officeSummary()
    expect(await saveCsvFolder(folder, summary)).toBeNull()
    expect((await readdir(folder)).sort()).toEqual(FILES)
    const countOf = async (name: string) => readCsv(await readFile(join(folder, name), 'utf8')).length - 1
    expect(await countOf('conversations.csv')).toBe(summary.conversations.length)
    expect(await countOf('endpoints.csv')).toBe(summary.endpoints.length)
    expect(await countOf('bandwidth.csv')).toBe(summary.bandwidth.buckets.length)
    expect(await countOf('findings.csv')).toBe(summary.findings.length)
  })

  it('keeps numbers as numbers and times exact', () => {
    const summary = officeSummary()
    const conversations = csvTables(summary).find(({ fileName }) => fileName === 'conversations.csv')!
    const [header, first] = readCsv([...conversations.lines()].join(''))
    const cell = (name: string) => first![header!.findIndex(({ text }) => text === name)]!
    const row = summary.conversations[0]!
    expect(cell('byteCount')).toEqual({ text: String(row.byteCount), isQuoted: false })
    expect(cell('firstTimestampSeconds')).toEqual({ text: row.firstTimestamp, isQuoted: false })
    expect(cell('originatorAddress')).toEqual({ text: row.originator.address, isQuoted: true })
  })

  it('adds the bandwidth of protocols up to that of the bucket', () => {
    const table = csvTables(officeSummary()).find(({ fileName }) => fileName === 'bandwidth.csv')!
    const [header, ...rows] = readCsv([...table.lines()].join(''))
    expect(header!.map(({ text }) => text).slice(0, 6)).toEqual([
      'startSeconds',
      'bucketSeconds',
      'packetCount',
      'byteCount',
      'tls packetCount',
      'tls byteCount',
    ])
    for (const row of rows) {
      const numbers = row.map(({ text }) => Number(text))
      const split = numbers.slice(4).filter((_, index) => index % 2 === 1)
      expect(split.reduce((sum, one) => sum + one, 0)).toBe(numbers[3])
    }
  })

  it('of an empty capture has headers only', async () => {
    expect(await saveCsvFolder(join(folder, 'new'), emptySummary())).toBeNull()
    for (const name of FILES) {
      expect(readCsv(await readFile(join(folder, 'new', name), 'utf8'))).toHaveLength(1)
    }
  })

  it('with hostile text in every field has no formula, no unseen character and no torn record', () => {
    const summary = hostileSummary(true)
    let textCount = 0
    for (const { fileName, lines } of csvTables(summary)) {
      const records = readCsv([...lines()].join(''))
      for (const { text, isQuoted } of records.flat()) {
        expect(text, fileName).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u)
        // What a spreadsheet sees first, and what it sees first where semicolons part cells.
        for (const part of isQuoted ? text.split(';') : []) {
          expect(part, fileName).not.toMatch(/^["\s]*[=+\-@＝＋－＠]/)
        }
        if (!isQuoted) expect(text, fileName).toMatch(/^(-?\d+(\.\d+)?(e-?\d+)?|true|false|)$/)
        if (isQuoted) textCount += 1
      }
    }
    expect(textCount).toBeGreaterThan(PAYLOADS.length * 10)
  })

  it('that is a file is refused by name', async () => {
    await writeFile(join(folder, 'file'), '')
    expect(await saveCsvFolder(join(folder, 'file'), emptySummary())).toBe(
      `${join(folder, 'file')} is a file, and the tables need a folder. Name another one.`,
    )
  })

  it('keeps files of other names', async () => {
    await writeFile(join(folder, 'notes.txt'), 'mine')
    await saveCsvFolder(folder, emptySummary())
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine')
  })
})
