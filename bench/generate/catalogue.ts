/** Every capture that the benchmarks use: what it is for, the parameters that make it, and how it is written. */

import { compressFile, type Compression } from './compress-file.ts'
import type { CaptureFormat } from './capture-sink.ts'
import { writeDnsNames, writeManyInterfaces } from './many-names.ts'
import { writeConversations, writeSmallPackets } from './new-conversations.ts'
import { BULK_START_MAX } from './realistic-payloads.ts'
import { writeRealistic } from './realistic.ts'
import { writeSynFlood } from './syn-flood.ts'
import { writeZeroRecords } from './zero-records.ts'

export interface BenchCapture {
  /** Also the file's name. */
  readonly name: string
  readonly what: string
  /** All that decides the file's bytes; a change makes it be written again. */
  readonly parameters: Readonly<Record<string, string | number>>
  /** A capture that must be there first; its path is passed to `write`. */
  readonly from?: string
  /** Returns the number of frames. */
  readonly write: (path: string, fromPath: string) => number | Promise<number>
}

const MIB = 1 << 20

/** Raise it when a change to the generators changes the bytes they write. */
const GENERATION = 1

/** 2 GiB of zeros, which compress a thousandfold and more. */
const bomb = zeroRecords('bomb-2g.pcap', 2 ** 27)

const realisticPcap = realistic('realistic.pcap', 'pcap', 1024 * MIB)

export const catalogue: readonly BenchCapture[] = [
  realisticPcap,
  realistic('realistic.pcapng', 'pcapng', 1024 * MIB),
  compressed('realistic.pcap.gz', realisticPcap, 'gzip'),
  compressed('realistic.pcap.zst', realisticPcap, 'zstd'),
  realistic('realistic-64m.pcap', 'pcap', 64 * MIB),
  small('small.pcap', 500 * MIB),
  small('small-50m.pcap', 50 * MIB),
  small('small-8m.pcap', 8 * MIB),
  conversations('conversations-1m.pcap', 1_000_000),
  conversations('conversations-3m.pcap', 3_000_000),
  conversations('conversations-5m.pcap', 5_000_000),
  conversations('conversations-10m.pcap', 10_000_000),
  synFlood('syn-flood-20m.pcap', 20_000_000),
  {
    name: 'dns-names-1m.pcap',
    what: 'a query for this many different names: memory per name, and ceilings',
    parameters: { generation: GENERATION, nameCount: 1_000_000 },
    write: (path) => writeDnsNames(path, 1_000_000),
  },
  {
    name: 'interfaces-100k.pcapng',
    what: 'this many interfaces with a frame each',
    parameters: { generation: GENERATION, interfaceCount: 100_000 },
    write: (path) => writeManyInterfaces(path, 100_000),
  },
  bomb,
  compressed('bomb-2g.pcap.gz', bomb, 'gzip'),
  compressed('bomb-2g.pcap.zst', bomb, 'zstd'),
  zeroRecords('zero-records-5g.pcap', 330_000_000),
  zeroRecords('zero-records-2e31.pcap', 2 ** 31 + 1_000_000),
]

export function captureNamed(name: string): BenchCapture {
  const found = catalogue.find((capture) => capture.name === name)
  if (!found)
    throw new Error(`no capture is named ${name}; there are ${catalogue.map((one) => one.name).join(', ')}`)
  return found
}

function realistic(name: string, format: CaptureFormat, byteCountMax: number): BenchCapture {
  // Conversations are added at the rate of the 1 GiB capture, so that a shorter one is its beginning in kind.
  const share = byteCountMax / (1024 * MIB)
  const parameters = {
    byteCountMax,
    conversationCount: Math.round(215_000 * share),
    durationSeconds: Math.round(600 * share),
    seed: 1,
  }
  return {
    name,
    what: 'IMIX sizes, Zipf conversations, TCP with handshakes and closes, DNS, QUIC, ICMP, ARP, IPv6, VLAN, scanners',
    parameters: { generation: GENERATION, format, bulkLength: BULK_START_MAX, ...parameters },
    write: (path) => writeRealistic(path, format, parameters),
  }
}

function small(name: string, byteCountMax: number): BenchCapture {
  const parameters = { byteCountMax, seed: 2 }
  return {
    name,
    what: 'packets of 64 to 80 bytes, 95 of 100 a new conversation: the worst case for tables',
    parameters: { generation: GENERATION, ...parameters },
    write: (path) => writeSmallPackets(path, 'pcap', parameters),
  }
}

function conversations(name: string, conversationCount: number): BenchCapture {
  return {
    name,
    what: 'exactly this many UDP conversations of a datagram each way: memory per conversation',
    parameters: { generation: GENERATION, conversationCount },
    write: (path) => writeConversations(path, 'pcap', conversationCount),
  }
}

function synFlood(name: string, sourceCount: number): BenchCapture {
  return {
    name,
    what: 'a SYN from this many different sources to one port: memory per source, and ceilings',
    parameters: { generation: GENERATION, sourceCount },
    write: (path) => writeSynFlood(path, 'pcap', sourceCount),
  }
}

function zeroRecords(name: string, zeroRecordCount: number): BenchCapture {
  const parameters = { zeroRecordCount, packetCount: 1000 }
  return {
    name,
    what: 'a hole of zero-filled records and 1000 pings after it: offsets above 2^32, counts above 2^28',
    parameters: { generation: GENERATION, ...parameters },
    write: (path) => writeZeroRecords(path, parameters),
  }
}

function compressed(name: string, from: BenchCapture, compression: Compression): BenchCapture {
  return {
    name,
    what: `${from.name}, compressed with ${compression}`,
    parameters: { ...from.parameters, compression },
    from: from.name,
    write: (path, fromPath) => compressFile(fromPath, path, compression),
  }
}
