/** The protocol hierarchy as a trie of paths: one node a distinct stack such as eth, ip, tcp. */

import { PROTOCOL_COUNT } from './protocol-table.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/** Distinct stacks kept apart. Real captures have tens; a crafted one could make any number. */
export const PATH_COUNT_MAX = 4096
/** Protocols in one path: beyond it the deepest kept node counts. Wireshark's own limit on layers is larger. */
export const PATH_DEPTH_MAX = 40

/** The node every frame starts at. */
export const ROOT_PATH = 0

export class ProtocolPaths {
  pathCount = 1
  readonly parent = new Uint16Array(PATH_COUNT_MAX)
  readonly protocol = new Uint8Array(PATH_COUNT_MAX)
  readonly depth = new Uint8Array(PATH_COUNT_MAX)
  /** Frames whose deepest protocol is this node, and their original bytes. */
  readonly packetCount = new Float64Array(PATH_COUNT_MAX)
  readonly byteCount = new Float64Array(PATH_COUNT_MAX)
  /** Times a node was wanted that the ceilings refused. */
  refusedCount = 0
  #children = new Uint16Array(64 * PROTOCOL_COUNT)

  /** The node for `protocol` under `path`; `path` itself when a ceiling is reached. */
  child(path: number, protocol: number): number {
    const known = this.#children[path * PROTOCOL_COUNT + protocol]!
    return known !== 0 ? known : this.#add(path, protocol)
  }

  /** Count one frame at the node where its decoding ended. */
  count(path: number, originalLength: number): void {
    this.packetCount[path] = this.packetCount[path]! + 1
    this.byteCount[path] = this.byteCount[path]! + originalLength
  }

  /** Count a frame at another node than it was counted at: what it is was known only later. */
  move(from: number, to: number, originalLength: number): void {
    this.packetCount[from] = this.packetCount[from]! - 1
    this.byteCount[from] = this.byteCount[from]! - originalLength
    this.count(to, originalLength)
  }

  #add(path: number, protocol: number): number {
    if (this.pathCount === PATH_COUNT_MAX || this.depth[path]! >= PATH_DEPTH_MAX) {
      this.refusedCount++
      return path
    }
    const added = this.pathCount++
    if (this.pathCount * PROTOCOL_COUNT > this.#children.length) {
      const grown = new Uint16Array(this.#children.length * 2)
      grown.set(this.#children)
      this.#children = grown
    }
    this.parent[added] = path
    this.protocol[added] = protocol
    this.depth[added] = this.depth[path]! + 1
    this.#children[path * PROTOCOL_COUNT + protocol] = added
    return added
  }

  /** The nodes in the order of their numbers. */
  writePart(part: PartWriter): void {
    part.add('parent', this.parent.subarray(0, this.pathCount))
    part.add('protocol', this.protocol.subarray(0, this.pathCount))
    part.add('packetCount', this.packetCount.subarray(0, this.pathCount))
    part.add('byteCount', this.byteCount.subarray(0, this.pathCount))
    part.numbers('refused', [this.refusedCount])
  }

  /** Of an empty trie. Throws PartError. */
  readPart(part: PartReader): void {
    const parent = part.uint16('parent', PATH_COUNT_MAX)
    const protocol = part.exactly(part.uint8('protocol', PATH_COUNT_MAX), parent.length)
    for (let node = 1; node < parent.length; node++) {
      if (parent[node]! >= node || protocol[node]! >= PROTOCOL_COUNT) throw part.bad('has an impossible node')
      if (this.child(parent[node]!, protocol[node]!) !== node) throw part.bad('has a node twice')
    }
    if (this.pathCount !== parent.length) throw part.bad('has no root')
    this.packetCount.set(part.numbers('packetCount', parent.length))
    this.byteCount.set(part.numbers('byteCount', parent.length))
    this.refusedCount = part.numbers('refused', 1)[0]!
  }

  /** Add another part's counts. Returns, for each of its nodes, our node: rows that point at nodes need it. */
  merge(later: ProtocolPaths): Uint16Array {
    const ours = new Uint16Array(later.pathCount)
    for (let node = 1; node < later.pathCount; node++) {
      ours[node] = this.child(ours[later.parent[node]!]!, later.protocol[node]!)
    }
    for (let node = 0; node < later.pathCount; node++) {
      const mine = ours[node]!
      this.packetCount[mine] = this.packetCount[mine]! + later.packetCount[node]!
      this.byteCount[mine] = this.byteCount[mine]! + later.byteCount[node]!
    }
    this.refusedCount += later.refusedCount
    return ours
  }
}
