/** Every table of one result, and the windows of rows a page asks for. */

import {
  emptyFilter,
  isEmptyFilter,
  type RowsRequest,
  type RowWindow,
  type TableName,
  tables,
  type TableView,
  type TrafficFilter,
} from '../../contract/index.ts'
import type { CaptureSummary, EndpointRow } from '../../engine/summarize/capture-summary.ts'
import {
  applyTrafficToConversations,
  type ConversationColumns,
  conversationColumns,
  conversationTable,
} from './conversations.ts'
import { endpointsOf, servicesOf } from './derived.ts'
import { dismissedTable, findingTable, scannerTable } from './findings.ts'
import { everyRow, passing } from './mask.ts'
import {
  applicationNameTable,
  commentTable,
  derivedTable,
  endpointTable,
  fileTable,
  interfaceTable,
  issueTable,
  protocolTable,
  serviceTable,
} from './plain.ts'
import { rowNumbers } from './sort.ts'
import { type MatchingRows, TableViews } from './view.ts'

/** Rows of one table that pass a view, to page through or to write out. */
export interface ViewRows extends MatchingRows {
  readonly totalCount: number
  readonly basis: 'capture' | 'matching-conversations'
  row(index: number): unknown
}

/** Rows beyond those a summary lists, where the run still has them. */
export interface AllRows {
  readonly conversations?: ConversationColumns
  /** Called once, when the table is first asked for. */
  readonly endpoints?: () => readonly EndpointRow[]
}

/** All tables of one result. They are made when first asked for and never change. */
export class RowTables {
  readonly conversations: ConversationColumns
  readonly #summary: CaptureSummary
  readonly #allRows: AllRows
  readonly #views = new Map<TableName, TableViews<unknown>>()
  /** Endpoints and services of the last traffic filter; scrolling asks for the same again and again. */
  readonly #derived = new Map<TableName, { readonly key: string; readonly views: TableViews<unknown> }>()

  /** Without `allRows` the tables hold the rows the summary lists. */
  constructor(summary: CaptureSummary, allRows: AllRows = {}) {
    this.#summary = summary
    this.#allRows = allRows
    this.conversations =
      allRows.conversations ?? conversationColumns(summary.conversations, summary.capture.firstTimestamp)
  }

  /** The rows that pass `view`, in its order. */
  view(view: TableView): ViewRows {
    const views = this.#viewsFor(view)
    const matching = views.matching(view)
    const { columns, basis } = views.table
    return {
      ...matching,
      basis,
      totalCount: this.#totalCount(view.table, columns.rowCount),
      row: (index) => columns.row(index),
    }
  }

  window(request: RowsRequest, isPartial: boolean): RowWindow {
    const { view, offset, limit } = request
    const shown = this.view(view)
    const { rows, sums, ignored, basis, totalCount } = shown
    return {
      table: view.table,
      offset,
      rows: [...rows.subarray(offset, offset + limit)].map((index) => shown.row(index)),
      totalCount,
      matchCount: rows.length,
      sums,
      basis,
      ignored: ignored.slice(0, 20),
      isPartial,
    } as RowWindow
  }

  /** Conversations that pass the traffic filter, text included. */
  matchingConversations(filter: TrafficFilter): Uint32Array {
    if (isEmptyFilter(filter)) return rowNumbers(this.conversations.rowCount)
    return this.#viewsOf('conversations').matching({ filter, columns: [], sort: null }).rows
  }

  /** Read ahead what a page shows and what people sort by, one step at a time; call until it answers false. */
  warmNext(): boolean {
    this.#warmUps ??= this.#stepsToWarm()
    const next = this.#warmUps.shift()
    next?.()
    return next !== undefined
  }

  #warmUps: (() => unknown)[] | null = null

