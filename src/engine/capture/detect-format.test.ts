import { describe, expect, it } from 'vitest'
import { bytes, concat, filled, text } from '../../../test/traffic/index.ts'
import { describeForeignFile, detectCaptureFormat } from './detect-format.ts'

/** Latin-1 characters as bytes. */
function latin1(characters: string): Uint8Array {
  return Uint8Array.from(characters, (character) => character.charCodeAt(0))
}

function described(content: Uint8Array) {
  return describeForeignFile(content, 0, content.length)
}

describe('detectCaptureFormat', () => {
  it.each([
    ['a1b2 c3d4', 'pcap'],
    ['d4c3 b2a1', 'pcap'],
    ['a1b2 3c4d', 'pcap'],
    ['4d3c b2a1', 'pcap'],
    ['a1b2 cd34', 'pcap'],
    ['34cd b2a1', 'pcap'],
    ['0a0d 0d0a', 'pcapng'],
    ['a1b2 c3d5', null],
    ['0a0d 0a0d', null],
    ['0000 0000', null],
  ])('knows %s as %s', (magic, format) => {
    expect(detectCaptureFormat(bytes(magic), 0)).toBe(format)
    expect(detectCaptureFormat(concat(filled(3, 0xa1), bytes(magic)), 3)).toBe(format)
  })
})

describe('describeForeignFile', () => {
  it.each([
    ['snoop\0\0\0\0\0\0\x02', 'snoop'],
    ['RTSS', 'Network Monitor 1'],
    ['GMBU', 'Network Monitor 2'],
    ['TRSNIFF data    \x1a', 'Sniffer (DOS)'],
    ['XCP\0', 'NetXray'],
    ['\x7fver', 'OmniPeek'],
    ['iptrace 2.0', 'iptrace'],
    ['btsnoop\0', 'Bluetooth'],
    ['\x1c\0\x01\xac', 'Ixia'],
  ])('names another kind of capture and how to convert it: %j', (content, name) => {
    const { kind, detail } = described(latin1(content))
    expect(kind).toBe('unsupported-format')
    expect(detail).toContain(name)
    expect(detail).toContain('editcap')
  })

  it.each([
    ['\x1f\x8b\x08', 'gzip'],
    ['\x28\xb5\x2f\xfd', 'Zstandard'],
    ['\x04\x22\x4d\x18', 'LZ4'],
    ['PK\x03\x04', 'ZIP'],
    ['7z\xbc\xaf\x27\x1c', '7-Zip'],
    ['Rar!\x1a\x07', 'RAR'],
    ['\xfd7zXZ\0', 'xz'],
    ['BZh9', 'bzip2'],
    [`${'n'.repeat(257)}ustar`, 'tar'],
  ])('names what must be unpacked first: %j', (content, name) => {
    const { kind, detail } = described(latin1(content))
    expect(kind).toBe('unsupported-format')
    expect(detail).toContain(name)
    expect(detail).toMatch(/unpack/i)
  })

  it.each([
    ['%PDF-1.7', 'PDF'],
    ['\x89PNG\r\n', 'PNG'],
    ['\x7fELF', 'Linux'],
    ['MZ\x90\0', 'Windows'],
    ['SQLite format 3\0', 'SQLite'],
    ['#separator \\x09', 'Zeek'],
    ['<!DOCTYPE html><p>', 'HTML'],
    ['  \r\n<HTML>', 'HTML'],
    ['<?xml version="1.0"?>', 'XML'],
    ['{"event_type":"flow"}', 'JSON'],
    ['[1, 2]', 'JSON'],
    ['No.,Time,Source', 'text'],
    ['\0\0\0\0\0\0', 'zeros'],
    ['\x01\x02\x03\x04\x05', '01 02 03 04 05'],
    ['ab', '2 bytes'],
  ])('names what is no capture: %j', (content, name) => {
    const { kind, detail } = described(latin1(content))
    expect(kind).toBe('not-a-capture')
    expect(detail).toContain(name)
    expect(detail).toMatch(/Choose a capture file\.$/)
  })

  it('takes text in any language for text', () => {
    expect(described(text('Zeit,Größe,量')).detail).toContain('is text')
  })

  it('looks at nothing but the part that it is given', () => {
    const content = latin1('xxPK\x03\x04')
    expect(describeForeignFile(content, 2, content.length).detail).toContain('ZIP')
    expect(describeForeignFile(content, 2, 4).detail).toContain('2 bytes')
  })

  it('never throws, cut at any length', () => {
    const content = filled(300, 1)
    for (let length = 0; length <= content.length; length++) {
      expect(describeForeignFile(content, 0, length).kind).toBe('not-a-capture')
    }
  })
})
