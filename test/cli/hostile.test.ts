/** Sixty hostile texts, in captures and as file names, through every output of the command: nothing acts on terminal, table or page. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { terminalText } from '../../src/cli/terminal-text.ts'
import { safeBase } from '../../src/node/host/save-names.ts'
import { checkCsv, checkTerminal, reportShapes } from '../fuzz/output-promises.ts'
import { payloadCapture } from '../hostile/payload-capture.ts'
import { PAYLOADS } from '../hostile/payloads.data.ts'
import { concat, text } from '../traffic/index.ts'
import { nta } from './nta.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-hostile-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** What a file on this machine can be called of the text. */
function nameOf(payload: string): string {
  const bytes = text(payload.replace(/[/\0]/g, '_')).subarray(0, 100)
  return `${new TextDecoder().decode(bytes)}.pcapng`
}

interface Outputs {
  readonly page: string
  readonly errors: string
  readonly report: string
  readonly tables: ReadonlyMap<string, string>
}

async function outputsOf(name: string, capture: Uint8Array): Promise<Outputs> {
  const path = join(folder, name)
  writeFileSync(path, capture)
  const [report, tables] = [join(folder, 'report.html'), join(folder, 'tables')]
  const files = await nta('analyze', path, '--html', report, '--csv', tables)
  const page = await nta('analyze', path)
  const missing = await nta('analyze', `${path}-missing`)
  return {
    page: page.stdout,
    errors: files.stderr + page.stderr + missing.stderr,
    report: readFileSync(report, 'utf8'),
    tables: new Map(readdirSync(tables).map((table) => [table, readFileSync(join(tables, table), 'utf8')])),
  }
}

describe.skipIf(process.platform === 'win32')(
  'hostile texts (skipped where files cannot be called so)',
  () => {
    it('of every kind together reach no terminal, table or page as they are', async () => {
      const hostile = await outputsOf(nameOf(PAYLOADS.join('')), concat(...PAYLOADS.map(payloadCapture)))
      const harmless = await outputsOf(
        'plain.pcapng',
        concat(...PAYLOADS.map((_, i) => payloadCapture(`word${i}`))),
      )
      checkTerminal(hostile.page)
      checkTerminal(hostile.errors)
      expect(hostile.errors).toContain('missing')
      for (const [table, content] of hostile.tables) checkCsv(table, content)
      const known = reportShapes(harmless.report)
      expect([...reportShapes(hostile.report)].filter((shape) => !known.has(shape))).toEqual([])
    })

    it('as file names make messages that act on no terminal', async () => {
      for (const payload of PAYLOADS) checkTerminal(terminalText(payload))
      const some = PAYLOADS.filter((_, i) => i % 8 === 5)
      const said = await Promise.all(
        some.map((payload) => nta('analyze', join(folder, `none-${nameOf(payload)}`))),
      )
      for (const { status, stderr } of said) {
        expect(status).toBe(1)
        checkTerminal(stderr)
      }
    })
  },
)

describe('the name a saved file is offered under', () => {
  /** Microsoft, Naming Files, Paths, and Namespaces; the superscript digits are ones to Windows as well. */
  const RESERVED = ['CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$', 'COM1', 'LPT9', 'COM¹', 'LPT³', 'com0']
  const ODD_NAMES = [
    ...PAYLOADS,
    ...RESERVED,
    ...RESERVED.map((name) => `${name}.tar.gz`),
    `${'x'.repeat(79)}🦈.pcap`,
    'a'.repeat(300),
    '...',
    ' . .',
    'name.',
    'name ',
    '\ud800',
  ]

  it.each(ODD_NAMES)('%j is one that every file system takes', (name) => {
    const base = safeBase(name)
    expect(base).not.toMatch(/[<>:"/\\|?*]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    expect(base).not.toMatch(/^[. ]|[. ]$/)
    expect(base).not.toMatch(/^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])(\.|$)/i)
    expect(base.length).toBeGreaterThan(0)
    expect(new TextEncoder().encode(base).length).toBeLessThanOrEqual(240)
  })
})
