/** The report as text: pure, complete, readable back, and with no way for packet text to become markup. */

import { describe, expect, it } from 'vitest'
import { emptySummary } from '../../test/report/empty-summary.ts'
import { hostileSummary } from '../../test/report/hostile-summary.ts'
import { officeSummary } from '../../test/report/office-summary.ts'
import type { CaptureSummary } from '../engine/summarize/capture-summary.ts'
import { summaryDigest } from './data-island.ts'
import { isPageUnaltered, readReport } from './read-report.ts'
import { renderReport } from './render-report.ts'
import { hashSource } from './text/sha256.ts'

const utc = { timeZone: 'utc' } as const
const office = officeSummary()
const summaries: readonly (readonly [string, CaptureSummary])[] = [
  ['empty', emptySummary()],
  ['ordinary', office],
  ['damaged', officeSummary({ isDamaged: true })],
  ['hostile', hostileSummary()],
  ['wholly hostile', hostileSummary(true)],
]

/** The page without its style, script and data: what a reader sees, tags included. */
function shownPart(page: string): string {
  return page.replace(/<style>.*?<\/style>/s, '').replace(/<script type="application\/json".*/s, '')
}

describe.each(summaries)('a report of an %s capture', (_, summary) => {
  const page = renderReport(summary, utc)

  it('comes out the same every time', () => {
    expect(renderReport(structuredClone(summary), utc) === page).toBe(true)
  })

  it('is read back as the summary it was made from', () => {
    expect(readReport(page)).toEqual(JSON.parse(JSON.stringify(summary)))
  })

  it('is known to be unaltered, and altered when one letter is', () => {
    const { version } = summary.tool
    expect(isPageUnaltered(page, version)).toBe(true)
    expect(isPageUnaltered(page.replace('The capture</a>', 'The captive</a>'), version)).toBe(false)
    expect(isPageUnaltered(page, '99.0.0')).toBe('unknown')
  })

  it('holds no character that cannot be seen', () => {
    // Line feeds between elements are the page's own.
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u)
  })

  it('allows only its own style and script, by their hash', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!
    const style = /<style>(.*?)<\/style>/s.exec(page)![1]!
    const script = /<script>(.*?)<\/script>/s.exec(page)![1]!
    expect(policy.split('; ')).toEqual([
      `default-src 'none'`,
      `style-src ${hashSource(style)}`,
      `script-src ${hashSource(script)}`,
      'img-src data:',
      `base-uri 'none'`,
      `form-action 'none'`,
    ])
  })

  it('has two scripts, one style, no style attribute, and links only within itself', () => {
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(page.match(/<style/g)).toHaveLength(1)
    const shown = shownPart(page)
    // Values are quoted, and what stands in them is text.
    const withoutValues = shown.replace(/="[^"]*"/g, '=')
    expect(withoutValues).not.toMatch(/<[^>]*\sstyle=/)
    expect(withoutValues).not.toMatch(/<[^>]*\son\w+=/)
    expect(
      [...shown.matchAll(/<[^>]*\s(?:href|src)="([^"]*)"/g)].filter(
        ([, to]) => !/^(#[a-z0-9-]+|data:,)$/.test(to!),
      ),
    ).toEqual([])
  })

  it('has every anchor it links to, and every id once', () => {
    const ids = [...shownPart(page).matchAll(/<[^>]*\sid="([^"]*)"/g)].map(([, id]) => id!)
    expect(new Set(ids).size).toBe(ids.length)
    const links = [...shownPart(page).matchAll(/href="#([^"]*)"/g)].map(([, to]) => to!)
    expect(links.filter((to) => !ids.includes(to))).toEqual([])
    const named = [...shownPart(page).matchAll(/aria-labelledby="([^"]*)"/g)].map(([, to]) => to!)
    expect(named.filter((to) => !ids.includes(to))).toEqual([])
  })
})

