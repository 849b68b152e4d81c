/**
 * Bugs that the fuzz targets must find: each is one change to one source file, made while the worker is bundled and never on
 * disk. They are of the kinds that captures have broken other programs with (unchecked lengths, loops that do not move on,
 * state that outlives its section, sums that drift, order that leaks a secret, text that becomes markup).
 */

import type { TargetName } from './target.ts'

export interface PlantedBug {
  readonly name: string
  readonly target: TargetName
  readonly file: string
  /** Occurs in the file exactly once. */
  readonly find: string
  readonly replace: string
}

const capture = (name: string): string => `src/engine/capture/${name}.ts`

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'a record is taken before all of it is there',
    target: 'readers',
    file: capture('pcap-reader'),
    find: 'if (frameStart + captured > end) break',
    replace: 'if (frameStart > end) break',
  },
  {
    name: 'a record header at the very end is not seen',
    target: 'readers',
    file: capture('pcap-reader'),
    find: 'at + recordHeaderLength <= end',
    replace: 'at + recordHeaderLength < end',
  },
  {
    name: 'a fraction above a second is not carried over',
    target: 'readers',
    file: capture('pcap-reader'),
    find: 'second += Math.floor(tick / ticksPerSecond)',
    replace: '',
  },
  {
    name: 'the longer record header of the modified format is forgotten',
    target: 'readers',
    file: capture('pcap-file-header'),
    find: 'magic === PCAP_MODIFIED_MAGIC ? MODIFIED_RECORD_HEADER_LENGTH : RECORD_HEADER_LENGTH',
    replace: 'RECORD_HEADER_LENGTH',
  },
  {
    name: 'a packet may be longer than its block',
    target: 'readers',
    file: capture('pcapng/packet-blocks'),
    find: 'captured > length - PACKET_BLOCK_LENGTH_MIN || captured > CAPTURED_LENGTH_MAX',
    replace: 'captured > CAPTURED_LENGTH_MAX',
  },
  {
    name: 'the length at the end of a packet block is not compared',
    target: 'readers',
    file: capture('pcapng/packet-blocks'),
    find: 'if (view.getUint32(blockEnd - 4, littleEndian) !== length) break',
    replace: '',
  },
  {
    name: 'an interface that was never described is accepted',
    target: 'readers',
    file: capture('pcapng/packet-blocks'),
    find: 'if (index >= interfaces.count) break',
    replace: '',
  },
  {
    name: 'a block may have a length that is no multiple of four',
    target: 'readers',
    file: capture('pcapng/block-faults'),
    find: 'if (length < BLOCK_OVERHEAD || length % 4 !== 0) {',
    replace: 'if (length < BLOCK_OVERHEAD) {',
  },
  {
    name: 'blocks may be shorter than their fields',
    target: 'readers',
    file: capture('pcapng/block-faults'),
    find: 'if (length >= lengthMin) return null',
    replace: 'return null',
  },
  {
    name: 'a second section keeps the byte order of the first',
    target: 'readers',
    file: capture('pcapng-reader'),
    find: "this.#littleEndian = byteOrder === 'little-endian'",
    replace: "if (this.notes.sectionCount === 0) this.#littleEndian = byteOrder === 'little-endian'",
  },
  {
    name: 'a second section keeps the interfaces of the first',
    target: 'readers',
    file: capture('pcapng/interface-table'),
    find: 'this.firstOfSection = this.count',
    replace: '',
  },
  {
    name: 'the padding of a simple packet is counted',
    target: 'readers',
    file: capture('pcapng/simple-packet-block'),
    find: 'Math.min(original, room, ',
    replace: 'Math.min(room, ',
  },
  {
    name: 'an option may reach beyond its block',
    target: 'readers',
    file: capture('pcapng/option-cursor'),
    find: 'this.start + this.length > this.#end',
    replace: 'this.length > this.#end',
  },
  {
    name: 'ticks above 2^53 are divided as doubles',
    target: 'readers',
    file: capture('pcapng/tick-clock'),
    find: 'if (high < EXACT_HIGH_MAX) {',
    replace: 'if (high >= 0) {',
  },
  {
    name: 'the offset of an interface is read in the wrong order',
    target: 'readers',
    file: capture('pcapng/interface-description-block'),
    find: 'view.getInt32(offset + (littleEndian ? 4 : 0), littleEndian)',
    replace: 'view.getInt32(offset + (littleEndian ? 0 : 4), littleEndian)',
  },
  {
    name: 'moving the window forgets how far it moved',
    target: 'readers',
    file: capture('byte-window'),
    find: 'this.#origin += this.start',
    replace: '',
  },
  {
    name: 'an IPv4 option of length zero does not move on',
    target: 'pipeline',
    file: 'src/engine/decode/network/ipv4.ts',
    find: 'if (length < 2 || at + length > optionsEnd) {',
    replace: 'if (at + length > optionsEnd) {',
  },
  {
    name: 'a TCP option of length zero does not move on',
    target: 'pipeline',
    file: 'src/engine/decode/transport/tcp.ts',
    find: 'if (length < 2 || at + length > headerEnd) {',
    replace: 'if (at + length > headerEnd) {',
  },
  {
    name: 'a DNS pointer may lead forwards, as often as it likes',
    target: 'pipeline',
    file: 'src/engine/decode/application/dns-name.ts',
    find: 'if (target >= segmentStart || pointerCount === POINTER_COUNT_MAX)',
    replace: 'if (target >= end)',
  },
  {
    name: 'addresses that differ at their end are one',
    target: 'pipeline',
    file: 'src/engine/net/address-table.ts',
    find: 'words[at + 2] === c && words[at + 3] === d) return id',
    replace: 'words[at + 2] === c) return id',
  },
  {
    name: 'packets off the time axis are in no bucket',
    target: 'pipeline',
    file: 'src/engine/summarize/bandwidth-rows.ts',
    find: 'if (series.offAxis[0]! > 0) {',
    replace: 'if (series.offAxis[0]! > 1e9) {',
  },
  {
    name: 'the bytes of the longest packets are lost',
    target: 'pipeline',
    file: 'src/engine/aggregate/packet-lengths.ts',
    find: 'length >= 5120 ? 9 :',
    replace: 'length >= 99_999 ? 9 :',
  },
  {
    name: 'a share of nothing is taken',
    target: 'pipeline',
    file: 'src/engine/summarize/capture-quality.ts',
    find: 'judgedCount === 0 ? null : oneWayCount / judgedCount',
    replace: 'oneWayCount / judgedCount',
  },
  {
    name: 'a time before the first is not the earliest',
    target: 'pipeline',
    file: 'src/engine/aggregate/traffic-totals.ts',
    find: 'if (isBefore(seconds, nanoseconds, this.earliestSeconds, this.earliestNanoseconds)) {',
    replace: 'if (this.packetCount < 0) {',
  },
  {
    name: 'the ceiling of conversations is off',
    target: 'pipeline',
    file: 'src/engine/aggregate/conversation-table.ts',
    find: 'if (this.count === this.countMax) return -1',
    replace: '',
  },
  {
    name: 'a text of the report is not escaped',
    target: 'outputs',
    file: 'src/report/text/html.ts',
    find: "if (typeof value === 'string') return escapeHtml(value)",
    replace: "if (typeof value === 'string') return value.startsWith('<') ? value : escapeHtml(value)",
  },
  {
    name: 'the data of the report can end its element',
    target: 'outputs',
    file: 'src/report/data-island.ts',
    find: 'const risky = /[<>&]|',
    replace: 'const risky = /[&]|',
  },
  {
    name: 'quotes in a table are not doubled',
    target: 'outputs',
    file: 'src/node/outputs/export-csv-cell.ts',
    find: ".replaceAll('\"', '\"\"')",
    replace: '',
  },
  {
    name: 'direction characters reach the terminal',
    target: 'outputs',
    file: 'src/cli/terminal-text.ts',
    find: 'const UNSHOWABLE = /[\\p{Cc}\\p{Cf}',
    replace: 'const UNSHOWABLE = /[\\p{Cc}',
  },
]
