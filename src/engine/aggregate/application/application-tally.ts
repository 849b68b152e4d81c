/** How often each application said what: messages, codes and names, by protocol and table. */

import { PROTOCOL_COUNT } from '../../decode/protocol-table.ts'
import type { KeyHash } from '../../net/key-hash.ts'
import { NAME_TABLE_LIMITS, NameTable, type NameTableLimits } from '../../net/name-table.ts'
import { CODE_TABLES, NAME_TABLES, isFolded } from './tally-table.ts'
import type { PartReader } from '../../part/part-reader.ts'
import type { PartWriter } from '../../part/part-writer.ts'

/** Distinct (application, table, code) kept. The codes of all protocols here are a few thousand. */
const CODE_COUNT_MAX = 65_536
const CODE_TABLE_BITS = 8

/** One application's code and how often it came. */
export interface CodeCount {
  readonly application: number
  readonly table: number
  readonly code: number
  readonly count: number
}

export class ApplicationTally {
  /** Messages understood, by Protocol number. */
  readonly messageCounts = new Float64Array(PROTOCOL_COUNT)
  refusedCodeCount = 0
  #codeCount = 0
  readonly #hash: KeyHash
  readonly #limits: NameTableLimits
  /** By application and table; made when first needed. */
  readonly #names: (NameTable | undefined)[] = new Array<NameTable | undefined>(
    PROTOCOL_COUNT * NAME_TABLES.length,
  ).fill(undefined)
  #codeKeys = new Int32Array(2 * 64)
  #codeCounts = new Float64Array(64)
  #slots = new Int32Array(128).fill(-1)

  constructor(hash: KeyHash, limits: NameTableLimits = NAME_TABLE_LIMITS) {
    this.#hash = hash
    this.#limits = limits
  }

  /** Count a code of 32 bits. `table` is of CodeTable. */
  addCode(application: number, table: number, code: number, times = 1): void {
    const key = (application << CODE_TABLE_BITS) | table
    const mask = this.#slots.length - 1
    let slot = this.#hash.words2(key, code) & mask
    for (;;) {
      const row = this.#slots[slot]!
      if (row === -1) break
      if (this.#codeKeys[row * 2] === key && this.#codeKeys[row * 2 + 1] === code) {
        this.#codeCounts[row] = this.#codeCounts[row]! + times
        return
      }
      slot = (slot + 1) & mask
    }
    if (this.#codeCount === CODE_COUNT_MAX) this.refusedCodeCount += times
    else this.#appendCode(key, code, times, slot)
  }

  /** Count a name. `table` is of NameTableId. Returns its number in that table, -1 when it was refused. */
  addName(
    application: number,
    table: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    times = 1,
  ): number {
    return this.#namesOf(application, table).add(bytes, offset, length, times)
  }

  /** The names of one table of one application, null when there are none. */
  names(application: number, table: number): NameTable | null {
    return this.#names[application * NAME_TABLES.length + table] ?? null
  }

  /** Every code counted, in no particular order; those that were counted back to nothing are left out. */
  *codes(): Generator<CodeCount> {
    for (let row = 0; row < this.#codeCount; row++) {
      const key = this.#codeKeys[row * 2]!
      if (this.#codeCounts[row] === 0) continue
      yield {
        application: key >>> CODE_TABLE_BITS,
        table: key & ((1 << CODE_TABLE_BITS) - 1),
        code: this.#codeKeys[row * 2 + 1]!,
        count: this.#codeCounts[row]!,
      }
    }
  }

  /** Names that a ceiling refused, in all tables. */
  get refusedNameCount(): number {
    let count = this.refusedCodeCount
    for (const names of this.#names) count += names?.refusedCount ?? 0
    return count
  }

  merge(later: ApplicationTally): void {
    for (let application = 0; application < PROTOCOL_COUNT; application++) {
      this.messageCounts[application] = this.messageCounts[application]! + later.messageCounts[application]!
      for (let table = 0; table < NAME_TABLES.length; table++) {
        const theirs = later.names(application, table)
        if (theirs !== null) this.#namesOf(application, table).merge(theirs)
      }
    }
    for (const { application, table, code, count } of later.codes())
      this.addCode(application, table, code, count)
    this.refusedCodeCount += later.refusedCodeCount
  }

  writePart(part: PartWriter): void {
    part.add('messages', this.messageCounts)
    part.add('codes', this.#codeKeys.subarray(0, 2 * this.#codeCount))
    part.add('codeCounts', this.#codeCounts.subarray(0, this.#codeCount))
    part.numbers('refused', [this.refusedCodeCount])
    this.#names.forEach((names, place) => names?.writePart(part.under(`names${String(place)}`)))
  }

  /** Of an empty tally. Throws PartError. */
  readPart(part: PartReader): void {
    this.messageCounts.set(part.numbers('messages', PROTOCOL_COUNT))
    const keys = part.int32('codes', 2 * CODE_COUNT_MAX, 2)
    const counts = part.numbers('codeCounts', keys.length / 2)
    for (let row = 0; row < counts.length; row++) {
      const key = keys[row * 2]!
      const application = key >> CODE_TABLE_BITS
      const table = key & ((1 << CODE_TABLE_BITS) - 1)
      if (application < 0 || application >= PROTOCOL_COUNT || table >= CODE_TABLES.length) {
        throw part.bad('names a table that does not exist')
      }
      this.addCode(application, table, keys[row * 2 + 1]!, counts[row])
      if (this.#codeCount !== row + 1) throw part.bad('has a code twice')
    }
    this.refusedCodeCount = part.numbers('refused', 1)[0]!
    for (let place = 0; place < this.#names.length; place++) {
      const names = part.under(`names${String(place)}`)
      if (!names.has('ends')) continue
      this.#namesOf(Math.floor(place / NAME_TABLES.length), place % NAME_TABLES.length).readPart(names)
    }
  }

  #namesOf(application: number, table: number): NameTable {
    const at = application * NAME_TABLES.length + table
    const known = this.#names[at]
    if (known !== undefined) return known
    const made = new NameTable(this.#hash, this.#limits, isFolded(table))
    this.#names[at] = made
    return made
  }

  #appendCode(key: number, code: number, times: number, slot: number): void {
    const row = this.#codeCount++
    if (this.#codeCount > this.#codeCounts.length) {
      const counts = new Float64Array(this.#codeCounts.length * 2)
      counts.set(this.#codeCounts)
      this.#codeCounts = counts
      const keys = new Int32Array(counts.length * 2)
      keys.set(this.#codeKeys)
      this.#codeKeys = keys
    }
    this.#codeKeys[row * 2] = key
    this.#codeKeys[row * 2 + 1] = code
    this.#codeCounts[row] = times
    this.#slots[slot] = row
    if (this.#codeCount * 2 <= this.#slots.length) return
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = this.#slots.length - 1
    for (let i = 0; i < this.#codeCount; i++) {
      let at = this.#hash.words2(this.#codeKeys[i * 2]!, this.#codeKeys[i * 2 + 1]!) & mask
      while (this.#slots[at] !== -1) at = (at + 1) & mask
      this.#slots[at] = i
    }
  }
}
