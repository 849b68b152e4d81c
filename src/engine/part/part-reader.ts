/** What tables take out of a part: each array once, its length and its numbers checked before they are believed. */

import { PartError } from './part-error.ts'
import type { PartArray } from './part-writer.ts'

export type PartElement = 'int32' | 'float64' | 'uint16' | 'uint8'

/** A section of a part that lies in a file or in memory. */
export interface StoredSection {
  readonly name: string
  readonly element: PartElement
  /** Elements, not bytes. */
  readonly length: number
  /** Null for a part that is not in a file. */
  readonly byteOffset: number | null
  /** Called once at most, and only when `length` is bearable. Throws PartError when the bytes are damaged. */
  readonly load: () => PartArray
}

/** Sections by name, those that were not asked for yet. */
export type WaitingSections = Map<string, StoredSection>

/** Throws PartError for everything that a part written by this program cannot hold. */
export class PartReader {
  readonly #waiting: WaitingSections
  readonly #prefix: string
  #last: StoredSection | null = null

  constructor(waiting: WaitingSections, prefix = '') {
    this.#waiting = waiting
    this.#prefix = prefix
  }

  /** A reader of the same part for a table of this name. */
  under(name: string): PartReader {
    return new PartReader(this.#waiting, `${this.#prefix}${name}.`)
  }

  has(name: string): boolean {
    return this.#waiting.has(this.#prefix + name)
  }

  /** At most `lengthMax` elements, in groups of `stride`. The array is the caller's to keep. */
  int32(name: string, lengthMax: number, stride = 1): Int32Array {
    return this.#take(name, 'int32', lengthMax, stride) as Int32Array
  }

  uint8(name: string, lengthMax: number): Uint8Array {
    return this.#take(name, 'uint8', lengthMax, 1) as Uint8Array
  }

  uint16(name: string, lengthMax: number): Uint16Array {
    return this.#take(name, 'uint16', lengthMax, 1) as Uint16Array
  }

  /** Finite numbers of any sign. */
  float64(name: string, lengthMax: number, stride = 1): Float64Array {
    const array = this.#take(name, 'float64', lengthMax, stride) as Float64Array
    for (const value of array) if (!Number.isFinite(value)) throw this.bad('holds what is not a number')
    return array
  }

  /** Whole numbers from 0 to 2^53 - 1. */
  counts(name: string, lengthMax: number, stride = 1): Float64Array {
    const array = this.float64(name, lengthMax, stride)
    for (const value of array) {
      if (value < 0 || !Number.isSafeInteger(value)) throw this.bad('holds a count that is none')
    }
    return array
  }

  /** Exactly `length` counts. */
  numbers(name: string, length: number): Float64Array {
    return this.exactly(this.counts(name, length), length)
  }

  /** `array` if it has `length` elements. */
  exactly<T extends PartArray>(array: T, length: number): T {
    if (array.length !== length) {
      throw this.bad(`has ${String(array.length)} numbers instead of ${String(length)}`)
    }
    return array
  }

  /** The error of the section taken last. `what` continues "section x …". */
  bad(what: string): PartError {
    const name = this.#last?.name ?? this.#prefix.slice(0, -1)
    return badSection(name, what, this.#last?.byteOffset ?? null)
  }

  /** Every table has taken its own: what is left over belongs to no table. */
  finish(): void {
    for (const section of this.#waiting.values()) {
      throw badSection(section.name, 'belongs to nothing', section.byteOffset)
    }
  }

  #take(name: string, element: PartElement, lengthMax: number, stride: number): PartArray {
    const full = this.#prefix + name
    const section = this.#waiting.get(full)
    if (section === undefined) throw badSection(full, 'is missing', null)
    this.#waiting.delete(full)
    this.#last = section
    if (section.element !== element) throw this.bad(`holds ${section.element} instead of ${element}`)
    if (section.length > lengthMax) {
      throw this.bad(`has ${String(section.length)} numbers; at most ${String(lengthMax)} are possible`)
    }
    if (section.length % stride !== 0) throw this.bad('ends in the middle of a row')
    return section.load()
  }
}

function badSection(name: string, what: string, byteOffset: number | null): PartError {
  return new PartError(`section ${name} ${what}. Make the part again from its capture.`, byteOffset)
}

/** A reader of what a PartWriter collected, without a file between them. The arrays are handed over, not copied. */
export function readerOfSections(
  sections: readonly { readonly name: string; readonly array: PartArray }[],
): PartReader {
  return new PartReader(
    new Map(
      sections.map(({ name, array }) => [
        name,
        { name, element: elementOf(array), length: array.length, byteOffset: null, load: () => array },
      ]),
    ),
  )
}

export function elementOf(array: PartArray): PartElement {
  if (array instanceof Int32Array) return 'int32'
  if (array instanceof Float64Array) return 'float64'
  return array instanceof Uint16Array ? 'uint16' : 'uint8'
}