describe('a report', () => {
  const page = renderReport(office, { timeZone: 'utc', generatedNote: 'made for <Example & Sons>' })
  const shown = shownPart(page)

  it('names the capture so that it can be found again', () => {
    for (const text of [
      'office-2024-05-01.pcapng',
      '9f2c4b7de0a1583c6655f2a9d3b8e417c0de9a6b5f4e3d2c1b0a99887766554e',
      '2024-05-01 12:34:56.123456789 UTC',
      '285,599.864197532 s',
      'eth0',
      'made for &lt;Example &amp; Sons&gt;',
      summaryDigest(office),
    ]) {
      expect(shown).toContain(text)
    }
  })

  it('says first what was found', () => {
    expect(shown).toContain('2 sources flagged as scanners')
    expect(shown.indexOf('flagged as scanners')).toBeLessThan(shown.indexOf('id="capture"'))
  })

  it('shows each finding with its sentence, filters, thresholds and techniques', () => {
    for (const text of [
      '10.66.0.4 sent 1000 probes',
      'ip.src == 10.66.0.4 &amp;&amp; tcp.flags.syn == 1',
      'src host 10.66.0.4',
      '≥ 15',
      'T1046 Network Service Discovery',
      'nmap -sS -T4',
      'fired at frame',
    ]) {
      expect(shown).toContain(text)
    }
  })

  it('names a long silence instead of drawing it', () => {
    expect(shown).toContain('3 d 04 h silence')
  })

  it('says what was left out of the tables', () => {
    expect(shown).toContain('showing 60 of 840 conversations, largest by bytes')
    expect(shown).toContain('12,044')
  })

  it('of a damaged capture says where it broke', () => {
    const damaged = shownPart(renderReport(officeSummary({ isDamaged: true }), utc))
    expect(damaged).toContain('truncated record at byte offset 1,284,550,004')
    expect(damaged).toContain('the file ends after 612 of them')
  })

  it('without a finding says so, and how many were let go', () => {
    const clear = shownPart(renderReport(officeSummary({ findingCount: 0 }), utc))
    expect(clear).toContain('No scan found')
    expect(clear).toContain('2 sources considered and dismissed, each with a reason')
  })

  it('of a capture read in part gives no tick for the part that was not read, nor a digest nobody computed', () => {
    const partly = officeSummary({ findingCount: 0, isDamaged: true })
    const [file] = partly.capture.files
    const files = [{ ...file!, sha256: '0'.repeat(64) }]
    const page = shownPart(renderReport({ ...partly, capture: { ...partly.capture, files } }, utc))
    expect(page).toContain('No scan in the part that was read')
    expect(page).toContain('class="verdict neutral"')
    expect(page).not.toContain('No scan found')
    expect(page).toContain('SHA-256 <code>not computed</code>')
    expect(page).not.toContain('0'.repeat(64))
    const others = office.findings.filter(({ rule }) => rule === 'brute-force')
    const guessed = shownPart(renderReport({ ...partly, findings: others }, utc))
    expect(guessed).toContain('No scan in the part that was read, 1 other finding')
  })

  it('says of each scanner whom it scanned, what was open, when and why', () => {
    const [finding] = office.findings.filter(({ rule }) => rule === 'vertical-scan')
    const explanation = 'It tried ports; flagged because 1000 ports failed, where 15 are enough.'
    const page = shownPart(renderReport({ ...office, findings: [{ ...finding!, explanation }] }, utc))
    const said = page.slice(page.indexOf('class="named"'), page.indexOf('class="tiles"')).replace(/\s+/g, ' ')
    expect(said).toContain(
      'scanned 1,000 ports of 192.168.7.20, 4 open (vertical scan), from 2024-05-01 13:34:56.000 UTC',
    )
    expect(said).toContain('Flagged because 1000 ports failed, where 15 are enough.')
  })

  it('says how long a scanner took, and its date once', () => {
    const scanners = shown.slice(shown.indexOf('id="scanner-table"'), shown.indexOf('id="findings"'))
    expect(scanners).toContain('Lasted (s)')
    expect(scanners).toContain('64.500')
    expect(scanners.match(/2024-05-01/g)).toHaveLength(office.scanners.length)
  })

  it('without a packet judges nothing', () => {
    expect(shownPart(renderReport(emptySummary(), utc))).toContain('Nothing to judge')
  })

  it('counts no authorised finding and shows it', () => {
    const findings = office.findings.map((one) => ({ ...one, authorised: true }))
    const allowed = shownPart(renderReport({ ...office, findings, scanners: [] }, utc))
    expect(allowed).toContain('3 findings covered by an allow-list are listed and not counted')
    expect(allowed).toContain('No scan found')
    expect(allowed).toContain('authorised by an allow-list')
  })

  it('of the default limits stays below 3 MB', () => {
    const large = renderReport(officeSummary({ rowCount: 1_000, findingCount: 60 }), utc)
    expect(Buffer.byteLength(large)).toBeLessThan(3_000_000)
    expect(large).toContain('showing 1,000 of 14,000 conversations')
  })

  it('of more rows than a page can show keeps them all in its data', () => {
    const summary = officeSummary({ rowCount: 1_500 })
    const long = renderReport(summary, utc)
    expect(long).toContain('showing 1,000 of 21,000 conversations')
    expect(readReport(long)!.conversations).toHaveLength(1_500)
  })
})

describe('a text that is no report', () => {
  it.each([
    ['is empty', ''],
    ['has no data', '<html></html>'],
    ['is cut off', renderReport(office, utc).slice(0, -60_000)],
    ['has data that is no JSON', '<script type="application/json" id="nta-report">{</script>'],
    ['has other data', '<script type="application/json" id="nta-report">{"summary":{}}</script>'],
    ['has a list', '<script type="application/json" id="nta-report">[]</script>'],
    ['has null', '<script type="application/json" id="nta-report">null</script>'],
    [
      'is of another schema',
      renderReport(office, utc).replace('"schema":"nta.summary/1"', '"schema":"nta.summary/2"'),
    ],
  ])('and %s is read as null', (_, text) => {
    expect(readReport(text)).toBeNull()
    expect(isPageUnaltered(text, '0.1.0')).toBe('unknown')
  })
})
