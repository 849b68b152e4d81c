import { expect, it } from 'vitest'
import { mergedFacts, type PartFacts } from './part-facts.ts'

const LISTED_MAX = 65_536

/** Facts of a capture with that many interfaces, the last of them past the ceiling where there are more. */
function factsWith(interfaceCount: number): PartFacts {
  return {
    captures: [],
    interfaces: Array.from({ length: interfaceCount }, (_, id) => ({
      linkType: 1,
      snaplen: 0,
      timestampResolution: '10^-6',
      name: id < LISTED_MAX ? `eth${id}` : null,
      packetCount: 1,
      droppedCount: 2,
    })),
    firstInterfaceCount: interfaceCount,
    notes: {
      issues:
        interfaceCount > LISTED_MAX ? [{ kind: 'interface-not-listed', count: 7, firstFrame: null }] : [],
      comments: [],
      commentCount: 0,
      hardware: null,
      operatingSystem: null,
      application: null,
      capturedBytesNotKept: 0,
    },
    first: null,
    earliest: null,
    latest: null,
    packetCount: 0,
  }
}

it('lists as many interfaces of all parts as of one capture, and one for all others', () => {
  const parts = [factsWith(40_000), factsWith(LISTED_MAX + 1), factsWith(3)]
  const { interfaces, notes, firstInterfaceCount } = mergedFacts(parts, parts)
  expect(interfaces).toHaveLength(LISTED_MAX + 1)
  expect(firstInterfaceCount).toBe(LISTED_MAX + 1)
  expect(interfaces[40_000]?.name).toBe('eth0')
  expect(interfaces[LISTED_MAX]).toMatchObject({
    name: null,
    packetCount: 40_004,
    droppedCount: 80_008,
  })
  // The seven that the second part had not listed, and those that it had and now are not.
  expect(notes.issues).toEqual([{ kind: 'interface-not-listed', count: 7 + 40_003, firstFrame: null }])
})

it('leaves interfaces as they are where all of them are listed', () => {
  const parts = [factsWith(2), factsWith(1)]
  const { interfaces, notes } = mergedFacts(parts, parts)
  expect(interfaces.map(({ name }) => name)).toEqual(['eth0', 'eth1', 'eth0'])
  expect(notes.issues).toEqual([])
})
