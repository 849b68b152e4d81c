import { expect, it } from 'vitest'
import { KeyHash } from '../net/key-hash.ts'
import { PartReader, elementOf, type StoredSection } from '../part/part-reader.ts'
import { PartWriter } from '../part/part-writer.ts'
import { ORPHAN_FRAGMENT_ROLE } from './conversation-keys.ts'
import { KeyBits, Row } from './conversation-row.ts'
import { ConversationTable } from './conversation-table.ts'
import { ConversationTracker } from './conversation-tracker.ts'
import { settleFragments } from './fragment-settlement.ts'

const hash = new KeyHash([1, 2, 3, 4])
const UDP = 17
const ORPHAN = UDP | (ORPHAN_FRAGMENT_ROLE << KeyBits.roleShift)

const add = (table: ConversationTable, ports: number, key: number): number =>
  table.add(table.hash(1, 2, ports, key), 1, 2, ports, key)

it('looks at no record where no fragment came before its first', () => {
  const tracker = new ConversationTracker(hash)
  for (let port = 0; port < 100; port++) add(tracker.table, port, UDP | KeyBits.hasPorts)
  let lookedAt = 0
  const { slab } = tracker.table
  tracker.table.slab = (row) => {
    lookedAt++
    return slab.call(tracker.table, row)
  }
  settleFragments(tracker)
  expect(lookedAt).toBe(0)
  add(tracker.table, 7, ORPHAN)
  settleFragments(tracker)
  expect(lookedAt).toBeGreaterThan(0)
})

it('moves the packets of a fragment to the conversation that its first one named', () => {
  const tracker = new ConversationTracker(hash)
  const orphan = add(tracker.table, 77, ORPHAN)
  const home = add(tracker.table, (5000 << 16) | 53, UDP | KeyBits.hasPorts)
  tracker.table.slab(orphan)[tracker.table.at(orphan) + Row.packetsFromA] = 3
  settleFragments(tracker)
  const packets = () =>
    [orphan, home].map((row) => tracker.table.slab(row)[tracker.table.at(row) + Row.packetsFromA])
  expect(packets()).toEqual([3, 0])
  tracker.fragments.remember(1, 2, UDP, 77, 5000, 53)
  settleFragments(tracker)
  expect(packets()).toEqual([0, 3])
})

it('finds the fragments of a part that was read', () => {
  const written = new ConversationTable(hash)
  for (const [ports, key] of [
    [1, UDP],
    [2, ORPHAN],
    [3, ORPHAN],
  ] as const)
    add(written, ports, key)
  const part = new PartWriter()
  written.writePart(part)
  const stored = part.sections.map(({ name, array }): StoredSection => {
    return { name, element: elementOf(array), length: array.length, byteOffset: null, load: () => array }
  })
  const read = new ConversationTable(hash)
  read.readPart(new PartReader(new Map(stored.map((section) => [section.name, section]))))
  expect(read.orphanFragmentCount).toBe(2)
})
