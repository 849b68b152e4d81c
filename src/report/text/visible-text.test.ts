/** Text from packets as people may see it. */

import { describe, expect, it } from 'vitest'
import { cutText, visibleText } from './visible-text.ts'

describe('visible text', () => {
  it.each([
    ['controls', '\u0007\u001b[31m', '\\u{7}\\u{1b}[31m'],
    ['C1 controls', '\u009b', '\\u{9b}'],
    ['bidi overrides and isolates', '\u202e\u2066', '\\u{202e}\\u{2066}'],
    ['zero-width characters', 'a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
    ['line and paragraph separators', '\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['tags beyond U+FFFF', '\u{e0041}', '\\u{e0041}'],
    ['private use', '\ue000', '\\u{e000}'],
    ['halves of characters', '\udc00', '\\u{dc00}'],
  ])('writes out %s', (_, text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  it('leaves every script, digits and emoji alone', () => {
    const text = 'Grüße 東京 עברית العربية 😀 a-z 0-9 ~!'
    expect(visibleText(text)).toBe(text)
  })

  it('is cut with its length named', () => {
    expect(cutText('abcdef', 6)).toBe('abcdef')
    expect(cutText('abcdefg', 6)).toBe('abcdef… (7 characters in all)')
  })
})
