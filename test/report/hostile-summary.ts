/** Summaries for tests of every output: texts that have broken pages, spreadsheets and terminals. */

import type { CaptureSummary } from '../../src/engine/summarize/capture-summary.ts'
import { officeSummary } from './office-summary.ts'

/** Strings that have broken pages, spreadsheets and terminals; each makes itself heard if it ever runs. */
export const PAYLOADS = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '"><img src=x onerror=alert(3)>',
  `' onmouseover='alert(4)`,
  '<svg/onload=alert(5)>',
  '</title></style></textarea></code></td><iframe src="https://evil.invalid/"></iframe>',
  '<!--<script>--><!doctype html><base href="https://evil.invalid/">',
  '${alert(6)} {{alert(7)}} javascript:alert(8)',
  '\\\\evil.invalid\\share <link rel=stylesheet href=//evil.invalid/x>',
  '\u202e\u2066gpj.exe\u2069\u200b\ufeff',
  '\u0000\u0001\u001b[31mred\u001b]0;title\u0007\u009b31m',
  'line\r\nfeed\u2028and\u2029more\u0085',
  '\ud800 lone \udfff surrogates',
  '&lt;b&gt; &amp; &#x3c;i&#x3e; ]]>',
  '=HYPERLINK("https://evil.invalid","x")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '＝1+1',
  'a;=1+1',
  'x"y,z',
  'constructor __proto__ toString',
] as const

/** Values that name one of a few known words, or digits the engine made: replaced only when `everything` is. */
const chosen = new Set([
  'schema',
  'severity',
  'format',
  'compression',
  'basis',
  'applicationBasis',
  'sha256',
  'firstTimestamp',
  'lastTimestamp',
])

/** The office with a payload in every text, keys of open records included; `everything` spoils the chosen words too. */
export function hostileSummary(
  everything = false,
  base: CaptureSummary = officeSummary({ isDamaged: true }),
): CaptureSummary {
  let next = 0
  const payload = () => PAYLOADS[next++ % PAYLOADS.length]!
  const openRecords = new Set(['measures', 'thresholds', 'applications', 'tables'])
  const spoil = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      if (name === 'schema') return value
      return chosen.has(name) && !everything ? value : `${payload()}${value}`
    }
    if (Array.isArray(value)) return value.map((one) => spoil(one, name))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        openRecords.has(name) ? `${key}${payload()}` : key,
        spoil(one, key),
      ]),
    )
  }
  return spoil(base, '') as CaptureSummary
}
