/** Tables whose rows are listed as the summary has them. */

import { type ApplicationNameRow, emptyFilter, type TrafficFilter } from '../../contract/index.ts'
import type {
  ApplicationSummary,
  CaptureIdentity,
  EndpointRow,
  ProtocolRow,
  ServiceRow,
} from '../../engine/summarize/capture-summary.ts'
import { wordFlags } from './chips.ts'
import { type ColumnRecipes, type ColumnTable, columnTable, GrowingPool } from './columns.ts'
import { keepFlagged } from './mask.ts'
import type { FilterableTable } from './view.ts'

const pooled = <Row>(of: (row: Row) => string | null) => ({ pool: new GrowingPool(), of })

/** A table that knows nothing of traffic: every part of the filter but its text is ignored, and named. */
function plainTable<Row>(rows: readonly Row[], recipes: ColumnRecipes<Row>): FilterableTable<Row> {
  return {
    columns: columnTable(rows, recipes),
    basis: 'capture',
    applyTraffic: (_, filter) => partsOf(filter),
  }
}

/** A table whose rows were made from the conversations that pass already; `ignored` could not be said of those. */
export function derivedTable<Row>(
  columns: ColumnTable<Row>,
  ignored: readonly string[],
): FilterableTable<Row> {
  return { columns, basis: 'matching-conversations', applyTraffic: () => ignored }
}

function partsOf(filter: TrafficFilter): string[] {
  const fields = filter.chips.filter((chip) => chip.values.length > 0).map((chip) => chip.field)
  return filter.time === emptyFilter.time ? fields : ['time', ...fields]
}

export function endpointTable(rows: readonly EndpointRow[]): FilterableTable<EndpointRow> {
  return plainTable(rows, {
    texts: { address: pooled((row) => row.address), tunnel: pooled((row) => row.tunnel) },
    numbers: {
      packetCount: (row) => row.packetCount,
      byteCount: (row) => row.byteCount,
      sentPacketCount: (row) => row.sentPacketCount,
      sentByteCount: (row) => row.sentByteCount,
      receivedPacketCount: (row) => row.receivedPacketCount,
      receivedByteCount: (row) => row.receivedByteCount,
    },
    // Every packet has two ends: sums of packets or bytes of all endpoints would count it twice.
    summed: ['sentPacketCount', 'sentByteCount', 'receivedPacketCount', 'receivedByteCount'],
  })
}

export function serviceTable(rows: readonly ServiceRow[]): FilterableTable<ServiceRow> {
  return plainTable(rows, {
    texts: { protocol: pooled((row) => row.protocol), name: pooled((row) => row.name) },
    numbers: {
      port: (row) => row.port,
      conversationCount: (row) => row.conversationCount,
      packetCount: (row) => row.packetCount,
      byteCount: (row) => row.byteCount,
    },
    summed: ['conversationCount', 'packetCount', 'byteCount'],
  })
}

/** Nodes of the hierarchy. A protocol chip keeps the nodes whose path holds the protocol. */
export function protocolTable(rows: readonly ProtocolRow[]): FilterableTable<ProtocolRow> {
  const path = pooled((row: ProtocolRow) => row.path.join(':'))
  const columns = columnTable(rows, {
    texts: { path, basis: pooled((row) => row.basis) },
    numbers: { packetCount: (row) => row.packetCount, byteCount: (row) => row.byteCount },
    summed: [],
  })
  return {
    columns,
    basis: 'capture',
    applyTraffic(mask, filter) {
      for (const chip of filter.chips) {
        if (chip.field !== 'protocol' || chip.values.length === 0) continue
        const wanted = new Set(chip.values.map((value) => value.toLowerCase()))
        for (let row = 0; row < mask.length; row++) {
          const holds = rows[row]!.path.some((name) => wanted.has(name))
          if (holds === (chip.mode === 'exclude')) mask[row] = 0
        }
      }
      return partsOf(filter).filter((part) => part !== 'protocol')
    },
  }
}

export function fileTable(rows: CaptureIdentity['files']) {
  return plainTable(rows, {
    texts: {
      name: pooled((row) => row.name),
      sha256: pooled((row) => row.sha256),
      format: pooled((row) => row.format),
      compression: pooled((row) => row.compression),
    },
    numbers: { byteCount: (row) => row.byteCount },
    summed: ['byteCount'],
  })
}

export function interfaceTable(rows: CaptureIdentity['interfaces']) {
  return plainTable(rows, {
    texts: {
      name: pooled((row) => row.name),
      linkTypeName: pooled((row) => row.linkTypeName),
      timestampResolution: pooled((row) => row.timestampResolution),
    },
    numbers: {
      id: (row) => row.id,
      linkType: (row) => row.linkType,
      snaplen: (row) => row.snaplen,
      packetCount: (row) => row.packetCount,
      droppedCount: (row) => row.droppedCount,
    },
    summed: ['packetCount', 'droppedCount'],
  })
}

export function issueTable(rows: CaptureIdentity['issues']) {
  return plainTable(rows, {
    texts: { kind: pooled((row) => row.kind) },
    numbers: { count: (row) => row.count, firstFrame: (row) => row.firstFrame },
    summed: ['count'],
  })
}

export function commentTable(rows: CaptureIdentity['comments']) {
  return plainTable(rows, {
    texts: { text: pooled((row) => row.text) },
    numbers: { frame: (row) => row.frame },
    summed: [],
  })
}

/** Names and codes of every application; an application chip keeps those of that application. */
export function applicationNameTable(applications: ApplicationSummary): FilterableTable<ApplicationNameRow> {
  const rows = Object.entries(applications).flatMap(([application, facts]) =>
    Object.entries(facts.tables).flatMap(([table, { rows: names }]) =>
      names.map(({ name, count }) => ({ application, table, name, count })),
    ),
  )
  const columns = columnTable(rows, {
    texts: {
      application: pooled((row) => row.application),
      table: pooled((row) => row.table),
      name: pooled((row) => row.name),
    },
    numbers: { count: (row) => row.count },
    summed: ['count'],
  })
  return {
    columns,
    basis: 'capture',
    applyTraffic(mask, filter) {
      for (const chip of filter.chips) {
        if (chip.field !== 'application' || chip.values.length === 0) continue
        const column = columns.texts('application')!
        keepFlagged(mask, column, wordFlags(column.pool, chip), chip.mode === 'exclude')
      }
      return partsOf(filter).filter((part) => part !== 'application')
    },
  }
}
