import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Aggregates } from '../aggregate/aggregates.ts'
import { ConversationView } from '../aggregate/conversation-view.ts'
import { KeyBits, Row } from '../aggregate/conversation-row.ts'
import { FlowRole } from '../decode/flow-batch.ts'
import { EndpointFold } from './endpoint-fold.ts'
import { pairCounts } from './pair-counts.ts'

const TCP = 6
const GRE = 47

interface Talk {
  readonly version: 4 | 6
  readonly a: number
  readonly b: number
  readonly tunnel: number
  readonly role: number
  readonly packetsA: number
  readonly packetsB: number
}

const talk = fc.record({
  version: fc.constantFrom<4 | 6>(4, 6),
  a: fc.nat(3),
  b: fc.nat(3),
  tunnel: fc.constantFrom(0, 0, GRE),
  role: fc.constantFrom(FlowRole.packet, FlowRole.packet, FlowRole.arp),
  packetsA: fc.nat(2),
  packetsB: fc.nat(2),
})
/** What went past the ceiling: version, address, inside a tunnel, packets sent. */
const unlisted = fc.tuple(fc.constantFrom(4, 6), fc.nat(9), fc.constantFrom(0, 1), fc.nat(9))

function aggregatesOf(talks: readonly Talk[], past: readonly (readonly [number, number, number, number])[]) {
  const aggregates = new Aggregates([1, 2, 3, 4])
  const { table, unlisted } = aggregates.conversations
  for (let number = 0; number < 10; number++) aggregates.addresses.internWords(0x20010db8, 0, 0, number)
  talks.forEach((each, port) => {
    const [a, b] = each.a <= each.b ? [each.a, each.b] : [each.b, each.a]
    const version = each.version === 6 ? KeyBits.ipv6 : 0
    const key =
      TCP |
      (each.tunnel << KeyBits.tunnelShift) |
      (each.role << KeyBits.roleShift) |
      version |
      KeyBits.hasPorts
    const row = table.add(table.hash(a, b, port, key), a, b, port, key)
    const words = table.slab(row)
    words[table.at(row) + Row.packetsFromA] = each.packetsA
    words[table.at(row) + Row.packetsFromB] = each.packetsB
    table.doublesOf(row)[(table.at(row) + Row.bytesFromA) >> 1] = each.packetsA * 60
    table.doublesOf(row)[(table.at(row) + Row.bytesFromB) >> 1] = each.packetsB * 70
  })
  for (const [version, address, inner, packets] of past)
    unlisted.addresses.add(version, address, inner, packets, 0, 0, 0)
  return aggregates
}

const isListed = ({ role, packetsA, packetsB }: Talk) => role === FlowRole.packet && packetsA + packetsB > 0

it('sums packets and bytes by address, those inside tunnels only of addresses that are nowhere else', () => {
  fc.assert(
    fc.property(fc.array(talk), fc.array(unlisted), (talks, past) => {
      const fold = new EndpointFold(aggregatesOf(talks, past))
      const expected = new Map<string, readonly number[]>()
      const add = (name: string, counts: readonly number[]) => {
        const known = expected.get(name) ?? [0, 0, 0, 0]
        expected.set(
          name,
          known.map((count, i) => count + counts[i]!),
        )
      }
      for (const [version, address, inner, packets] of past)
        if (inner === 0) add(`${version} ${address}`, [packets, 0, 0, 0])
      for (const isInner of [false, true]) {
        const outside = new Set(expected.keys())
        for (const each of talks.filter((one) => isListed(one) && (one.tunnel !== 0) === isInner)) {
          const [low, high] = each.a <= each.b ? [each.a, each.b] : [each.b, each.a]
          const sent = [each.packetsA, each.packetsA * 60, each.packetsB, each.packetsB * 70]
          const names = [`${each.version} ${low}`, `${each.version} ${high}`] as const
          if (!isInner || !outside.has(names[0])) add(names[0], sent)
          if (!isInner || !outside.has(names[1])) add(names[1], [sent[2]!, sent[3]!, sent[0]!, sent[1]!])
        }
      }
      const found = new Map<string, readonly number[]>()
      for (let row = 0; row < fold.count; row++) {
        if (!fold.isListed(row)) continue
        const counts = [fold.sentPackets(row), fold.sentBytes(row), fold.receivedPackets(row)]
        found.set(`${fold.version(row)} ${fold.address(row)}`, [...counts, fold.receivedBytes(row)])
      }
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
    }),
  )
})

it('counts unordered pairs of addresses once, and conversations with ports each', () => {
  fc.assert(
    fc.property(fc.array(talk), (talks) => {
      const aggregates = aggregatesOf(talks, [])
      const view = new ConversationView(aggregates.conversations.table, aggregates.addresses)
      const outer = talks.filter((each) => isListed(each) && each.tunnel === 0)
      const pairs = (version: number) =>
        new Set(
          outer
            .filter((each) => each.version === version)
            .map(({ a, b }) => `${Math.min(a, b)} ${Math.max(a, b)}`),
        ).size
      expect(pairCounts(view, aggregates.hosts)).toEqual({
        ipv4: pairs(4),
        ipv6: pairs(6),
        tcp: outer.length,
        udp: 0,
      })
    }),
  )
})
