/** An interface of one capture among several: numbered through all of them, counted by what was handed out. */

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
