/** Windows of rows over real captures: what the page is shown is what the summary says, in any order and filter. */

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type ColumnFilter,
  emptyFilter,
  methods,
  type SortOrder,
  type TableName,
  tableNames,
  type TrafficFilter,
} from '../../src/contract/index.ts'
import type { CaptureSummary, ConversationRow } from '../../src/engine/summarize/capture-summary.ts'
import { engineConversationColumns } from '../../src/node/rows/engine.ts'
import { conversationColumns } from '../../src/node/rows/conversations.ts'
import { RowTables } from '../../src/node/rows/row-window.ts'
import { runAnalysis } from '../../src/node/run-analysis.ts'
import { SHARED } from '../captures/shared-captures.ts'

const folder = 'samples'
const captures = readdirSync(folder).filter((name) => /\.pcap(ng)?$/.test(name))
const shared = `${SHARED}/files`

async function analyse(path: string) {
  const outcome = await runAnalysis([path], { rowLimit: null })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome
}

function view(
  tables: RowTables,
  table: TableName,
  part: { filter?: Partial<TrafficFilter>; columns?: ColumnFilter[]; sort?: SortOrder | null } = {},
) {
  const { filter = {}, columns = [], sort = null } = part
  const shown = tables.view({ table, filter: { ...emptyFilter, ...filter }, columns, sort })
  return { ...shown, list: [...shown.rows].map((row) => shown.row(row)) }
}

describe.each(captures)('%s', (name) => {
  const path = join(folder, name)

  it('has the same conversations in the engine’s records as in the summary’s rows, column by column', async () => {
    const { summary, analysis } = await analyse(path)
    const fromEngine = engineConversationColumns(analysis.aggregates)
    const fromRows = conversationColumns(summary.conversations, summary.capture.firstTimestamp)
    expect(fromEngine.rowCount).toBe(summary.conversationCount)
    const rowOf = new Map(summary.conversations.map((row, place) => [row.firstFrame, place]))
    const names = [
      'originatorPort',
      'responderPort',
      'packetCount',
      'byteCount',
      'originatorByteCount',
      'firstSeconds',
      'durationSeconds',
      'bytesPerSecond',
      'firstFrame',
    ]
    const words = ['protocol', 'originator', 'responder', 'state', 'application', 'tunnel']
    for (let row = 0; row < fromEngine.rowCount; row++) {
      const shown = fromEngine.row(row)
      const place = rowOf.get(shown.firstFrame)!
      expect(shown).toEqual(summary.conversations[place])
      expect(fromEngine.numbers('durationSeconds')![row]).toBe(shown.durationSeconds)
      for (const column of names) {
        expect(fromEngine.numbers(column)![row]!, column).toBe(fromRows.numbers(column)![place]!)
      }
      for (const column of words) {
        const [own, other] = [fromEngine.texts(column)!, fromRows.texts(column)!]
        expect(own.pool.text(own.ids[row]!), column).toBe(other.pool.text(other.ids[place]!))
      }
    }
  })

  it('gives the same rows for the same view from both', async () => {
    const { summary, analysis } = await analyse(path)
    const [one, other] = [
      new RowTables(summary, { conversations: engineConversationColumns(analysis.aggregates) }),
      new RowTables(summary),
    ]
    const frames = (tables: RowTables, part: Parameters<typeof view>[2]) =>
      view(tables, 'conversations', part).list.map((row) => (row as ConversationRow).firstFrame)
    const address = summary.endpoints[0]!.address
    for (const part of [
      {},
      { sort: { column: 'originator', direction: 'ascending' } },
      { sort: { column: 'durationSeconds', direction: 'descending' } },
      { filter: { text: address.slice(0, 6) } },
      { filter: { chips: [{ field: 'address', mode: 'exclude', values: [address] }] } },
      { filter: { chips: [{ field: 'port', mode: 'include', values: ['1-1023'] }] } },
      { filter: { time: { startSeconds: 1, endSeconds: 2 } } },
    ] as const satisfies Parameters<typeof view>[2][]) {
      expect(new Set(frames(one, part)), JSON.stringify(part)).toEqual(new Set(frames(other, part)))
    }
  })

  it('has endpoints that add up again from all conversations, as far as no tunnel hides any', async () => {
    const { summary } = await analyse(path)
    const all = view(new RowTables(summary), 'endpoints', {
      filter: { time: { startSeconds: -1e9, endSeconds: 1e9 } },
    })
    expect(all.basis).toBe('matching-conversations')
    const bytesOf = (rows: readonly unknown[]) =>
      new Map((rows as CaptureSummary['endpoints']).map((row) => [row.address, row.byteCount]))
    expect(bytesOf(all.list)).toEqual(bytesOf(summary.endpoints.filter(({ tunnel }) => tunnel === null)))
  })
})

/** An answer that says nothing else. */
const windowNaming = (table: TableName, ignored: readonly string[]) => ({
  table,
  offset: 0,
  rows: [],
  totalCount: 0,
  matchCount: 0,
  sums: {},
  basis: 'capture',
  ignored,
  isPartial: false,
})

