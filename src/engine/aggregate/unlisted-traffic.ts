/** What is counted when the conversation table is full: by address and by target port, so that totals stay exact. */

import { isAddress } from '../net/address-table.ts'
import type { KeyHash } from '../net/key-hash.ts'
import { CounterTable } from './counter-table.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/**
 * Addresses, and target ports, kept apart once conversations are not. 52 bytes each. They are first come, first
 * kept, and few enough to stay in the second-level cache: a flood makes every packet come here.
 */
export const UNLISTED_ADDRESS_COUNT_MAX = 1 << 15
export const UNLISTED_TARGET_COUNT_MAX = 1 << 14

export class UnlistedTraffic {
  packetCount = 0
  byteCount = 0
  /** Key: version, address, 1 when inside a tunnel. Counters: sent packets, sent bytes, received packets, received bytes. */
  readonly addresses: CounterTable
  /** Key: version and IP protocol (version << 8 | protocol), target address, target port (-1 none). Counters: packets, bytes, bare SYNs, spare. */
  readonly targets: CounterTable

  constructor(hash: KeyHash) {
    this.addresses = new CounterTable(hash, UNLISTED_ADDRESS_COUNT_MAX)
    this.targets = new CounterTable(hash, UNLISTED_TARGET_COUNT_MAX)
  }

  observe(
    version: number,
    isInner: boolean,
    src: number,
    dst: number,
    ipProtocol: number,
    dstPort: number,
    isBareSyn: boolean,
    originalLength: number,
  ): void {
    this.addMany(version, isInner, src, dst, ipProtocol, dstPort, isBareSyn ? 1 : 0, 1, originalLength)
  }

  /** `packets` packets of `bytes` bytes in all, from `src` to `dst`. */
  addMany(
    version: number,
    isInner: boolean,
    src: number,
    dst: number,
    ipProtocol: number,
    dstPort: number,
    bareSyns: number,
    packets: number,
    bytes: number,
  ): void {
    if (packets === 0) return
    const inner = isInner ? 1 : 0
    if (!isInner) {
      this.packetCount += packets
      this.byteCount += bytes
    }
    this.addresses.add(version, src, inner, packets, bytes, 0, 0)
    this.addresses.add(version, dst, inner, 0, 0, packets, bytes)
    this.targets.add((version << 8) | ipProtocol, dst, dstPort, packets, bytes, bareSyns, 0)
  }

  writePart(part: PartWriter): void {
    part.numbers('totals', [this.packetCount, this.byteCount])
    this.addresses.writePart(part.under('addresses'))
    this.targets.writePart(part.under('targets'))
  }

  /** Of empty tables; `ipv6Count` addresses are known. Throws PartError. */
  readPart(part: PartReader, ipv6Count: number): void {
    ;[this.packetCount, this.byteCount] = part.numbers('totals', 2) as unknown as [number, number]
    for (const name of ['addresses', 'targets'] as const) {
      const table = this[name]
      const section = part.under(name)
      table.readPart(section)
      for (let row = 0; row < table.count; row++) {
        const first = table.keys[row * 3]!
        const version = name === 'targets' ? first >> 8 : first
        if (!isAddress(version, table.keys[row * 3 + 1]!, ipv6Count)) {
          throw section.bad('names an address that does not exist')
        }
      }
    }
  }

  merge(later: UnlistedTraffic, addressOf: (version: number, address: number) => number): void {
    this.packetCount += later.packetCount
    this.byteCount += later.byteCount
    mergeCounters(this.addresses, later.addresses, (a) => a, addressOf)
    mergeCounters(this.targets, later.targets, (a) => a >> 8, addressOf)
  }
}

function mergeCounters(
  into: CounterTable,
  from: CounterTable,
  versionOf: (firstWord: number) => number,
  addressOf: (version: number, address: number) => number,
): void {
  for (let row = 0; row < from.count; row++) {
    const first = from.keys[row * 3]!
    const address = addressOf(versionOf(first), from.keys[row * 3 + 1]!)
    const c = from.counters
    const at = row * 4
    into.add(first, address, from.keys[row * 3 + 2]!, c[at]!, c[at + 1]!, c[at + 2]!, c[at + 3]!)
  }
  for (let i = 0; i < 4; i++) into.refused[i] = into.refused[i]! + from.refused[i]!
}
