import { describe, expect, it } from 'vitest'
import { clientHello, inRecords } from '../../../../test/captures/client-hello.ts'
import { DecodeIssueCounts } from '../../decode/decode-issue.ts'
import { KeyHash } from '../../net/key-hash.ts'
import { PartError } from '../../part/part-error.ts'
import { readerOfSections } from '../../part/part-reader.ts'
import { PartWriter, type PartArray } from '../../part/part-writer.ts'
import { ConversationTable } from '../conversation-table.ts'
import { ApplicationTally } from './application-tally.ts'
import { HelloAssembly } from './hello-assembly.ts'
import { readHellos, writeHellos } from './hello-part.ts'

const STREAM = inRecords(clientHello({ serverName: 'www.example.test' }))

function emptyHellos(rowCount = 2): HelloAssembly {
  const hash = new KeyHash([1, 2, 3, 4])
  const table = new ConversationTable(hash)
  for (let row = 0; row < rowCount; row++) table.add(table.hash(row, 1, 2, 6), row, 1, 2, 6)
  return new HelloAssembly(table, new ApplicationTally(hash), new DecodeIssueCounts())
}

/** Row 0 waits for the rest of a hello with a gap in it; row 1 has kept what may be one. */
function someHellos(): HelloAssembly {
  const hellos = emptyHellos()
  hellos.observe(0, 1, 5000, STREAM, 0, 700)
  hellos.takeHello(0, 1, 5000, STREAM, 0, 700, 3)
  hellos.observe(0, 1, 6000, STREAM, 1000, 200)
  hellos.observe(1, 0, -5, STREAM, 900, 100)
  return hellos
}

function sectionsOf(hellos: HelloAssembly): Map<string, PartArray> {
  const part = new PartWriter()
  writeHellos(hellos, part)
  return new Map(part.sections.map(({ name, array }) => [name, array]))
}

function read(sections: Map<string, PartArray>): HelloAssembly {
  const hellos = emptyHellos()
  readHellos(hellos, readerOfSections([...sections].map(([name, array]) => ({ name, array }))))
  return hellos
}

/** The sections with one number of one of them changed. */
function changed(name: string, index: number, value: number): Map<string, PartArray> {
  const sections = sectionsOf(someHellos())
  const array = sections.get(name)!.slice()
  array[index] = value
  return sections.set(name, array)
}

describe('hellos in a part', () => {
  it('are the same after reading, with what was counted for them', () => {
    const hellos = someHellos()
    const again = read(sectionsOf(hellos))
    expect(sectionsOf(again)).toEqual(sectionsOf(hellos))
    const entry = again.openEntry(0)
    expect(again.store.countedVersion[entry]).toBe(0x0303)
    expect([again.store.prefix[entry], again.store.extent[entry]]).toEqual([700, 1200])
    expect(again.unseenEntry(1)).toBe(again.openEntry(1))
  })

  it.each([
    ['a conversation that does not exist', 'entries', 0, 2],
    ['a conversation before the first', 'entries', 0, -1],
    ['bits that have no meaning', 'entries', 1, 1 << 7],
    ['more runs than there are', 'entries', 4, 100],
    ['fewer runs than there are', 'entries', 4, 1],
    ['a run without length', 'runs', 0, 0],
    ['a run longer than an entry', 'runs', 1, 60_000],
    ['a run of more bytes than there are', 'runs', 0, (1 << 16) | 8000],
    ['another hello of the same conversation', 'entries', 5, 0],
  ])('are refused with %s', (_, name, index, value) => {
    expect(() => read(changed(name, index, value))).toThrow(PartError)
  })
})
