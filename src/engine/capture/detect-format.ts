/** Tells what a file is from its first bytes, never from its name. */

import type { CaptureInterruption } from './capture-reader.ts'
import { pcapByteOrder } from './pcap-file-header.ts'
import { SECTION_HEADER_BLOCK } from './pcapng/block-types.ts'

/** Bytes that decide between pcap and pcapng. */
export const FORMAT_MAGIC_LENGTH = 4
/** Bytes to wait for before naming anything else: the magic of tar lies farthest back, at 257. */
export const FOREIGN_MAGIC_LENGTH = 512

/** The format of the capture that begins at `bytes[start]`; null when it is neither. Needs FORMAT_MAGIC_LENGTH bytes. */
export function detectCaptureFormat(bytes: Uint8Array, start: number): 'pcap' | 'pcapng' | null {
  const magic = new DataView(bytes.buffer, bytes.byteOffset + start, FORMAT_MAGIC_LENGTH).getUint32(0)
  if (magic === SECTION_HEADER_BLOCK) return 'pcapng'
  return pcapByteOrder(magic) !== null ? 'pcap' : null
}

interface ForeignFormat {
  readonly name: string
  /** Latin-1 text of the magic. */
  readonly magic: string
  readonly offset?: number
}

const OTHER_CAPTURES: readonly ForeignFormat[] = [
  { name: 'a snoop capture', magic: 'snoop\0\0\0' },
  { name: 'a Microsoft Network Monitor 1 capture', magic: 'RTSS' },
  { name: 'a Microsoft Network Monitor 2 capture', magic: 'GMBU' },
  { name: 'a Sniffer (DOS) capture', magic: 'TRSNIFF data    \x1a' },
  { name: 'a NetXray or Sniffer (Windows) capture', magic: 'XCP\0' },
  { name: 'an OmniPeek capture', magic: '\x7fver' },
  { name: 'an AIX iptrace capture', magic: 'iptrace ' },
  { name: 'a Bluetooth HCI snoop log', magic: 'btsnoop\0' },
  { name: 'a Visual Networks capture', magic: '\x05VNF' },
  { name: 'an HP-UX nettl trace', magic: '\x54\x52\0\x64\0' },
  { name: 'an Accellent 5View capture', magic: '\xaa\xaa\xaa\xaa' },
  { name: 'an Ixia lcap capture', magic: '\x1c\0\x01\xac' },
  { name: 'an Ixia lcap capture', magic: '\xac\x01\0\x1c' },
  { name: 'an Ixia lcap capture', magic: '\x1c\0\x01\xab' },
  { name: 'an Ixia lcap capture', magic: '\xab\x01\0\x1c' },
]

const COMPRESSIONS: readonly ForeignFormat[] = [
  { name: 'gzip', magic: '\x1f\x8b' },
  { name: 'Zstandard', magic: '\x28\xb5\x2f\xfd' },
  { name: 'LZ4', magic: '\x04\x22\x4d\x18' },
]

const ARCHIVES: readonly ForeignFormat[] = [
  { name: 'a ZIP archive', magic: 'PK\x03\x04' },
  { name: 'an empty ZIP archive', magic: 'PK\x05\x06' },
  { name: 'a 7-Zip archive', magic: '7z\xbc\xaf\x27\x1c' },
  { name: 'a RAR archive', magic: 'Rar!\x1a\x07' },
  { name: 'xz-compressed', magic: '\xfd7zXZ\0' },
  { name: 'bzip2-compressed', magic: 'BZh' },
  { name: 'compressed with old LZ4', magic: '\x02\x21\x4c\x18' },
  { name: 'compressed with compress', magic: '\x1f\x9d' },
  { name: 'a tar archive', magic: 'ustar', offset: 257 },
]

const OTHER_FILES: readonly ForeignFormat[] = [
  { name: 'a PDF document', magic: '%PDF' },
  { name: 'a PNG image', magic: '\x89PNG' },
  { name: 'a JPEG image', magic: '\xff\xd8\xff' },
  { name: 'a GIF image', magic: 'GIF8' },
  { name: 'a program for Linux', magic: '\x7fELF' },
  { name: 'a program for Windows', magic: 'MZ' },
  { name: 'an SQLite database', magic: 'SQLite format 3\0' },
  { name: 'a Parquet table', magic: 'PAR1' },
  { name: 'a Windows event log', magic: 'ElfFile\0' },
  { name: 'an old Office document', magic: '\xd0\xcf\x11\xe0' },
  { name: 'a Zeek log', magic: '#separator' },
]

/**
 * Name a file that is neither pcap nor pcapng, from its bytes `bytes[start .. end)`: what it is, and what to do. The
 * more of FOREIGN_MAGIC_LENGTH bytes are there, the better.
 */
export function describeForeignFile(bytes: Uint8Array, start: number, end: number): CaptureInterruption {
  const find = (formats: readonly ForeignFormat[]): string | undefined =>
    formats.find(({ magic, offset = 0 }) => hasMagic(bytes, start + offset, end, magic))?.name
  const compression = find(COMPRESSIONS)
  if (compression !== undefined) {
    const detail = `The content is compressed with ${compression} and cannot be read as it is. Unpack it and open the result.`
    return { kind: 'unsupported-format', detail }
  }
  const capture = find(OTHER_CAPTURES)
  if (capture !== undefined) {
    const detail = `The file is ${capture}. Convert it first, such as with: editcap -F pcapng <file> <file>.pcapng`
    return { kind: 'unsupported-format', detail }
  }
  const archive = find(ARCHIVES)
  if (archive !== undefined) {
    return {
      kind: 'unsupported-format',
      detail: `The file is ${archive}. Unpack it and open the capture inside.`,
    }
  }
  const what = find(OTHER_FILES) ?? describeContent(bytes, start, end)
  return {
    kind: 'not-a-capture',
    detail: `The file is ${what}, not a pcap or pcapng capture. Choose a capture file.`,
  }
}

function hasMagic(bytes: Uint8Array, start: number, end: number, magic: string): boolean {
  if (start + magic.length > end) return false
  for (let i = 0; i < magic.length; i++) {
    if (bytes[start + i] !== magic.charCodeAt(i)) return false
  }
  return true
}

function describeContent(bytes: Uint8Array, start: number, end: number): string {
  const head = bytes.subarray(start, Math.min(end, start + FOREIGN_MAGIC_LENGTH))
  if (head.length < FORMAT_MAGIC_LENGTH) return `only ${head.length} bytes long`
  if (head.every((byte) => byte === 0)) return 'filled with zeros at its beginning'
  if (!head.every(isTextByte)) return `of an unknown kind (it begins with ${hexText(head.subarray(0, 8))})`
  const text = String.fromCharCode(...head)
    .trimStart()
    .toLowerCase()
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'a web page (HTML)'
  if (text.startsWith('<')) return 'an XML or HTML document'
  if (text.startsWith('{') || text.startsWith('[')) return 'JSON text'
  return 'text'
}

/** Printable, a line break or tab, or part of a UTF-8 sequence. */
function isTextByte(byte: number): boolean {
  return byte >= 0x20 ? byte !== 0x7f : byte === 0x09 || byte === 0x0a || byte === 0x0d
}

function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
