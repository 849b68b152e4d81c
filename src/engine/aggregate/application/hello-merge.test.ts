import { expect, it } from 'vitest'
import { clientHello, inRecords } from '../../../../test/captures/client-hello.ts'
import { DecodeIssueCounts } from '../../decode/decode-issue.ts'
import { KeyHash } from '../../net/key-hash.ts'
import { ConversationTable } from '../conversation-table.ts'
import { ApplicationTally } from './application-tally.ts'
import { HelloAssembly } from './hello-assembly.ts'
import { mergeHellos } from './hello-merge.ts'
import { HELLO_COUNT_MAX } from './hello-store.ts'

const STREAM = inRecords(clientHello({ serverName: 'www.example.test' }))
const FIRST_LENGTH = 1000

function emptyHellos(rowCount = 1): HelloAssembly {
  const hash = new KeyHash([1, 2, 3, 4])
  const table = new ConversationTable(hash)
  for (let row = 0; row < rowCount; row++) table.add(table.hash(row, 1, 2, 6), row, 1, 2, 6)
  return new HelloAssembly(table, new ApplicationTally(hash), new DecodeIssueCounts())
}

function see(hellos: HelloAssembly, sequence: number, from: number, to: number, row = 0): void {
  hellos.observe(row, 0, sequence, STREAM, from, to - from)
  hellos.takeHello(row, 0, sequence, STREAM, from, to - from, 1)
}

function begun(): HelloAssembly {
  const hellos = emptyHellos()
  see(hellos, 0, 0, FIRST_LENGTH)
  return hellos
}

function merge(ours: HelloAssembly, later: HelloAssembly): HelloAssembly {
  const rowOf = Int32Array.from({ length: later.table.count }, (_, row) => (row === 0 ? 0 : -1))
  mergeHellos(ours, later, { rowOf, isSwapped: new Uint8Array(later.table.count), frameOffset: 1 })
  return ours
}

it('leaves a hello decided whose rest the later part kept', () => {
  const later = emptyHellos()
  see(later, FIRST_LENGTH, FIRST_LENGTH, STREAM.length)
  expect(merge(begun(), later).undecidedCount).toBe(0)
})

it('says so when the later part had no entry left for what may be the rest', () => {
  const later = emptyHellos(HELLO_COUNT_MAX + 1)
  for (let row = 1; row <= HELLO_COUNT_MAX; row++) see(later, 5, FIRST_LENGTH, STREAM.length, row)
  see(later, FIRST_LENGTH, FIRST_LENGTH, STREAM.length)
  expect(merge(begun(), later).undecidedCount).toBe(1)
})

it('says so when the later part has the same hello in one segment', () => {
  const later = emptyHellos()
  see(later, 0, 0, STREAM.length)
  expect(merge(begun(), later).undecidedCount).toBe(1)
})

it('says so when the later part let go what may be the rest for another hello', () => {
  const later = emptyHellos()
  see(later, FIRST_LENGTH, FIRST_LENGTH, STREAM.length)
  see(later, STREAM.length, 0, FIRST_LENGTH)
  expect(merge(begun(), later).undecidedCount).toBe(1)
})
