/** Columns of a table, made when first asked for: numbers as doubles, texts as ids into a pool of distinct texts. */

import { type AddressList, addressList, naturalOrder } from './address.ts'

/** Distinct texts by id. Id 0 is the missing value. Looking something up costs once per distinct text, not once per row. */
export interface TextPool {
  readonly size: number
  text(id: number): string
  /** All texts in lower case, by id. */
  lowerCase(): readonly string[]
  /** All texts as addresses, by id. */
  addresses(): AddressList
  /** Place of each text in natural order: addresses by number, other texts by letters; NaN for the missing value. */
  ranks(): Float64Array
}

/** A column of text: `ids[row]` is the text's id in `pool`. */
export interface TextColumn {
  readonly ids: Uint32Array
  readonly pool: TextPool
}

/**
 * A pool filled text by text. Texts come from packets, so they are keys of a Map, never of an object; V8 seeds the
 * hash of texts, unlike that of numbers.
 */
export class GrowingPool implements TextPool {
  readonly #texts: string[] = ['']
  readonly #ids = new Map<string, number>()
  #ranks: Float64Array | null = null
  #addresses: AddressList | null = null
  #lowerCase: string[] | null = null

  get size(): number {
    return this.#texts.length
  }

  text(id: number): string {
    return this.#texts[id]!
  }

  /** The id of a text, new when it has none yet; 0 for null. */
  idOf(text: string | null): number {
    if (text === null) return 0
    let id = this.#ids.get(text)
    if (id === undefined) {
      id = this.#texts.push(text) - 1
      this.#ids.set(text, id)
      this.#ranks = this.#addresses = this.#lowerCase = null
    }
    return id
  }

  addresses(): AddressList {
    this.#addresses ??= addressList(this.#texts)
    return this.#addresses
  }

  lowerCase(): readonly string[] {
    this.#lowerCase ??= this.#texts.map((text) => text.toLowerCase())
    return this.#lowerCase
  }

  ranks(): Float64Array {
    if (this.#ranks !== null) return this.#ranks
    const ranks = new Float64Array(this.size)
    for (const [rank, id] of naturalOrder(this.lowerCase(), this.addresses()).entries()) ranks[id] = rank
    ranks[0] = Number.NaN
    this.#ranks = ranks
    return ranks
  }
}

/** One flag per text of a pool; the missing value is never flagged. */
export function poolFlags(pool: TextPool, holds: (id: number) => boolean): Uint8Array {
  const flags = new Uint8Array(pool.size)
  for (let id = 1; id < flags.length; id++) flags[id] = holds(id) ? 1 : 0
  return flags
}

/** A table as columns. `row` makes one row as the page gets it. */
export interface ColumnTable<Row> {
  readonly rowCount: number
  row(index: number): Row
  /** Null when there is no such column. NaN stands for a missing number. */
  numbers(column: string): Float64Array | null
  texts(column: string): TextColumn | null
  readonly textColumns: readonly string[]
  /** Columns whose sum over several rows means something. */
  readonly summedColumns: readonly string[]
}

export interface ColumnRecipes<Row> {
  readonly texts: Readonly<
    Record<string, { readonly pool: GrowingPool; readonly of: (row: Row) => string | null }>
  >
  readonly numbers: Readonly<Record<string, (row: Row) => number | null>>
  readonly summed: readonly string[]
}

/** A table over row objects; a column is read from them when it is first sorted or filtered by. */
export function columnTable<Row>(rows: readonly Row[], recipes: ColumnRecipes<Row>): ColumnTable<Row> {
  const numberColumns = new Map<string, Float64Array>()
  const textColumns = new Map<string, TextColumn>()

  return {
    rowCount: rows.length,
    row: (index) => rows[index]!,
    textColumns: Object.keys(recipes.texts),
    summedColumns: recipes.summed,
    numbers(name) {
      if (!Object.hasOwn(recipes.numbers, name)) return null
      let column = numberColumns.get(name)
      if (column === undefined) {
        const of = recipes.numbers[name]!
        column = new Float64Array(rows.length)
        for (let row = 0; row < rows.length; row++) column[row] = of(rows[row]!) ?? Number.NaN
        numberColumns.set(name, column)
      }
      return column
    },
    texts(name) {
      if (!Object.hasOwn(recipes.texts, name)) return null
      let column = textColumns.get(name)
      if (column === undefined) {
        const { pool, of } = recipes.texts[name]!
        const ids = new Uint32Array(rows.length)
        for (let row = 0; row < rows.length; row++) ids[row] = pool.idOf(of(rows[row]!))
        column = { ids, pool }
        textColumns.set(name, column)
      }
      return column
    },
  }
}
