/** All counters of an analysis as sections of a part, and back: what one machine sends another. */

import { DECODE_ISSUE_NAMES } from '../decode/decode-issue.ts'
import { PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import type { HashSecret } from '../net/key-hash.ts'
import { jsonBytes } from '../part/ascii-json.ts'
import { checksum } from '../part/checksum.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'
import { Aggregates, type AggregateLimits } from './aggregates.ts'
import { readHellos, writeHellos } from './application/hello-part.ts'
import { HelloBits } from './application/hello-store.ts'
import { CODE_TABLES, NAME_TABLES } from './application/tally-table.ts'
import { BUCKET_WIDTHS_NS } from './bandwidth-series.ts'
import { readConversations, writeConversations } from './conversation-part.ts'
import { HelloLink, Row, StateBits } from './conversation-row.ts'
import { LENGTH_BIN_MINS } from './packet-lengths.ts'
import { TRAFFIC_CLASS_NAMES } from './traffic-class.ts'

/** Of every list whose numbers stand in sections: a part is read only where they mean the same. */
export const PART_NUMBERING = checksum(
  jsonBytes([
    PROTOCOL_NAMES,
    DECODE_ISSUE_NAMES,
    CODE_TABLES,
    NAME_TABLES,
    BUCKET_WIDTHS_NS,
    LENGTH_BIN_MINS,
    TRAFFIC_CLASS_NAMES,
    Row,
    StateBits,
    HelloLink,
    HelloBits,
  ]),
)

/** The sections point into the tables: write them before anything more is counted. */
export function writeAggregates(aggregates: Aggregates, part: PartWriter): void {
  aggregates.addresses.writePart(part.under('addresses'))
  aggregates.packet.paths.writePart(part.under('paths'))
  aggregates.packet.issues.writePart(part.under('issues'))
  aggregates.totals.writePart(part.under('totals'))
  aggregates.lengths.writePart(part.under('lengths'))
  aggregates.bandwidth.writePart(part.under('bandwidth'))
  writeConversations(aggregates.conversations, part.under('conversations'))
  aggregates.hardwareClaims.writePart(part.under('claims'))
  aggregates.applications.writePart(part.under('applications'))
  writeHellos(aggregates.hellos, part.under('hellos'))
}

/**
 * What `writeAggregates` wrote, in tables under a secret of this run. Takes no more memory than the tables' ceilings
 * allow, whatever the part claims. `use` says what for: only `counting` needs conversations that can be found. Throws
 * PartError.
 */
export function readAggregates(
  part: PartReader,
  secret: HashSecret,
  use: 'counting' | 'merging' = 'counting',
  limits: AggregateLimits = {},
): Aggregates {
  const aggregates = new Aggregates(secret, limits)
  aggregates.addresses.readPart(part.under('addresses'))
  const ipv6Count = aggregates.addresses.count
  const { paths, issues } = aggregates.packet
  paths.readPart(part.under('paths'))
  issues.readPart(part.under('issues'))
  aggregates.totals.readPart(part.under('totals'))
  aggregates.lengths.readPart(part.under('lengths'))
  aggregates.bandwidth.readPart(part.under('bandwidth'))
  const conversations = part.under('conversations')
  readConversations(aggregates.conversations, conversations, paths.pathCount, ipv6Count, use === 'counting')
  aggregates.hardwareClaims.readPart(part.under('claims'), ipv6Count)
  aggregates.applications.readPart(part.under('applications'), ipv6Count)
  readHellos(aggregates.hellos, part.under('hellos'))
  return aggregates
}
