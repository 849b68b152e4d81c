/** What tables put into a part: arrays under names. */

/** Element types of a section, little-endian in a file. */
export type PartArray = Int32Array | Float64Array | Uint16Array | Uint8Array

export interface PartSection {
  /** Words joined by dots, such as `dns.names.bytes`. */
  readonly name: string
  readonly array: PartArray
}

/** Collects sections without copying: the tables must stay as they are until the part is written. */
export class PartWriter {
  readonly sections: PartSection[]
  readonly #prefix: string

  constructor(sections: PartSection[] = [], prefix = '') {
    this.sections = sections
    this.#prefix = prefix
  }

  /** A writer into the same part for a table of this name. */
  under(name: string): PartWriter {
    return new PartWriter(this.sections, `${this.#prefix}${name}.`)
  }

  add(name: string, array: PartArray): void {
    this.sections.push({ name: this.#prefix + name, array })
  }

  /** A few numbers, each a whole one. */
  numbers(name: string, values: readonly number[]): void {
    this.add(name, Float64Array.from(values))
  }
}
