/**
 * Tables stay where the engine runs; a page asks for a window of rows. One entry per table says what a row looks
 * like and by which columns it can be sorted and filtered.
 */

import {
  type Check,
  type Checked,
  dictionary,
  flag,
  integer,
  list,
  nullable,
  number,
  oneOf,
  record,
  tagged,
  text,
} from './check.ts'
import { findingRow, listedScanner } from './finding-rows.ts'
import {
  applicationNameRow,
  commentRow,
  conversationRow,
  dismissedRow,
  endpointRow,
  fileRow,
  interfaceRow,
  issueRow,
  protocolRow,
  serviceRow,
} from './summary-rows.ts'
import { trafficFilter } from './traffic-filter.ts'

/** Rows one window may hold. A screen shows about 60; 500 rows stay far below one megabyte. */
export const windowRowsMax = 500

/** Every table: its row, the columns that hold text and the columns that hold numbers. */
export const tables = {
  conversations: {
    row: conversationRow,
    textColumns: ['protocol', 'originator', 'responder', 'state', 'application', 'tunnel'],
    numberColumns: [
      'originatorPort',
      'responderPort',
      'packetCount',
      'byteCount',
      'originatorPacketCount',
      'originatorByteCount',
      'responderPacketCount',
      'responderByteCount',
      'firstSeconds',
      'durationSeconds',
      'bytesPerSecond',
      'firstFrame',
    ],
  },
  endpoints: {
    row: endpointRow,
    textColumns: ['address', 'tunnel'],
    numberColumns: [
      'packetCount',
      'byteCount',
      'sentPacketCount',
      'sentByteCount',
      'receivedPacketCount',
      'receivedByteCount',
    ],
  },
  services: {
    row: serviceRow,
    textColumns: ['protocol', 'name'],
    numberColumns: ['port', 'conversationCount', 'packetCount', 'byteCount'],
  },
  protocols: {
    row: protocolRow,
    textColumns: ['path', 'basis'],
    numberColumns: ['packetCount', 'byteCount'],
  },
  findings: {
    row: findingRow,
    textColumns: ['rule', 'technique', 'title', 'actor', 'target'],
    numberColumns: [
      'severity',
      'confidence',
      'addressCount',
      'portCount',
      'firstSeconds',
      'lastSeconds',
      'firstFrame',
    ],
  },
  scanners: {
    row: listedScanner,
    textColumns: ['address', 'kinds', 'techniques', 'targets', 'ports'],
    numberColumns: [
      'severity',
      'confidence',
      'targetCount',
      'portCount',
      'attemptCount',
      'open',
      'refused',
      'filtered',
      'silent',
      'unknown',
      'firstSeconds',
      'lastSeconds',
    ],
  },
  dismissed: { row: dismissedRow, textColumns: ['address', 'reason', 'explanation'], numberColumns: [] },
  files: {
    row: fileRow,
    textColumns: ['name', 'sha256', 'format', 'compression'],
    numberColumns: ['byteCount'],
  },
  interfaces: {
    row: interfaceRow,
    textColumns: ['name', 'linkTypeName', 'timestampResolution'],
    numberColumns: ['id', 'linkType', 'snaplen', 'packetCount', 'droppedCount'],
  },
  issues: { row: issueRow, textColumns: ['kind'], numberColumns: ['count', 'firstFrame'] },
  comments: { row: commentRow, textColumns: ['text'], numberColumns: ['frame'] },
  applicationNames: {
    row: applicationNameRow,
    textColumns: ['application', 'table', 'name'],
    numberColumns: ['count'],
  },
} as const satisfies Record<
  string,
  {
    readonly row: Check<unknown>
    readonly textColumns: readonly string[]
    readonly numberColumns: readonly string[]
  }
>

export type TableName = keyof typeof tables
export type RowOf<T extends TableName> = Checked<(typeof tables)[T]['row']>
export type ColumnOf<T extends TableName> =
  (typeof tables)[T]['textColumns'][number] | (typeof tables)[T]['numberColumns'][number]

export const tableNames = Object.keys(tables) as readonly TableName[]
export const tableName: Check<TableName> = oneOf(tableNames)

export const sortOrder = record({ column: text(60), direction: oneOf(['ascending', 'descending']) })
export type SortOrder = Checked<typeof sortOrder>

/** A filter of one column, beside the filter that holds across pages. All of them must hold. */
export const columnFilter = tagged('kind', {
  contains: record({ column: text(60), text: text(200) }),
  among: record({ column: text(60), values: list(text(200), 200), isExcluded: flag }),
  between: record({ column: text(60), min: nullable(number()), max: nullable(number()) }),
})
export type ColumnFilter = Checked<typeof columnFilter>

/** Which rows of a table, in which order. Also what an export of "what is shown" is given. */
export const tableView = record({
  table: tableName,
  filter: trafficFilter,
  columns: list(columnFilter, 30),
  /** Null keeps the table's own order: by bytes, findings by severity, protocols by path. */
  sort: nullable(sortOrder),
})
export type TableView = Checked<typeof tableView>

export const rowsRequest = record({
  analysisId: text(100),
  view: tableView,
  offset: integer(),
  limit: integer(0, windowRowsMax),
})
export type RowsRequest = Checked<typeof rowsRequest>

const windowOf = <T>(row: Check<T>) =>
  record({
    offset: integer(),
    rows: list(row, windowRowsMax),
    /** Rows of the whole table. */
    totalCount: integer(),
    /** Rows that pass the filter. */
    matchCount: integer(),
    /** Sums over all rows that pass the filter, for columns that can be added up. */
    sums: dictionary(number(), 30),
    /**
     * `capture`: each row's numbers are of the whole capture. `matching-conversations`: the filter speaks of
     * conversations, so the rows were added up again from those that pass it.
     */
    basis: oneOf(['capture', 'matching-conversations']),
    /** Parts of the filter this table cannot apply, to say so beside it: the first twenty, columns as `column <name>`. */
    ignored: list(text(100), 20),
    /** True while the capture is still being read: the next partial result may change everything here. */
    isPartial: flag,
  })

export const rowWindow = tagged('table', {
  conversations: windowOf(conversationRow),
  endpoints: windowOf(endpointRow),
  services: windowOf(serviceRow),
  protocols: windowOf(protocolRow),
  findings: windowOf(findingRow),
  scanners: windowOf(listedScanner),
  dismissed: windowOf(dismissedRow),
  files: windowOf(fileRow),
  interfaces: windowOf(interfaceRow),
  issues: windowOf(issueRow),
  comments: windowOf(commentRow),
  applicationNames: windowOf(applicationNameRow),
})

export type RowWindow = Checked<typeof rowWindow>
export type RowWindowOf<T extends TableName> = Extract<RowWindow, { readonly table: T }>
