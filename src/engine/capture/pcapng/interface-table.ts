/** Every interface described so far: what its packets need, in columns, and the list that people see. */

import type { CaptureInterface } from '../capture-interface.ts'
import type { InterfaceCeiling } from '../interface-ceiling.ts'
import { TickClock } from './tick-clock.ts'

const CAPACITY_START = 16
/** Above every index. */
const NONE = 0x7fff_ffff

/** What an Interface Description Block says. */
export interface InterfaceDescription {
  readonly linkType: number
  /** 0 means no limit. */
  readonly snaplen: number
  /** Byte of if_tsresol. */
  readonly resolution: number
  /** if_tsoffset: seconds to add to every time. */
  readonly offsetSeconds: number
  readonly name: string | null
  readonly description: string | null
  readonly fcsLength: number | null
}

/**
 * Interfaces are numbered through all sections of the file, so a section's interface 0 has the index `firstOfSection`.
 * The list has those that the ceiling lets in and one more entry for all others.
 */
export class InterfaceTable {
  readonly listed: CaptureInterface[] = []
  linkTypes = new Int32Array(CAPACITY_START)
  snaplens = new Float64Array(CAPACITY_START)
  offsetSeconds = new Float64Array(CAPACITY_START)
  /** Interfaces of all sections. */
  count = 0
  /** Index of the current section's interface 0. */
  firstOfSection = 0
  #resolutions = new Uint8Array(CAPACITY_START)
  readonly #clocks: (TickClock | undefined)[] = new Array<TickClock | undefined>(256)
  readonly #ceiling: InterfaceCeiling
  /** Index of the first interface that is not listed, which is where in `listed` the entry for all others is. */
  #restIndex = NONE

  constructor(ceiling: InterfaceCeiling) {
    this.#ceiling = ceiling
  }

  /** A new section numbers its interfaces from 0 again. */
  startSection(): void {
    this.firstOfSection = this.count
  }

  /** What `InterfaceCeiling.take` says; `refused` when there is no more room. */
  add(description: InterfaceDescription): ReturnType<InterfaceCeiling['take']> {
    const place = this.#ceiling.take()
    if (place === 'refused') return place
    if (this.count === this.linkTypes.length) this.#grow()
    const index = this.count
    this.linkTypes[index] = description.linkType
    this.snaplens[index] = description.snaplen
    this.offsetSeconds[index] = description.offsetSeconds
    this.#resolutions[index] = description.resolution
    this.count += 1
    if (place === 'counted') this.#restIndex = Math.min(this.#restIndex, index)
    if (index <= this.#restIndex) this.listed.push(this.#listing(index, description))
    return place
  }

  /** The clock of an interface's times; interfaces of one resolution share it. */
  clockOf(index: number): TickClock {
    const resolution = this.#resolutions[index] ?? 0
    const known = this.#clocks[resolution]
    if (known !== undefined) return known
    const clock = new TickClock(resolution)
    this.#clocks[resolution] = clock
    return clock
  }

  /** Where in `listed` the interface is. */
  listedIndexOf(index: number): number {
    return Math.min(index, this.#restIndex)
  }

  #listing(index: number, description: InterfaceDescription): CaptureInterface {
    const isRest = index === this.#restIndex
    return {
      id: index,
      linkType: description.linkType,
      snaplen: description.snaplen,
      timestampResolution: this.clockOf(index).resolutionText,
      name: isRest ? null : description.name,
      description: isRest ? 'all further interfaces' : description.description,
      fcsLength: description.fcsLength,
      isRest,
      packetCount: 0,
      droppedCount: null,
      receivedCount: null,
    }
  }

  #grow(): void {
    const capacity = this.linkTypes.length * 2
    this.linkTypes = grown(this.linkTypes, new Int32Array(capacity))
    this.snaplens = grown(this.snaplens, new Float64Array(capacity))
    this.offsetSeconds = grown(this.offsetSeconds, new Float64Array(capacity))
    this.#resolutions = grown(this.#resolutions, new Uint8Array(capacity))
  }
}

function grown<T extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  from: T,
  to: T,
): T {
  to.set(from)
  return to
}
