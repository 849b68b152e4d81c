import { describe, expect, it } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import { emptyFilter, type RowWindowOf, type SortOrder } from '../../contract/index.ts'
import { createFakeHost, settle } from '../host/fake-host.ts'
import { blockRows, useRows } from './useRows.ts'

type Window = RowWindowOf<'issues'>
const answer = (offset: number, count: number, matchCount = 1000): Window => ({
  table: 'issues',
  offset,
  rows: Array.from({ length: count }, (_, i) => ({
    kind: `issue ${offset + i}`,
    count: 1,
    firstFrame: null,
  })),
  totalCount: 1000,
  matchCount,
  sums: {},
  basis: 'capture',
  ignored: [],
  isPartial: false,
})

function start() {
  const fake = createFakeHost()
  const sort = shallowRef<SortOrder | null>(null)
  const revision = shallowRef(1)
  const id = shallowRef<string | null>('a1')
  const rows = effectScope().run(() =>
    useRows(
      fake.host,
      () => id.value,
      () => ({ table: 'issues', filter: emptyFilter, columns: [], sort: sort.value }),
      () => revision.value,
    ),
  )!
  return { ...fake, rows, sort, revision, id }
}

describe('rows', () => {
  it('are asked for in blocks as they come into view', async () => {
    const { rows, last, countOf } = start()
    last('rows').succeed(answer(0, blockRows))
    await settle()
    expect(rows.rowAt(5)).toMatchObject({ kind: 'issue 5' })
    rows.show(500, 530)
    expect(rows.rowAt(500)).toBeUndefined()
    expect(last('rows').input).toMatchObject({ offset: 480, limit: blockRows })
    last('rows').succeed(answer(480, blockRows))
    await settle()
    expect(rows.rowAt(500)).toMatchObject({ kind: 'issue 500' })
    rows.show(0, 30)
    await settle()
    expect(countOf('rows')).toBe(2)
  })

  it('of the question before stay until the first answer to the next', async () => {
    const { rows, last, sort } = start()
    last('rows').succeed(answer(0, blockRows))
    await settle()
    sort.value = { column: 'count', direction: 'ascending' }
    await settle()
    expect(rows.rowAt(0)).toMatchObject({ kind: 'issue 0' })
    last('rows').succeed(answer(7, blockRows))
    await settle()
    expect(rows.rowAt(0)).toMatchObject({ kind: 'issue 7' })
  })

  it('that come after the question changed are not shown', async () => {
    const { rows, calls, sort } = start()
    sort.value = { column: 'count', direction: 'ascending' }
    await settle()
    expect(calls[0]!.isCancelled).toBe(true)
    calls[0]!.succeed(answer(0, blockRows))
    await settle()
    expect(rows.rowAt(0)).toBeUndefined()
  })

  it('are asked for again when the capture has been read further', async () => {
    const { last, countOf, revision } = start()
    last('rows').succeed(answer(0, blockRows))
    await settle()
    revision.value++
    await settle()
    expect(countOf('rows')).toBe(2)
  })

  it('beyond the end of a table that became shorter are not asked for forever', async () => {
    const { rows, last, countOf, revision } = start()
    rows.show(900, 930)
    last('rows').succeed(answer(0, blockRows))
    await settle()
    last('rows').succeed(answer(840, blockRows))
    await settle()
    revision.value++
    await settle()
    last('rows').succeed(answer(840, 0, 30))
    await settle()
    expect(rows.matchCount.value).toBe(30)
    expect(last('rows').input).toMatchObject({ offset: 0 })
    last('rows').succeed(answer(0, 30, 30))
    await settle()
    expect(countOf('rows')).toBe(4)
  })

  it('are none while nothing can be asked', async () => {
    const { rows, last, id } = start()
    last('rows').succeed(answer(0, blockRows))
    await settle()
    id.value = null
    await settle()
    expect(rows.matchCount.value).toBe(0)
    expect(rows.rowAt(0)).toBeUndefined()
  })
})
