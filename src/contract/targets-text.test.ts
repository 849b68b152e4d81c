import { describe, expect, it } from 'vitest'
import { targetsText } from './targets-text.ts'

const hosts = (network: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${network}.${from + i}`)
const all = (addresses: readonly string[]) => targetsText({ addresses, addressCount: addresses.length })

describe('the targets of a scan', () => {
  it('are one address by itself, and nothing where there is none', () => {
    expect(all(['10.0.0.5'])).toBe('10.0.0.5')
    expect(all([])).toBe('')
  })

  it('are the block that holds them all, where one does', () => {
    expect(all(hosts('10.99.1', 0, 255))).toBe('256 hosts in 10.99.1.0/24')
    expect(all(hosts('192.168.255', 129, 140))).toBe('12 hosts in 192.168.255.128/28')
  })

  it('are the first and a number, where they lie far apart, are not all listed, or are no IPv4', () => {
    expect(all(['10.0.0.5', '172.16.0.1', '10.0.0.6'])).toBe('10.0.0.5 and 2 more')
    expect(targetsText({ addresses: hosts('10.0.0', 1, 9), addressCount: 4000 })).toBe(
      '10.0.0.1 and 3,999 more',
    )
    expect(all(['2001:db8::1', '2001:db8::2'])).toBe('2001:db8::1 and 1 more')
  })
})
