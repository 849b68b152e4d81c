/** The table of conversations straight from the engine's records: no row object exists until a page asks for it. */

import type { Analysis } from '../engine/index.ts'
import { addressText, ConversationView } from '../engine/aggregate/conversation-view.ts'
import { ipProtocolName } from '../engine/aggregate/ip-protocol-name.ts'
import { PROTOCOL_NAMES } from '../engine/decode/protocol-table.ts'
import { conversationRow, isListed } from '../engine/summarize/conversation-rows.ts'
import { type AddressList, orderByWords } from './row-window-address.ts'
import { GrowingPool, type TextColumn, type TextPool } from './row-window-columns.ts'
import type { ConversationColumns } from './row-window-conversations.ts'
import { rowNumbers, sortedRows } from './row-window-sort.ts'

type Aggregates = Analysis['aggregates']

/** Columns over the records that are listed, in the summary's order: most bytes first, then by first packet. */
export function engineConversationColumns(aggregates: Aggregates): ConversationColumns {
  return new EngineColumns(aggregates)
}

const IPV6_KEYS_FROM = 2 ** 32

class EngineColumns implements ConversationColumns {
  readonly rowCount: number
  readonly textColumns = ['protocol', 'originator', 'responder', 'state', 'application', 'tunnel']
  readonly summedColumns = [
    'packetCount',
    'byteCount',
    'originatorPacketCount',
    'originatorByteCount',
    'responderPacketCount',
    'responderByteCount',
  ]
  readonly #aggregates: Aggregates
  readonly #view: ConversationView
  readonly #records: Uint32Array
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
      column = new Float64Array(this.rowCount)
      for (let row = 0; row < column.length; row++)
        column[row] = of(this.#view.go(this.#records[row]!), first)
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
      for (let row = 0; row < ids.length; row++) ids[row] = pool.idOf(of(this.#view.go(this.#records[row]!)))
      column = { pool, ids }
    } else return null
    this.#texts.set(name, column)
    return column
  }

  /**
   * Ids of all addresses in natural order: found by sorting, not by hashing, so that no choice of addresses is slow.
   * IPv4 sorts by its word, IPv6 after it by its place among all IPv6 addresses.
   */
  #addressesOfBothSides(): { readonly pool: AddressPool; readonly ids: Uint32Array } {
    if (this.#addressColumns !== null) return this.#addressColumns
    const { addresses } = this.#aggregates
    const ipv6Order = orderByWords(addresses.words, addresses.count)
    const ipv6Ranks = new Uint32Array(addresses.count)
    for (const [rank, number] of ipv6Order.entries()) ipv6Ranks[number] = rank
    const keyOf = (version: number, address: number): number =>
      version === 4 ? address >>> 0 : IPV6_KEYS_FROM + ipv6Ranks[address]!

    const { rowCount } = this
    const keys = new Float64Array(rowCount * 2)
    for (let row = 0; row < rowCount; row++) {
      const view = this.#view.go(this.#records[row]!)
      keys[row] = keyOf(view.version, view.originatorAddress)
      keys[rowCount + row] = keyOf(view.version, view.responderAddress)
    }
    const ids = new Uint32Array(keys.length)
    const distinct = new Float64Array(keys.length + 1)
    let id = 0
    let lastKey = Number.NaN
    for (const place of sortedRows(rowNumbers(keys.length), keys, false)) {
      const key = keys[place]!
      if (key !== lastKey) distinct[++id] = lastKey = key
      ids[place] = id
    }
    const pool = new AddressPool(distinct.slice(0, id + 1), ipv6Order, addresses)
    this.#addressColumns = { pool, ids }
    return this.#addressColumns
  }
}

/** Addresses whose ids are already in natural order; their texts are written when first asked for. */
class AddressPool implements TextPool {
  readonly #keys: Float64Array
  readonly #ipv6Order: Uint32Array
  readonly #table: Aggregates['addresses']
  #texts: string[] | null = null
  #list: AddressList | null = null

  constructor(keys: Float64Array, ipv6Order: Uint32Array, table: Aggregates['addresses']) {
    this.#keys = keys
    this.#ipv6Order = ipv6Order
    this.#table = table
  }

  get size(): number {
    return this.#keys.length
  }

  text(id: number): string {
    const key = this.#keys[id]!
    if (id === 0) return ''
    if (key < IPV6_KEYS_FROM) return addressText(4, key, this.#table)
    return addressText(6, this.#ipv6Order[key - IPV6_KEYS_FROM]!, this.#table)
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
      const key = this.#keys[id]!
      if (key < IPV6_KEYS_FROM) {
        words[4 * id + 3] = key
        continue
      }
      const at = this.#ipv6Order[key - IPV6_KEYS_FROM]! * 4
      kinds[id] = 1
      words.set(this.#table.words.subarray(at, at + 4), 4 * id)
    }
    this.#list = { words, kinds }
    return this.#list
  }

  ranks(): Float64Array {
    const ranks = Float64Array.from(this.#keys, (_, id) => id)
    ranks[0] = Number.NaN
    return ranks
  }
}

type FirstTime = ReturnType<Aggregates['totals']['earliest']>

const durationOf = (view: ConversationView): number =>
  view.lastSeconds - view.firstSeconds + (view.lastNanoseconds - view.firstNanoseconds) / 1e9

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
      : view.firstSeconds - first.seconds + (view.firstNanoseconds - first.nanoseconds) / 1e9,
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
