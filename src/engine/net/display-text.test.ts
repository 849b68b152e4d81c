import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { displayText } from './display-text.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const shown = (text: string | number[], lengthMax?: number) => {
  const bytes = typeof text === 'string' ? utf8(text) : Uint8Array.from(text)
  return displayText(bytes, 0, bytes.length, lengthMax)
}

describe('displayText', () => {
  it('leaves ordinary text of any language as it is', () => {
    expect(shown('Grüße, 世界 🌍 <b>&amp;</b> =1+1')).toBe('Grüße, 世界 🌍 <b>&amp;</b> =1+1')
  })

  it('escapes terminal control characters, also those of C1', () => {
    expect(shown('\x1b[31mred\x07\r\n\u009b')).toBe('\\x1b[31mred\\x07\\x0d\\x0a\\x9b')
  })

  it('escapes characters that turn or hide text', () => {
    expect(shown('a\u202eb\u200bc\u2066d\ufeff\u{e0041}\u00ad')).toBe(
      'a\\u{202e}b\\u{200b}c\\u{2066}d\\u{feff}\\u{e0041}\\u{ad}',
    )
  })

  it('shows bytes that are not UTF-8 one by one', () => {
    expect(shown([0x61, 0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80, 0xe2, 0x82])).toBe(
      'a\\xff\\xc0\\xaf\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80\\xe2\\x82',
    )
  })

  it('doubles a backslash, so that an escape cannot be forged', () => {
    expect(shown('\\x1b')).toBe('\\\\x1b')
  })

  it('cuts at the limit without cutting an escape or a surrogate pair', () => {
    expect(shown('a'.repeat(300))).toBe('a'.repeat(255) + '…')
    expect(shown('a'.repeat(256))).toBe('a'.repeat(256))
    expect(shown('abcd\x1bxyz', 7)).toBe('abcd…')
    expect(shown('abc🌍🌍', 5)).toBe('abc…')
    expect(shown('abc🌍', 5)).toBe('abc🌍')
  })

  it('reads only its part of the bytes', () => {
    expect(displayText(utf8('xxhostyy'), 2, 4)).toBe('host')
  })

  it('never gives control or bidi characters and never passes the limit, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 8, max: 300 }), (bytes, lengthMax) => {
        const text = displayText(bytes, 0, bytes.length, lengthMax)
        expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\p{Cs}]/u)
        expect(text.length).toBeLessThanOrEqual(lengthMax)
      }),
    )
  })

  it('gives different text for different bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 12 }), (a, b) => {
        const same = a.length === b.length && a.every((byte, i) => byte === b[i])
        expect(displayText(a, 0, a.length) === displayText(b, 0, b.length)).toBe(same)
      }),
    )
  })
})
