/** What can be wrong with a block so that the reading ends there, each with a sentence for people. */

import type { CaptureEndingKind } from '../capture-ending.ts'
import { aBlockOfType, blockLengthMin, BLOCK_OVERHEAD } from './block-types.ts'

export interface BlockFault {
  readonly kind: CaptureEndingKind
  readonly detail: string
}

export const BAD_BYTE_ORDER_MAGIC: BlockFault = {
  kind: 'bad-byte-order-magic',
  detail: 'A Section Header Block has no valid byte-order magic.',
}

/** Is the total length one that no block can have, or no block of this type? Null when it is sound. */
export function lengthFault(type: number, length: number): BlockFault | null {
  const block = aBlockOfType(type)
  if (length < BLOCK_OVERHEAD || length % 4 !== 0) {
    const detail = `At the place of ${block} the length is ${length}; a block has at least 12 bytes, a multiple of 4.`
    return { kind: 'bad-block-length', detail }
  }
  const lengthMin = blockLengthMin(type)
  if (length >= lengthMin) return null
  return {
    kind: 'block-too-short',
    detail: `The length of ${block} is ${length}; it needs at least ${lengthMin} bytes.`,
  }
}

export function overlongBlock(type: number, length: number, lengthMax: number): BlockFault {
  const detail = `The length of ${aBlockOfType(type)} is ${length}, more than the ${lengthMax} bytes that any writer uses.`
  return { kind: 'bad-block-length', detail }
}

/** `trailer`: the total length as it stands at the block's end. */
export function lengthMismatch(type: number, length: number, trailer: number): BlockFault {
  const detail = `The length of ${aBlockOfType(type)} is ${length} at its beginning and ${trailer} at its end.`
  return { kind: 'block-length-mismatch', detail }
}

export function unsupportedVersion(major: number, minor: number): BlockFault {
  const detail = `The section is in pcapng version ${major}.${minor}; only 1.0 and 1.2 can be read.`
  return { kind: 'unsupported-version', detail }
}

export function tooManyInterfaces(countMax: number): BlockFault {
  const detail = `The capture, or all that are read as one, describe more than ${countMax} interfaces. Read fewer at a time.`
  return { kind: 'too-many-interfaces', detail }
}

/** `knownCount`: interfaces that the section has described so far. */
export function unknownInterface(type: number, id: number, knownCount: number): BlockFault {
  const detail = `The interface of ${aBlockOfType(type)} is number ${id}, and its section describes ${knownCount} so far.`
  return { kind: 'unknown-interface', detail }
}

export function packetExceedsBlock(captured: number, room: number): BlockFault {
  const detail = `A packet claims ${captured} captured bytes in a block that has room for ${room}.`
  return { kind: 'packet-exceeds-block', detail }
}

export function packetTooLong(captured: number, limit: number): BlockFault {
  const detail = `A packet claims ${captured} captured bytes, and none of its link type can have more than ${limit}.`
  return { kind: 'record-too-long', detail }
}