describe('a filter', () => {
  it('that excludes and one that includes the same share the rows out between them', async () => {
    const { summary } = await analyse(join(folder, captures[0]!))
    const tables = new RowTables(summary)
    for (const [field, value] of [
      ['address', summary.endpoints[0]!.address],
      ['originator', summary.endpoints[1]!.address],
      ['protocol', 'udp'],
      ['port', '53'],
      ['state', 'SF'],
    ] as const) {
      const count = (mode: 'include' | 'exclude') =>
        view(tables, 'conversations', { filter: { chips: [{ field, mode, values: [value] }] } }).list.length
      expect(count('include') + count('exclude'), field).toBe(summary.conversationCount)
    }
  })

  it('names what a table cannot apply instead of passing over it', async () => {
    const { summary } = await analyse(join(folder, captures[0]!))
    const chips = [{ field: 'rule', mode: 'include', values: ['vertical-scan'] }] as const
    const time = { startSeconds: 0, endSeconds: 1 }
    expect(view(new RowTables(summary), 'conversations', { filter: { chips } }).ignored).toEqual(['rule'])
    expect(view(new RowTables(summary), 'issues', { filter: { chips, time } }).ignored).toEqual([
      'time',
      'rule',
    ])
    expect(
      view(new RowTables(summary), 'files', {
        columns: [{ kind: 'between', column: 'nothing', min: 0, max: 1 }],
      }).ignored,
    ).toEqual(['column nothing'])
  })

  it('by a column of the longest name that the contract allows is named in the answer as well', async () => {
    const tables = new RowTables((await analyse(join(folder, captures[0]!))).summary)
    const column = 'x'.repeat(60)
    const columns: ColumnFilter[] = [{ kind: 'contains', column, text: '' }]
    for (const table of tableNames) {
      const { ignored } = view(tables, table, { columns })
      expect(methods.rows.out.problem(windowNaming(table, ignored), 'rows'), table).toBeNull()
    }
  })

  it('by text keeps the rows that hold it anywhere, without regard to case', async () => {
    const { summary } = await analyse(join(folder, captures[0]!))
    const tables = new RowTables(summary)
    for (const text of ['10.99.0.1', 'UdP', 'sf', 'nothing holds this', '   ']) {
      const needle = text.trim().toLowerCase()
      const holding = summary.conversations.filter(
        ({ protocol, originator, responder, state, application, tunnel }) =>
          [protocol, originator.address, responder.address, state, application, tunnel].some(
            (word) => word?.toLowerCase().includes(needle) ?? false,
          ),
      )
      expect(view(tables, 'conversations', { filter: { text } }).list, text).toEqual(holding)
    }
  })

  it('of a column keeps what it says', async () => {
    const { summary } = await analyse(join(folder, captures[0]!))
    const tables = new RowTables(summary)
    const rows = (columns: ColumnFilter[]) =>
      view(tables, 'conversations', { columns }).list as ConversationRow[]
    const large = rows([{ kind: 'between', column: 'byteCount', min: 1000, max: null }])
    expect(large).toEqual(summary.conversations.filter(({ byteCount }) => byteCount >= 1000))
    const stateless = rows([{ kind: 'among', column: 'state', values: [''], isExcluded: false }])
    expect(stateless).toEqual(summary.conversations.filter(({ state }) => state === null))
  })
})

describe('a window', () => {
  it('past the end is empty, and every row is in exactly one window', async () => {
    const { summary } = await analyse(join(folder, captures[0]!))
    const tables = new RowTables(summary)
    const request = (offset: number, limit: number) =>
      tables.window(
        {
          analysisId: 'a',
          view: { table: 'conversations', filter: emptyFilter, columns: [], sort: null },
          offset,
          limit,
        },
        false,
      )
    const pages = []
    for (let offset = 0; offset < summary.conversationCount; offset += 7)
      pages.push(...request(offset, 7).rows)
    expect(pages).toEqual(summary.conversations)
    expect(request(summary.conversationCount, 7)).toMatchObject({
      rows: [],
      matchCount: summary.conversationCount,
    })
  })
})

// More kinds of traffic than the samples hold: tunnels, IPv6, fragments, other transports.
describe.skipIf(!existsSync(shared))(
  `captures of the shared collection (skipped where ${SHARED} is absent)`,
  () => {
    const names = existsSync(shared)
      ? readdirSync(shared, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.pcap(ng)?$/.test(name))
          .sort()
      : []
    const some = names.filter((_, place) => place % 40 === 0)

    it.each(some)('%s has the same rows in the engine’s records as in the summary', async (name) => {
      const outcome = await runAnalysis([join(shared, name)], { rowLimit: null })
      if (!outcome.ok) return
      const { summary, analysis } = outcome
      const columns = engineConversationColumns(analysis.aggregates)
      const rows = Array.from({ length: columns.rowCount }, (_, row) => JSON.stringify(columns.row(row)))
      expect(rows.sort()).toEqual(summary.conversations.map((row) => JSON.stringify(row)).sort())
      const { pool, ids } = columns.texts('responder')!
      for (let row = 0; row < columns.rowCount; row++)
        expect(pool.text(ids[row]!)).toBe(columns.row(row).responder.address)
    })
  },
)
