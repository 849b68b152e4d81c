/** Interfaces of captures that are read as one: numbered through all of them, counted by what was handed out. */

import type { CaptureInterface } from './capture-interface.ts'

export class MergedInterface implements CaptureInterface {
  readonly id: number
  packetCount = 0
  readonly #origin: CaptureInterface

  constructor(id: number, origin: CaptureInterface) {
    this.id = id
    this.#origin = origin
  }

  get linkType(): number {
    return this.#origin.linkType
  }

  get snaplen(): number {
    return this.#origin.snaplen
  }

  get timestampResolution(): string {
    return this.#origin.timestampResolution
  }

  get name(): string | null {
    return this.#origin.name
  }

  get description(): string | null {
    return this.#origin.description
  }

  get fcsLength(): number | null {
    return this.#origin.fcsLength ?? null
  }

  get droppedCount(): number | null {
    return this.#origin.droppedCount
  }

  get receivedCount(): number | null {
    return this.#origin.receivedCount
  }
}

/** All interfaces beyond the ceiling. Of what they are it tells the first one's. */
export class MergedRest extends MergedInterface {
  readonly isRest = true
  readonly #others: CaptureInterface[] = []

  add(origin: CaptureInterface): void {
    this.#others.push(origin)
  }

  override get name(): null {
    return null
  }

  override get description(): string {
    return 'all further interfaces'
  }

  override get droppedCount(): number | null {
    return sumOf(super.droppedCount, this.#others, 'droppedCount')
  }

  override get receivedCount(): number | null {
    return sumOf(super.receivedCount, this.#others, 'receivedCount')
  }
}

/** Null when none says. */
function sumOf(
  first: number | null,
  others: readonly CaptureInterface[],
  name: 'droppedCount' | 'receivedCount',
): number | null {
  let sum = first
  for (const { [name]: count } of others) if (count !== null) sum = (sum ?? 0) + count
  return sum
}
