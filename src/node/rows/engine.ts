/** The table of conversations straight from the engine's records: no row object exists until a page asks for it. */

import type { Analysis } from '../../engine/index.ts'
import { addressText, ConversationView } from '../../engine/aggregate/conversation-view.ts'
import { ipProtocolName } from '../../engine/aggregate/ip-protocol-name.ts'
import { PROTOCOL_NAMES } from '../../engine/decode/protocol-table.ts'
import { secondsBetween } from '../../engine/net/packed-time.ts'
import { conversationRow, isListed } from '../../engine/summarize/conversation-rows.ts'
import { type AddressList, orderByWords } from './address.ts'
import { GrowingPool, type TextColumn, type TextPool } from './columns.ts'
import { type ConversationColumns, SUMMED_CONVERSATION_COLUMNS } from './conversations.ts'
import { rowNumbers, sortedRows } from './sort.ts'

type Aggregates = Analysis['aggregates']

/** Columns over the records that are listed, in the summary's order: most bytes first, then by first packet. */
export function engineConversationColumns(aggregates: Aggregates): ConversationColumns {
  return new EngineColumns(aggregates)
}

class EngineColumns implements ConversationColumns {
  readonly rowCount: number
  readonly textColumns = ['protocol', 'originator', 'responder', 'state', 'application', 'tunnel']
  readonly summedColumns = SUMMED_CONVERSATION_COLUMNS
  readonly #aggregates: Aggregates
  readonly #view: ConversationView
  /** Record of each row. */
  readonly #records: Uint32Array
  /** Row of each record, -1 for those that are not listed: columns are read in the order in which records lie. */
  readonly #rowOf: Int32Array
  readonly #numbers = new Map<string, Float64Array>()
  readonly #texts = new Map<string, TextColumn>()
  #addressColumns: { readonly pool: AddressPool; readonly ids: Uint32Array } | null = null

  constructor(aggregates: Aggregates) {
    this.#aggregates = aggregates
    const { table } = aggregates.conversations
    this.#view = new ConversationView(table, aggregates.addresses)
    const listed = new Uint32Array(table.count)
    const bytes = new Float64Array(table.count)
    let count = 0
    for (let record = 0; record < table.count; record++) {
      if (!isListed(this.#view.go(record))) continue
      bytes[record] = this.#view.byteCount
      listed[count++] = record
    }
    this.rowCount = count
    this.#records = sortedRows(listed.subarray(0, count), bytes, true)
    this.#rowOf = new Int32Array(table.count).fill(-1)
    for (let row = 0; row < count; row++) this.#rowOf[this.#records[row]!] = row
  }

  get addresses(): TextPool {
    return this.#addressesOfBothSides().pool
  }

  row(index: number) {
    return conversationRow(this.#view.go(this.#records[index]!), this.#aggregates.totals.earliest() !== null)
  }

  numbers(name: string): Float64Array | null {
    if (!Object.hasOwn(numberOf, name)) return null
    let column = this.#numbers.get(name)
    if (column === undefined) {
      const of = numberOf[name as keyof typeof numberOf]
      const first = this.#aggregates.totals.earliest()
      const made = new Float64Array(this.rowCount)
      this.#eachRecord((row, view) => (made[row] = of(view, first)))
      column = made
      this.#numbers.set(name, column)
    }
    return column
  }

  texts(name: string): TextColumn | null {
    let column = this.#texts.get(name)
    if (column !== undefined) return column
    if (name === 'originator' || name === 'responder') {
      const { pool, ids } = this.#addressesOfBothSides()
      column = {
        pool,
        ids: name === 'originator' ? ids.subarray(0, this.rowCount) : ids.subarray(this.rowCount),
      }
    } else if (Object.hasOwn(wordOf, name)) {
      const of = wordOf[name as keyof typeof wordOf]
      const pool = new GrowingPool()
      const ids = new Uint32Array(this.rowCount)
      this.#eachRecord((row, view) => (ids[row] = pool.idOf(of(view))))
      column = { pool, ids }
    } else return null
    this.#texts.set(name, column)
    return column
  }

  /** Ids are places in the natural order of all hosts, so that a sort by address needs no texts. */
  #addressesOfBothSides(): { readonly pool: AddressPool; readonly ids: Uint32Array } {
    if (this.#addressColumns !== null) return this.#addressColumns
    const { hosts, addresses } = this.#aggregates
    const order = naturalHostOrder(hosts, addresses)
    const idOf = new Uint32Array(hosts.count)
    for (let place = 0; place < order.length; place++) idOf[order[place]!] = place + 1
    const { rowCount } = this
    const ids = new Uint32Array(rowCount * 2)
    // An address that the address table refused has no host: it is a missing value, whose id is 0.
    const id = (host: number): number => (host === -1 ? 0 : idOf[host]!)
    this.#eachRecord((row, view) => {
      const isFromA = view.originator === 0
      ids[row] = id(isFromA ? hosts.a[view.row]! : hosts.b[view.row]!)
      ids[rowCount + row] = id(isFromA ? hosts.b[view.row]! : hosts.a[view.row]!)
    })
    this.#addressColumns = { pool: new AddressPool(order, hosts, addresses), ids }
    return this.#addressColumns
  }

  #eachRecord(take: (row: number, view: ConversationView) => void): void {
    for (let record = 0; record < this.#rowOf.length; record++) {
      const row = this.#rowOf[record]!
      if (row !== -1) take(row, this.#view.go(record))
    }
  }
}

type Hosts = Aggregates['hosts']

/** Hosts by address: IPv4 by number, then IPv6 by number. */
function naturalHostOrder(
  { count, isIpv6, addressOf }: Hosts,
  addresses: Aggregates['addresses'],
): Uint32Array {
  const keys = new Float64Array(count)
  const ipv6Ranks = new Uint32Array(addresses.count)
  for (const [rank, number] of orderByWords(addresses.words, addresses.count).entries())
    ipv6Ranks[number] = rank
  for (let host = 0; host < count; host++) {
    const address = addressOf[host]!
    keys[host] = isIpv6[host] === 0 ? address >>> 0 : 2 ** 32 + ipv6Ranks[address]!
  }
  return sortedRows(rowNumbers(count), keys, false)
}

/** Addresses whose ids are in natural order, from 1; their texts are written when first asked for. */
class AddressPool implements TextPool {
  readonly size: number
  readonly #order: Uint32Array
  readonly #hosts: Hosts
  readonly #table: Aggregates['addresses']
  #texts: string[] | null = null
  #list: AddressList | null = null

