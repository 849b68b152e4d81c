import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytes, text } from '../../../test/traffic/index.ts'
import { utf8Text } from './utf8-text.ts'

function decoded(input: Uint8Array, lengthMax = 1_000): string {
  return utf8Text(input, 0, input.length, lengthMax)
}

describe('utf8Text', () => {
  it('decodes what TextEncoder encodes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (string) => {
        const withoutZeros = string.replace(/\0+$/, '')
        expect(decoded(text(withoutZeros))).toBe(withoutZeros)
      }),
    )
  })

  it('accepts and refuses what TextDecoder does', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 4 }), (input) => {
        let isValid = true
        try {
          decoder.decode(input)
        } catch {
          isValid = false
        }
        expect(decoded(input).includes('\ufffd')).toBe(!isValid)
      }),
      { numRuns: 20_000 },
    )
  })

  it.each([
    ['a stray continuation byte', bytes('61 80 62'), 'a\ufffdb'],
    ['an overlong slash', bytes('c0 af'), '\ufffd\ufffd'],
    ['an overlong form of three bytes', bytes('e0 80 af'), '\ufffd\ufffd\ufffd'],
    ['half a surrogate pair', bytes('ed a0 80'), '\ufffd\ufffd\ufffd'],
    ['a code point beyond U+10FFFF', bytes('f4 90 80 80'), '\ufffd\ufffd\ufffd\ufffd'],
    ['a sequence that is cut', bytes('61 e2 82'), 'a\ufffd\ufffd'],
  ])('replaces %s', (_, input, expected) => {
    expect(decoded(input)).toBe(expected)
  })

  it('drops zeros at the end and keeps others', () => {
    expect(decoded(bytes('61 00 62 00 00'))).toBe('a\0b')
  })

  it('stops at the length given, between characters', () => {
    expect(decoded(text('abc'), 2)).toBe('ab')
    expect(decoded(text('a😀'), 2)).toBe('a')
    expect(decoded(text('a😀'), 3)).toBe('a😀')
  })

  it('reads only the part that it is given', () => {
    expect(utf8Text(text('abcdef'), 2, 4, 10)).toBe('cd')
  })
})