  /** What is asked for first comes first. No step is long: a page's question waits for it. */
  #stepsToWarm(): (() => unknown)[] {
    const { conversations } = this
    const { numberColumns, textColumns } = tables.conversations
    const everything = { filter: emptyFilter, columns: [], sort: null }
    const ordered = (table: TableName, column: string, direction: 'ascending' | 'descending') => () =>
      this.#viewsOf(table).order({ column, direction })
    return [
      ...conversations.summedColumns.map((name) => () => conversations.numbers(name)),
      () => this.#viewsOf('conversations').matching(everything),
      // The page's own first sort; it also lets the compiler see a sort once before anyone waits for it.
      ordered('conversations', 'byteCount', 'descending'),
      () => conversations.texts('originator'),
      ordered('conversations', 'originator', 'ascending'),
      ...numberColumns.map((name) => () => conversations.numbers(name)),
      ...textColumns.map((name) => () => conversations.texts(name)),
      () => conversations.addresses.lowerCase(),
      () => this.#viewsOf('endpoints').matching(everything),
      ordered('endpoints', 'address', 'ascending'),
    ]
  }

  #viewsFor(view: TableView): TableViews<unknown> {
    const isDerivable = view.table === 'endpoints' || view.table === 'services'
    if (!isDerivable || !speaksOfConversations(view.filter)) return this.#viewsOf(view.table)
    const { time, chips } = view.filter
    const key = JSON.stringify([time, chips])
    const known = this.#derived.get(view.table)
    if (known?.key === key) return known.views
    const views = new TableViews<unknown>(this.#derive(view.table, view.filter))
    this.#derived.set(view.table, { key, views })
    return views
  }

  #derive(table: 'endpoints' | 'services', filter: TrafficFilter) {
    const mask = everyRow(this.conversations.rowCount)
    const ignored = applyTrafficToConversations(mask, this.conversations, filter)
    const rows = passing(rowNumbers(mask.length), mask)
    if (table === 'endpoints') return derivedTable(endpointsOf(this.conversations, rows), ignored)
    const services = servicesOf(this.conversations, rows, serviceNames(this.#summary))
    return derivedTable(serviceTable(services).columns, ignored)
  }

  #totalCount(table: TableName, rowCount: number): number {
    const summary = this.#summary
    if (table === 'conversations') return Math.max(rowCount, summary.conversationCount)
    if (table === 'endpoints') return Math.max(rowCount, summary.endpointCount)
    if (table === 'services') return Math.max(rowCount, summary.services.length)
    if (table === 'findings') return Math.max(rowCount, summary.findingCount)
    if (table === 'comments') return Math.max(rowCount, summary.capture.commentCount)
    return rowCount
  }

  #viewsOf(name: TableName): TableViews<unknown> {
    let views = this.#views.get(name)
    if (views === undefined) {
      views = new TableViews<unknown>(this.#tableOf(name))
      this.#views.set(name, views)
    }
    return views
  }

  #tableOf(name: TableName) {
    const summary = this.#summary
    const { capture } = summary
    switch (name) {
      case 'conversations':
        return conversationTable(this.conversations)
      case 'endpoints':
        return endpointTable(this.#allRows.endpoints?.() ?? summary.endpoints)
      case 'services':
        return serviceTable(summary.services)
      case 'protocols':
        return protocolTable(summary.protocols)
      case 'findings':
        return findingTable(summary.findings, capture.firstTimestamp)
      case 'scanners':
        return scannerTable(summary.scanners, summary.findings, capture.firstTimestamp)
      case 'dismissed':
        return dismissedTable(summary.dismissed)
      case 'files':
        return fileTable(capture.files)
      case 'interfaces':
        return interfaceTable(capture.interfaces)
      case 'issues':
        return issueTable(capture.issues)
      case 'comments':
        return commentTable(capture.comments)
      case 'applicationNames':
        return applicationNameTable(summary.applications)
    }
  }
}

function speaksOfConversations(filter: TrafficFilter): boolean {
  return filter.time !== null || filter.chips.some((chip) => chip.values.length > 0)
}

function serviceNames(summary: CaptureSummary): (protocol: string, port: number) => string | null {
  const names = new Map(summary.services.map(({ protocol, port, name }) => [`${protocol} ${port}`, name]))
  return (protocol, port) => names.get(`${protocol} ${port}`) ?? null
}
