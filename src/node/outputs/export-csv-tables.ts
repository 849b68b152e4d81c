/** The summary's tables as columns for CSV: names are those of the schema, flat, with the unit in the name. */

import type { CaptureSummary, Outcomes } from '../../engine/index.ts'
import { csvLine, type CsvValue } from './export-csv-cell.ts'
import { listsHeld, type SummaryLists } from './summary-lists.ts'

/** One file of a CSV folder. */
export interface CsvTable {
  readonly fileName: string
  /** Lines of CSV, the header first. */
  readonly lines: () => Iterable<string>
}

type Columns<Row> = readonly (readonly [name: string, cell: (row: Row) => CsvValue])[]

/** Times are seconds since 1970-01-01 UTC with nine decimals; bytes are original bytes on the wire. */
export function csvTables(
  summary: CaptureSummary,
  lists: SummaryLists = listsHeld(summary),
): readonly CsvTable[] {
  return [
    table('protocols.csv', () => summary.protocols, [
      ['path', ({ path }) => path.join(':')],
      ['packetCount', (row) => row.packetCount],
      ['byteCount', (row) => row.byteCount],
      ['basis', ({ basis }) => basis],
    ]),
    table('endpoints.csv', lists.endpoints, [
      ['address', ({ address }) => address],
      ['packetCount', (row) => row.packetCount],
      ['byteCount', (row) => row.byteCount],
      ['sentPacketCount', (row) => row.sentPacketCount],
      ['sentByteCount', (row) => row.sentByteCount],
      ['receivedPacketCount', (row) => row.receivedPacketCount],
      ['receivedByteCount', (row) => row.receivedByteCount],
      ['tunnel', ({ tunnel }) => tunnel],
    ]),
    table('conversations.csv', lists.conversations, [
      ['protocol', ({ protocol }) => protocol],
      ['originatorAddress', ({ originator }) => originator.address],
      ['originatorPort', ({ originator }) => originator.port],
      ['responderAddress', ({ responder }) => responder.address],
      ['responderPort', ({ responder }) => responder.port],
      ['packetCount', (row) => row.packetCount],
      ['byteCount', (row) => row.byteCount],
      ['originatorPacketCount', (row) => row.originatorPacketCount],
      ['originatorByteCount', (row) => row.originatorByteCount],
      ['responderPacketCount', (row) => row.responderPacketCount],
      ['responderByteCount', (row) => row.responderByteCount],
      ['firstTimestampSeconds', ({ firstTimestamp }) => firstTimestamp],
      ['durationSeconds', ({ durationSeconds }) => durationSeconds],
      ['state', ({ state }) => state],
      ['application', ({ application }) => application],
      ['applicationBasis', ({ applicationBasis }) => applicationBasis],
      ['tunnel', ({ tunnel }) => tunnel],
      ['firstFrame', ({ firstFrame }) => firstFrame],
    ]),
    { fileName: 'bandwidth.csv', lines: () => bandwidthLines(summary) },
    table('findings.csv', () => summary.findings, [
      ['id', ({ id }) => id],
      ['rule', ({ rule }) => rule],
      ['ruleVersion', ({ ruleVersion }) => ruleVersion],
      ['technique', ({ technique }) => technique],
      ['severity', ({ severity }) => severity],
      ['confidence', ({ confidence }) => confidence],
      ['title', ({ title }) => title],
      ['explanation', ({ explanation }) => explanation],
      ['actors', ({ actors }) => actors.join(' ')],
      ['targetAddressCount', ({ targets }) => targets.addressCount],
      ['targetAddresses', ({ targets }) => targets.addresses.join(' ')],
      ['targetPortCount', ({ targets }) => targets.portCount],
      ['targetPorts', ({ targets }) => targets.ports],
      ['firstTimestampSeconds', ({ firstTimestamp }) => firstTimestamp],
      ['lastTimestampSeconds', ({ lastTimestamp }) => lastTimestamp],
      ['firstFrame', ({ firstFrame }) => firstFrame],
      ['firedFrame', ({ firedFrame }) => firedFrame],
      ...outcomeColumns,
      ['measures', ({ measures }) => JSON.stringify(measures)],
      ['attack', ({ attack }) => attack.join(' ')],
      ['wiresharkFilter', ({ filters }) => filters.wireshark],
      ['bpfFilter', ({ filters }) => filters.bpf],
      ['authorised', ({ authorised }) => authorised],
    ]),
    table('scanners.csv', () => summary.scanners, [
      ['address', ({ address }) => address],
      ['kinds', ({ kinds }) => kinds.join(' ')],
      ['techniques', ({ techniques }) => techniques.join(' ')],
      ['severity', ({ severity }) => severity],
      ['confidence', ({ confidence }) => confidence],
      ['targetCount', ({ targetCount }) => targetCount],
      ['portCount', ({ portCount }) => portCount],
      ['attemptCount', ({ attemptCount }) => attemptCount],
      ...outcomeColumns,
      ['firstTimestampSeconds', ({ firstTimestamp }) => firstTimestamp],
      ['lastTimestampSeconds', ({ lastTimestamp }) => lastTimestamp],
      ['findingIds', ({ findingIds }) => findingIds.join(' ')],
    ]),
    table('dismissed.csv', () => summary.dismissed, [
      ['address', ({ address }) => address],
      ['reason', ({ reason }) => reason],
      ['explanation', ({ explanation }) => explanation],
      ['measures', ({ measures }) => JSON.stringify(measures)],
    ]),
    table('services.csv', () => summary.services, [
      ['protocol', ({ protocol }) => protocol],
      ['port', ({ port }) => port],
      ['name', ({ name }) => name],
      ['conversationCount', ({ conversationCount }) => conversationCount],
      ['packetCount', (row) => row.packetCount],
      ['byteCount', (row) => row.byteCount],
    ]),
  ]
}

const outcomeColumns: Columns<{ readonly outcomes: Outcomes }> = [
  ['openCount', ({ outcomes }) => outcomes.open],
  ['refusedCount', ({ outcomes }) => outcomes.refused],
  ['filteredCount', ({ outcomes }) => outcomes.filtered],
  ['silentCount', ({ outcomes }) => outcomes.silent],
  ['unknownCount', ({ outcomes }) => outcomes.unknown],
]

function table<Row>(fileName: string, rows: () => Iterable<Row>, columns: Columns<Row>): CsvTable {
  return {
    fileName,
    *lines() {
      yield csvLine(columns.map(([name]) => name))
      for (const row of rows()) yield csvLine(columns.map(([, cell]) => cell(row)))
    },
  }
}

/** One line a bucket, with the packets and bytes of each protocol the bandwidth is split by. */
function* bandwidthLines({ bandwidth }: CaptureSummary): Generator<string, void, undefined> {
  const { buckets, bucketSeconds, split } = bandwidth
  const names = split.names.flatMap((name) => [`${name} packetCount`, `${name} byteCount`])
  yield csvLine(['startSeconds', 'bucketSeconds', 'packetCount', 'byteCount', ...names])
  for (const [index, [start, packetCount, byteCount]] of buckets.entries()) {
    const counts = split.names.flatMap((_, name) => split.counts[index]?.[name] ?? [0, 0])
    yield csvLine([start, bucketSeconds, packetCount, byteCount, ...counts])
  }
}
