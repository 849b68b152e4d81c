import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyHash } from '../net/key-hash.ts'
import { ConversationHosts } from './conversation-hosts.ts'
import { KeyBits } from './conversation-row.ts'
import { ConversationTable } from './conversation-table.ts'

const hash = new KeyHash([1, 2, 3, 4])
const IPV6_COUNT = 4

interface Ends {
  readonly isIpv6: boolean
  readonly a: number
  readonly b: number
}

function tableOf(records: readonly Ends[]): ConversationTable {
  const table = new ConversationTable(hash)
  records.forEach(({ isIpv6, a, b }, port) => {
    const key = isIpv6 ? KeyBits.ipv6 : 0
    table.add(table.hash(a, b, port, key), a, b, port, key)
  })
  return table
}

const ipv4 = fc.constantFrom(0, 1, 2, 0x0a000001, -1, -2, 0x7fffffff, -0x80000000)
const ipv6 = fc.nat(IPV6_COUNT - 1)
const records = fc.array(
  fc.oneof(
    fc.record({ isIpv6: fc.constant(false), a: ipv4, b: ipv4 }),
    fc.record({ isIpv6: fc.constant(true), a: ipv6, b: ipv6 }),
  ),
)

it('numbers hosts in the order in which records first name them, A before B', () => {
  fc.assert(
    fc.property(records, (all) => {
      const hosts = new ConversationHosts(tableOf(all), IPV6_COUNT)
      const names = (record: Ends, address: number) => `${record.isIpv6 ? 6 : 4} ${address}`
      const order = [...new Set(all.flatMap((each) => [names(each, each.a), names(each, each.b)]))]
      expect(hosts.count).toBe(order.length)
      all.forEach((each, row) => {
        expect(order[hosts.a[row]!]).toBe(names(each, each.a))
        expect(order[hosts.b[row]!]).toBe(names(each, each.b))
      })
      order.forEach((name, host) => {
        expect(`${hosts.isIpv6[host] === 1 ? 6 : 4} ${hosts.addressOf[host]}`).toBe(name)
        expect(hosts.find(hosts.isIpv6[host] === 1, hosts.addressOf[host]!)).toBe(host)
      })
    }),
  )
})

it('keeps an IPv4 word apart from the IPv6 number that is written alike, and finds neither where none is', () => {
  const hosts = new ConversationHosts(tableOf([{ isIpv6: false, a: 1, b: 2 }]), IPV6_COUNT)
  expect(hosts.find(false, 2)).toBe(1)
  expect(hosts.find(true, 2)).toBe(-1)
  expect(hosts.find(false, 3)).toBe(-1)
})

it('gives -1 to an IPv6 address that the address table refused', () => {
  const hosts = new ConversationHosts(tableOf([{ isIpv6: true, a: 0, b: -1 }]), IPV6_COUNT)
  expect([hosts.a[0], hosts.b[0], hosts.count]).toEqual([0, -1, 1])
})
