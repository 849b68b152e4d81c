import { describe, expect, it } from 'vitest'
import { longestLabel, parentDomainStart } from './parent-domain.ts'

const wire = (name: string) =>
  Uint8Array.from(
    name === '' ? [] : name.split('.').flatMap((label) => [label.length, ...Buffer.from(label, 'latin1')]),
  )

function parent(name: string): string {
  const bytes = wire(name)
  const start = parentDomainStart(bytes, 0, bytes.length)
  return start === 0 ? name : name.slice(name.length - (bytes.length - start - 1))
}

describe('parentDomainStart', () => {
  it.each([
    ['www.example.org', 'example.org'],
    ['a.b.c.example.org', 'example.org'],
    ['example.org', 'example.org'],
    ['localhost', 'localhost'],
    ['', ''],
    ['www.example.co.uk', 'example.co.uk'],
    ['example.co.uk', 'example.co.uk'],
    ['co.uk', 'co.uk'],
    ['WWW.EXAMPLE.CO.UK', 'EXAMPLE.CO.UK'],
    ['a.b.example.com.au', 'example.com.au'],
    // No two-letter country: `co` is a name like any other.
    ['www.co.info', 'co.info'],
    ['x.company.uk', 'company.uk'],
    ['4.3.2.1.in-addr.arpa', 'in-addr.arpa'],
    ['8.b.d.0.1.0.0.2.ip6.arpa', 'ip6.arpa'],
  ])('of %s is %s', (name, expected) => {
    expect(parent(name)).toBe(expected)
  })

  it('goes by labels, not by dots inside them', () => {
    const bytes = Uint8Array.from([3, 0x61, 0x2e, 0x62, 1, 0x63, 1, 0x64])
    expect(parentDomainStart(bytes, 0, bytes.length)).toBe(4)
  })
})

describe('longestLabel', () => {
  it('counts the bytes of the longest label', () => {
    const bytes = wire('a.bcd.ef')
    expect(longestLabel(bytes, 0, bytes.length)).toBe(3)
    expect(longestLabel(bytes, 0, 0)).toBe(0)
  })
})
