/** DNS queries and captures of very many interfaces: what makes the tables of names and of interfaces grow. */

import { closeSync, openSync, writeSync } from 'node:fs'
import {
  at,
  concat,
  dnsQuery,
  enhancedPacket,
  ethernet,
  interfaceDescription,
  ipv4,
  sectionHeader,
  START,
  udp,
} from '../../test/traffic/index.ts'
import { CaptureSink } from './capture-sink.ts'

const QUERIES_PER_SECOND = 10_000
/** Digits of the number that makes each name another. */
const DIGITS = 8

/** `nameCount` queries of one host, each for a name never asked before; checksums stay the template's. */
export function writeDnsNames(path: string, nameCount: number): number {
  const sink = new CaptureSink(path, 'pcap')
  const marker = '0'.repeat(DIGITS)
  const query = dnsQuery({ id: 7, name: `${marker}.tunnel.example` })
  const template = ethernet(
    {},
    ipv4(
      { source: '10.0.0.1', destination: '10.0.0.53' },
      udp({ sourcePort: 40_000, destinationPort: 53 }, query),
    ),
  )
  const digitsAt = template.length - query.length + 13
  for (let i = 0; i < nameCount; i++) {
    const to = sink.begin(template.length, START.seconds * 1e6 + Math.floor((i * 1e6) / QUERIES_PER_SECOND))
    sink.bytes.set(template, to)
    for (let digit = 0, rest = i; digit < DIGITS; digit++, rest = Math.floor(rest / 10)) {
      sink.bytes[to + digitsAt + DIGITS - 1 - digit] = 0x30 + (rest % 10)
    }
  }
  sink.close()
  return sink.frameCount
}

/** A pcapng file that describes `interfaceCount` interfaces, each with a name and one frame. */
export function writeManyInterfaces(path: string, interfaceCount: number): number {
  const file = openSync(path, 'w')
  writeSync(file, sectionHeader())
  const inPieces = (make: (id: number) => Uint8Array): void => {
    for (let id = 0; id < interfaceCount; id += 1_000) {
      const count = Math.min(1_000, interfaceCount - id)
      writeSync(file, concat(...Array.from({ length: count }, (_, i) => make(id + i))))
    }
  }
  inPieces((id) => interfaceDescription({ name: `if${id}`, resolution: 9 }))
  const bytes = ethernet(
    {},
    ipv4({ source: '10.0.0.1', destination: '10.0.0.2' }, udp({ sourcePort: 9, destinationPort: 9 })),
  )
  inPieces((id) => enhancedPacket({ time: at(Math.floor(id / 1_000)), bytes, interfaceId: id }))
  closeSync(file)
  return interfaceCount
}
