/**
 * The 24 bytes at the beginning of a pcap file.
 * Format: draft-ietf-opsawg-pcap, section 4; the older versions as libpcap's sf-pcap.c reads them.
 */

import type { CaptureEnding } from './capture-ending.ts'

export const PCAP_FILE_HEADER_LENGTH = 24

/** Microsecond time stamps. */
export const PCAP_MAGIC = 0xa1b2c3d4
/** Nanosecond time stamps. */
export const PCAP_NANOSECOND_MAGIC = 0xa1b23c4d
/** Kuznetzov's patch: each record header is followed by interface index, protocol and packet type (8 bytes more). */
export const PCAP_MODIFIED_MAGIC = 0xa1b2cd34

const RECORD_HEADER_LENGTH = 16
const MODIFIED_RECORD_HEADER_LENGTH = 24

/** Which of a record's two lengths comes first: version 2.3 exchanged them, and some of its writers forgot to. */
export type PcapLengthOrder = 'captured-first' | 'original-first' | 'shorter-is-captured'

export interface PcapFileHeader {
  readonly littleEndian: boolean
  readonly majorVersion: number
  readonly minorVersion: number
  /** Ticks of a record's fraction in one second. */
  readonly ticksPerSecond: 1_000_000 | 1_000_000_000
  readonly recordHeaderLength: number
  readonly lengthOrder: PcapLengthOrder
  /** 0 means no limit was stated. */
  readonly snaplen: number
  /** Lower 16 bits of the link type word. */
  readonly linkType: number
  /** Bytes of frame check sequence at the end of each frame; null when the header does not say. */
  readonly fcsLength: number | null
}

/**
 * Is this word, read as big-endian from the first four bytes, the magic of a pcap file?
 * Returns the byte order, or null when it is none.
 */
export function pcapByteOrder(magicBigEndian: number): 'big-endian' | 'little-endian' | null {
  switch (magicBigEndian) {
    case PCAP_MAGIC:
    case PCAP_NANOSECOND_MAGIC:
    case PCAP_MODIFIED_MAGIC:
      return 'big-endian'
    case 0xd4c3b2a1:
    case 0x4d3cb2a1:
    case 0x34cdb2a1:
      return 'little-endian'
    default:
      return null
  }
}

/**
 * Read the file header at `offset`, where PCAP_FILE_HEADER_LENGTH bytes must be present and the magic must be pcap's.
 * Gives the header, or the ending of a capture in a version that cannot be read.
 */
export function readPcapFileHeader(view: DataView, offset: number): PcapFileHeader | CaptureEnding {
  const littleEndian = pcapByteOrder(view.getUint32(offset)) === 'little-endian'
  const magic = view.getUint32(offset, littleEndian)
  const majorVersion = view.getUint16(offset + 4, littleEndian)
  const minorVersion = view.getUint16(offset + 6, littleEndian)
  const lengthOrder = lengthOrderOf(majorVersion, minorVersion)
  if (lengthOrder === null) {
    return {
      kind: 'unsupported-version',
      byteOffset: 0,
      detail: `The file header says pcap version ${majorVersion}.${minorVersion}; only 2.x can be read.`,
    }
  }
  const linkTypeWord = view.getUint32(offset + 20, littleEndian)
  return {
    littleEndian,
    majorVersion,
    minorVersion,
    ticksPerSecond: magic === PCAP_NANOSECOND_MAGIC ? 1_000_000_000 : 1_000_000,
    recordHeaderLength: magic === PCAP_MODIFIED_MAGIC ? MODIFIED_RECORD_HEADER_LENGTH : RECORD_HEADER_LENGTH,
    lengthOrder,
    snaplen: view.getUint32(offset + 16, littleEndian),
    linkType: linkTypeWord & 0xffff,
    // The f bit says that the upper four bits hold the length of the frame check sequence in 16-bit words.
    fcsLength: (linkTypeWord & 0x0400_0000) !== 0 ? (linkTypeWord >>> 28) * 2 : null,
  }
}

function lengthOrderOf(majorVersion: number, minorVersion: number): PcapLengthOrder | null {
  // DG/UX's tcpdump wrote 543.0, in the order of versions before 2.3.
  if (majorVersion === 543 && minorVersion === 0) return 'original-first'
  if (majorVersion !== 2) return null
  if (minorVersion < 3) return 'original-first'
  return minorVersion === 3 ? 'shorter-is-captured' : 'captured-first'
}
