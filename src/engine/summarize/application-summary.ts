/** ApplicationActivity to the summary's `applications`: top names and codes, in an order that depends on nothing else. */

import type { ApplicationActivity } from '../aggregate/application/application-activity.ts'
import { CODE_TABLES, NAME_TABLES, type NameTableName } from '../aggregate/application/tally-table.ts'
import { Protocol, PROTOCOL_COUNT, PROTOCOL_NAMES, type ProtocolName } from '../decode/protocol-table.ts'
import { ipv4Text, ipv6Text } from '../net/address-text.ts'
import { displayText } from '../net/display-text.ts'
import type { NameTable } from '../net/name-table.ts'
import { applicationCodeName } from './application-code-name.ts'
import type { ApplicationFacts, ApplicationSummary } from './capture-summary.ts'
import { compareDnsNames, dnsNameText, netbiosNameText } from '../net/dns-name-text.ts'
import { topRows } from './top-rows.ts'

/** Rows of a table. More is for the exports of a whole table; fewer hides the tail that is worth a look. */
export const APPLICATION_ROW_COUNT = 100

type Table = ApplicationFacts['tables'][string]
interface NamedCount {
  readonly name: string
  readonly count: number
}

/**
 * Facts of every application of which a message was understood, keyed by Wireshark's names. Tables without rows are left
 * out; `distinctCount` counts what `rows`, at most `rowCount`, do not show.
 */
export function applicationSummary(
  activity: ApplicationActivity,
  rowCount = APPLICATION_ROW_COUNT,
): ApplicationSummary {
  const summary: Record<string, ApplicationFacts> = {}
  const codes = codeTables(activity, rowCount)
  for (let application = 1; application < PROTOCOL_COUNT; application++) {
    const messageCount = activity.tally.messageCounts[application]!
    if (messageCount === 0) continue
    const tables: Record<string, Table> = {}
    for (const [name, table] of codes[application] ?? []) tables[name] = table
    for (let table = 0; table < NAME_TABLES.length; table++) {
      const names = activity.tally.names(application, table)
      if (names === null) continue
      const told = nameTable(
        names,
        (id) => names.counts[id]!,
        styleOf(application, NAME_TABLES[table]!),
        rowCount,
        countedBack(names),
      )
      if (told.distinctCount > 0) tables[NAME_TABLES[table]!] = told
    }
    if (application === Protocol.dns && activity.dns.names.count > 0) {
      const { dns } = activity
      tables['queryNames'] = nameTable(dns.names, (id) => dns.askedCount(id), dnsNames, rowCount)
    }
    summary[PROTOCOL_NAMES[application]!] = { messageCount, tables }
  }
  return summary
}

/** By application: its code tables in the order of CODE_TABLES. */
function codeTables(activity: ApplicationActivity, rowCount: number): (readonly [string, Table])[][] {
  const rows: NamedCount[][][] = []
  for (const { application, table, code, count } of activity.tally.codes()) {
    const tables = (rows[application] ??= [])
    const name = applicationCodeName(PROTOCOL_NAMES[application] as ProtocolName, CODE_TABLES[table]!, code)
    ;(tables[table] ??= []).push({ name, count })
  }
  return rows.map((tables) =>
    tables.flatMap((counts, table) => [
      [CODE_TABLES[table]!, { distinctCount: counts.length, rows: ordered(counts, rowCount) }] as const,
    ]),
  )
}

function ordered(counts: readonly NamedCount[], rowCount: number): readonly NamedCount[] {
  return counts.toSorted((x, y) => y.count - x.count || compareText(x.name, y.name)).slice(0, rowCount)
}

function compareText(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0
}

/** How the names of a table are written and ordered. */
interface NameStyle {
  readonly text: (bytes: Uint8Array) => string
  readonly compare: (x: Uint8Array, y: Uint8Array) => number
}

/** Names of which nothing is left: two parts counted the same hello, and only what both saw of it together is true. */
function countedBack(names: NameTable): number {
  let count = 0
  for (let id = 0; id < names.count; id++) if (names.counts[id] === 0) count++
  return count
}

/**
 * Null for `style` means that nobody may see the names: they are counted only. `unlistedCount` names have been counted
 * back to nothing.
 */
function nameTable(
  names: NameTable,
  countOf: (id: number) => number,
  style: NameStyle | null,
  rowCount: number,
  unlistedCount = 0,
): Table {
  const distinctCount = names.count - unlistedCount
  if (style === null) return { distinctCount, rows: [] }
  const compare = (x: number, y: number): number =>
    countOf(y) - countOf(x) || style.compare(names.nameBytes(x), names.nameBytes(y)) || names.compare(x, y)
  const isListed = (id: number): boolean => unlistedCount === 0 || countOf(id) > 0
  const top = topRows(names.count, rowCount, isListed, compare)
  const rows = Array.from(top, (id) => ({ name: style.text(names.nameBytes(id)), count: countOf(id) }))
  // Escapes and other scripts can put texts in another order than bytes.
  return { distinctCount, rows: ordered(rows, rowCount) }
}

const dnsNames: NameStyle = { text: dnsNameText, compare: compareDnsNames }
const netbiosNames: NameStyle = { text: netbiosNameText, compare: compareBytes }
const addresses: NameStyle = { text: addressText, compare: compareBytes }
const plainText: NameStyle = { text: (bytes) => displayText(bytes, 0, bytes.length), compare: compareBytes }

function styleOf(application: number, table: NameTableName): NameStyle | null {
  if (table === 'communities') return null
  if (table === 'answerAddresses') return addresses
  if (table === 'queryNames') return application === Protocol.nbns ? netbiosNames : dnsNames
  return plainText
}

function compareBytes(x: Uint8Array, y: Uint8Array): number {
  const shared = Math.min(x.length, y.length)
  for (let i = 0; i < shared; i++) if (x[i] !== y[i]) return x[i]! - y[i]!
  return x.length - y.length
}

/** Four bytes or sixteen, as DNS answers give them. */
function addressText(bytes: Uint8Array): string {
  const word = (at: number) =>
    (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  if (bytes.length === 4) return ipv4Text(word(0))
  return ipv6Text(word(0) >>> 0, word(4) >>> 0, word(8) >>> 0, word(12) >>> 0)
}