  constructor(order: Uint32Array, hosts: Hosts, table: Aggregates['addresses']) {
    this.size = order.length + 1
    this.#order = order
    this.#hosts = hosts
    this.#table = table
  }

  text(id: number): string {
    if (id === 0) return ''
    const host = this.#order[id - 1]!
    const { isIpv6, addressOf } = this.#hosts
    return addressText(isIpv6[host] === 0 ? 4 : 6, addressOf[host]!, this.#table)
  }

  lowerCase(): readonly string[] {
    this.#texts ??= Array.from({ length: this.size }, (_, id) => this.text(id))
    return this.#texts
  }

  addresses(): AddressList {
    if (this.#list !== null) return this.#list
    const words = new Uint32Array(this.size * 4)
    const kinds = new Uint8Array(this.size)
    kinds[0] = 2
    for (let id = 1; id < this.size; id++) {
      const host = this.#order[id - 1]!
      const address = this.#hosts.addressOf[host]!
      kinds[id] = this.#hosts.isIpv6[host]!
      if (kinds[id] === 0) words[4 * id + 3] = address
      else words.set(this.#table.words.subarray(address * 4, address * 4 + 4), 4 * id)
    }
    this.#list = { words, kinds }
    return this.#list
  }

  ranks(): Float64Array {
    const ranks = Float64Array.from({ length: this.size }, (_, id) => id)
    ranks[0] = Number.NaN
    return ranks
  }
}

type FirstTime = ReturnType<Aggregates['totals']['earliest']>

const durationOf = (view: ConversationView): number =>
  secondsBetween(view.firstSeconds, view.firstNanoseconds, view.lastSeconds, view.lastNanoseconds)

/** NaN where there is no such number. */
const numberOf = {
  originatorPort: (view: ConversationView) => (view.hasPorts ? view.originatorPort : Number.NaN),
  responderPort: (view: ConversationView) => (view.hasPorts ? view.responderPort : Number.NaN),
  packetCount: (view: ConversationView) => view.packetCount,
  byteCount: (view: ConversationView) => view.byteCount,
  originatorPacketCount: (view: ConversationView) => view.originatorPacketCount,
  originatorByteCount: (view: ConversationView) => view.originatorByteCount,
  responderPacketCount: (view: ConversationView) => view.responderPacketCount,
  responderByteCount: (view: ConversationView) => view.responderByteCount,
  firstSeconds: (view: ConversationView, first: FirstTime) =>
    first === null
      ? Number.NaN
      : secondsBetween(first.seconds, first.nanoseconds, view.firstSeconds, view.firstNanoseconds),
  durationSeconds: durationOf,
  // A conversation of one instant has no rate.
  bytesPerSecond: (view: ConversationView) => {
    const seconds = durationOf(view)
    return seconds > 0 ? view.byteCount / seconds : Number.NaN
  },
  firstFrame: (view: ConversationView) => view.firstFrame,
}

const wordOf = {
  protocol: (view: ConversationView) => ipProtocolName(view.ipProtocol),
  state: (view: ConversationView) => view.state,
  application: (view: ConversationView) =>
    view.application === 0 ? null : (PROTOCOL_NAMES[view.application] ?? null),
  tunnel: (view: ConversationView) => view.tunnelName,
}
