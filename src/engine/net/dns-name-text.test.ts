import { describe, expect, it } from 'vitest'
import { compareDnsNames, dnsNameText, netbiosNameText } from './dns-name-text.ts'

/** Labels with their lengths, from text whose dots are borders. */
const wire = (name: string) =>
  Uint8Array.from(
    name.split('.').flatMap((label) => [...Buffer.from([Buffer.byteLength(label)]), ...Buffer.from(label)]),
  )

describe('dnsNameText', () => {
  it('puts dots between labels', () => {
    expect(dnsNameText(wire('www.example.org'))).toBe('www.example.org')
    expect(dnsNameText(new Uint8Array(0))).toBe('.')
  })

  it('tells a dot inside a label from one between labels', () => {
    expect(dnsNameText(Uint8Array.from([3, 0x61, 0x2e, 0x62, 1, 0x63]))).toBe('a\\.b.c')
  })

  it('shows nothing that a terminal or a reader could be fooled by', () => {
    expect(dnsNameText(Uint8Array.from([4, 0x1b, 0x5b, 0x00, 0xff]))).toBe('\\x1b[\\x00\\xff')
    expect(dnsNameText(wire('a\u202eb.c'))).toBe('a\\u{202e}b.c')
  })

  it('cuts at 256 characters, between labels', () => {
    const label = Uint8Array.from([63, ...new Uint8Array(63).fill(0)])
    const text = dnsNameText(Uint8Array.from([...label, ...label, ...label]))
    expect(text.length).toBeLessThanOrEqual(256)
    expect(text.endsWith('…')).toBe(true)
  })
})

describe('compareDnsNames', () => {
  it('orders names as their texts', () => {
    const names = ['a.b', 'a-b.c', 'aa.b', 'a.b.c', 'b', 'a.ba', 'www.example.org', 'ww.example.org', '0.1']
    const sorted = names.toSorted((x, y) => compareDnsNames(wire(x), wire(y)))
    expect(sorted).toEqual(names.toSorted())
  })
})

describe('netbiosNameText', () => {
  it('decodes the letters and shows the suffix', () => {
    // "WORKGROUP" and spaces, suffix 0x1d; the table folds to lower case.
    const encoded = 'fhepfcelehfcepffgcadcacacacacabn'
    const bytes = Uint8Array.from([32, ...Buffer.from('fhepfcelehfcepfffacacacacacacabn')])
    expect(encoded).toHaveLength(32)
    expect(netbiosNameText(bytes)).toBe('WORKGROUP<1d>')
  })

  it('shows a name that is no encoded one as it is', () => {
    expect(netbiosNameText(wire('example.org'))).toBe('example.org')
    expect(netbiosNameText(Uint8Array.from([32, ...Buffer.from('z'.repeat(32))]))).toBe('z'.repeat(32))
    expect(netbiosNameText(new Uint8Array(0))).toBe('.')
  })
})
