/** Block types of pcapng and how short each may be (draft-ietf-opsawg-pcapng, sections 3 and 4, and 11.1). */

export const SECTION_HEADER_BLOCK = 0x0a0d0d0a
export const INTERFACE_DESCRIPTION_BLOCK = 1
export const OBSOLETE_PACKET_BLOCK = 2
export const SIMPLE_PACKET_BLOCK = 3
export const NAME_RESOLUTION_BLOCK = 4
export const INTERFACE_STATISTICS_BLOCK = 5
export const ENHANCED_PACKET_BLOCK = 6
export const DECRYPTION_SECRETS_BLOCK = 10
/** Custom block that may be copied when a file is rewritten. */
export const CUSTOM_BLOCK = 0x0bad
/** Custom block that may not. */
export const CUSTOM_BLOCK_NOT_COPIED = 0x4000_0bad

/** Type and total length. */
export const BLOCK_HEAD_LENGTH = 8
/** Type, total length, and total length again at the end. */
export const BLOCK_OVERHEAD = 12

/** Fewest bytes that a block of this type has, both lengths included. */
export function blockLengthMin(type: number): number {
  switch (type) {
    case SECTION_HEADER_BLOCK:
      return BLOCK_OVERHEAD + 16
    case INTERFACE_DESCRIPTION_BLOCK:
      return BLOCK_OVERHEAD + 8
    case ENHANCED_PACKET_BLOCK:
    case OBSOLETE_PACKET_BLOCK:
      return BLOCK_OVERHEAD + 20
    case SIMPLE_PACKET_BLOCK:
      return BLOCK_OVERHEAD + 4
    case INTERFACE_STATISTICS_BLOCK:
      return BLOCK_OVERHEAD + 12
    case DECRYPTION_SECRETS_BLOCK:
      return BLOCK_OVERHEAD + 8
    case CUSTOM_BLOCK:
    case CUSTOM_BLOCK_NOT_COPIED:
      return BLOCK_OVERHEAD + 4
    default:
      return BLOCK_OVERHEAD
  }
}

export function isPacketBlock(type: number): boolean {
  return type === ENHANCED_PACKET_BLOCK || type === OBSOLETE_PACKET_BLOCK
}

export function isCustomBlock(type: number): boolean {
  return type === CUSTOM_BLOCK || type === CUSTOM_BLOCK_NOT_COPIED
}

/** Does the reading of later blocks depend on this one, so that it may not be passed over unread? */
export function isNeededBlock(type: number): boolean {
  return (
    isPacketBlock(type) ||
    type === SIMPLE_PACKET_BLOCK ||
    type === SECTION_HEADER_BLOCK ||
    type === INTERFACE_DESCRIPTION_BLOCK
  )
}

/** Is there something to read inside the block? Others only have a length. */
export function isUnderstoodBlock(type: number): boolean {
  return isNeededBlock(type) || type === NAME_RESOLUTION_BLOCK || type === INTERFACE_STATISTICS_BLOCK
}

/** The block's name as the specification has it, with its article: `an Enhanced Packet Block`. */
export function aBlockOfType(type: number): string {
  switch (type) {
    case SECTION_HEADER_BLOCK:
      return 'a Section Header Block'
    case INTERFACE_DESCRIPTION_BLOCK:
      return 'an Interface Description Block'
    case OBSOLETE_PACKET_BLOCK:
      return 'a Packet Block'
    case SIMPLE_PACKET_BLOCK:
      return 'a Simple Packet Block'
    case NAME_RESOLUTION_BLOCK:
      return 'a Name Resolution Block'
    case INTERFACE_STATISTICS_BLOCK:
      return 'an Interface Statistics Block'
    case ENHANCED_PACKET_BLOCK:
      return 'an Enhanced Packet Block'
    case DECRYPTION_SECRETS_BLOCK:
      return 'a Decryption Secrets Block'
    case CUSTOM_BLOCK:
    case CUSTOM_BLOCK_NOT_COPIED:
      return 'a Custom Block'
    default:
      return `a block of type 0x${type.toString(16).padStart(8, '0')}`
  }
}
