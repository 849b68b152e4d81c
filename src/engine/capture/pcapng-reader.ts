/**
 * Reads the pcapng format: sections of blocks, each of which states its length at both ends.
 * Format: draft-ietf-opsawg-pcapng. The blocks themselves are read in pcapng/, one file a block.
 */

import { ByteWindow } from './byte-window.ts'
import type { CaptureEnding } from './capture-ending.ts'
import type { CaptureInterface } from './capture-interface.ts'
import { CAPTURE_LIMITS } from './capture-limits.ts'
import type { CaptureLimits } from './capture-limits.ts'
import { CaptureNoteBook } from './capture-note-book.ts'
import { CAPTURED_LENGTH_MAX } from './capture-reader.ts'
import type { CaptureReader } from './capture-reader.ts'
import { FedReader } from './fed-reader.ts'
import { FRAME_BATCH_MAX } from './frame-batch.ts'
import type { FrameBatch } from './frame-batch.ts'
import { recordLengthMax } from './frame-limits.ts'
import { InterfaceCeiling } from './interface-ceiling.ts'
import * as faults from './pcapng/block-faults.ts'
import * as blocks from './pcapng/block-types.ts'
import { readInterfaceDescription } from './pcapng/interface-description-block.ts'
import { readInterfaceStatistics } from './pcapng/interface-statistics-block.ts'
import { InterfaceTable } from './pcapng/interface-table.ts'
import { longPacket } from './pcapng/long-packet.ts'
import { readNameResolution } from './pcapng/name-resolution-block.ts'
import { OptionCursor } from './pcapng/option-cursor.ts'
import * as packetBlocks from './pcapng/packet-blocks.ts'
import { PassingBlock } from './pcapng/passing-block.ts'
import { readSectionHeader, sectionByteOrder, sectionVersion } from './pcapng/section-header-block.ts'
import { readSimplePacket, simplePacketCapturedLength } from './pcapng/simple-packet-block.ts'

/** What reading one block led to. Anything but `read` leaves the loop. */
type BlockOutcome = 'read' | 'read-with-frame' | 'wait' | 'stop'

export class PcapngReader extends FedReader implements CaptureReader {
  readonly format = 'pcapng'
  readonly notes = new CaptureNoteBook()
  ending: CaptureEnding | null = null
  readonly #limits: CaptureLimits
  readonly #interfaces: InterfaceTable
  readonly #options = new OptionCursor()
  #littleEndian = true
  #frameCount = 0
  /** Of the last frame handed out. */
  #lastSeconds = 0
  #lastNanoseconds = 0
  #passing: PassingBlock | null = null
  /** Found already, told once the frames before it are handed out. */
  #nextEnding: CaptureEnding | null = null

  /** `window` starts at the first byte of the file, which must be a Section Header Block's type. */
  constructor(
    window: ByteWindow = new ByteWindow(),
    limits: CaptureLimits = CAPTURE_LIMITS,
    ceiling: InterfaceCeiling = new InterfaceCeiling(limits),
  ) {
    super(window)
    this.#limits = limits
    this.#interfaces = new InterfaceTable(ceiling)
  }

  get interfaces(): readonly CaptureInterface[] {
    return this.#interfaces.listed
  }

  get byteOffset(): number {
    return this.#passing?.byteOffset ?? this.window.byteOffset
  }

  next(batch: FrameBatch): number {
    batch.count = 0
    if (this.ending !== null) return 0
    batch.bytes = this.window.bytes
    const count = this.#nextEnding === null ? this.#fill(batch) : 0
    if (count === 0) {
      this.ending = this.#nextEnding
      return 0
    }
    batch.count = count
    this.#frameCount += count
    this.#lastSeconds = batch.seconds[count - 1]!
    this.#lastNanoseconds = batch.nanoseconds[count - 1]!
    this.#countPerInterface(batch)
    return count
  }

  #fill(batch: FrameBatch): number {
    let count = 0
    while (count < FRAME_BATCH_MAX) {
      if (this.#passing !== null) {
        const { longRecord } = this.#passing
        if (!this.#letPass(this.#passing, count)) return count
        if (longRecord !== null) {
          longRecord.emit(batch)
          this.notes.addIssue('captured-bytes-skipped', this.#frameCount + 1)
          this.notes.capturedBytesNotKept += longRecord.skippedCount
          return 1
        }
      }
      count = packetBlocks.readPacketBlocks(
        this.window,
        this.#littleEndian,
        this.#interfaces,
        this.#options,
        this.notes,
        batch,
        count,
        this.#frameCount,
        this.#limits.blockLengthMax,
      )
      if (count === FRAME_BATCH_MAX) break
      const outcome = this.#readBlock(batch, count)
      if (outcome === 'read-with-frame') count += 1
      else if (outcome !== 'read') break
    }
    return count
  }

  /** Read the block at the window's start, which the loop over packet blocks did not take. */
  #readBlock(batch: FrameBatch, count: number): BlockOutcome {
    const { view, start, unreadCount } = this.window
    if (unreadCount < blocks.BLOCK_OVERHEAD) return this.#waitOrEnd(unreadCount, null)
    const type = view.getUint32(start, this.#littleEndian)
    if (type === blocks.SECTION_HEADER_BLOCK) {
      const byteOrder = sectionByteOrder(view, start + 8)
      if (byteOrder === null) return this.#end(faults.BAD_BYTE_ORDER_MAGIC)
      // Set before the length can be read; every block from here on is in this order.
      this.#littleEndian = byteOrder === 'little-endian'
    }
    const length = view.getUint32(start + 4, this.#littleEndian)
    const lengthFault = faults.lengthFault(type, length)
    if (lengthFault !== null) return this.#end(lengthFault)
    if (blocks.isPacketBlock(type)) {
      // With fewer bytes a fault would be named differently from one block size to the other.
      if (unreadCount < packetBlocks.PACKET_DATA_OFFSET) return this.#waitOrEnd(unreadCount, type)
      const outcome = this.#examinePacketBlock(type, length, count)
      if (outcome !== null) return outcome
    }
    if (length > this.#limits.blockLengthMax) return this.#readOverlongBlock(type, length)
    if (length > unreadCount) {
      // What has nothing to read inside need not be waited for.
      return blocks.isUnderstoodBlock(type) ? this.#waitOrEnd(unreadCount, type) : this.#passBy(type, length)
    }
    const trailer = view.getUint32(start + length - 4, this.#littleEndian)
    if (trailer !== length) return this.#end(faults.lengthMismatch(type, length, trailer))
    const outcome = this.#readCompleteBlock(type, length, batch, count)
    if (outcome !== 'stop') this.window.start = start + length
    return outcome
  }

  /** A block that lies in the window from its first to its last byte. */
  #readCompleteBlock(type: number, length: number, batch: FrameBatch, count: number): BlockOutcome {
    const { bytes, view, start } = this.window
    const body = { bytes, view, start: start + 8, end: start + length - 4, littleEndian: this.#littleEndian }
    const nextFrame = this.#frameCount + count + 1
    switch (type) {
      case blocks.SECTION_HEADER_BLOCK: {
        const { major, minor } = sectionVersion(body)
        // 1.2 is what some writers call 1.0; both reference readers take it for that and refuse all others.
        if (major !== 1 || (minor !== 0 && minor !== 2)) {
          return this.#end(faults.unsupportedVersion(major, minor))
        }
        this.#interfaces.startSection()
        readSectionHeader(body, this.#options, this.notes, nextFrame)
        return 'read'
      }
      case blocks.INTERFACE_DESCRIPTION_BLOCK: {
        const place = this.#interfaces.add(
          readInterfaceDescription(body, this.#options, this.notes, nextFrame),
        )
        if (place === 'refused') return this.#end(faults.tooManyInterfaces(this.#limits.interfaceCountMax))
        if (place === 'counted') this.notes.addIssue('interface-not-listed', nextFrame)
        return 'read'
      }
      case blocks.SIMPLE_PACKET_BLOCK: {
        const { firstOfSection } = this.#interfaces
        if (firstOfSection === this.#interfaces.count) return this.#end(faults.unknownInterface(type, 0, 0))
        const captured = simplePacketCapturedLength(body, this.#interfaces.snaplens[firstOfSection] ?? 0)
        if (captured > CAPTURED_LENGTH_MAX) {
          return this.#end(faults.packetTooLong(captured, CAPTURED_LENGTH_MAX))
        }
        const seconds = count === 0 ? this.#lastSeconds : batch.seconds[count - 1]!
        const nanoseconds = count === 0 ? this.#lastNanoseconds : batch.nanoseconds[count - 1]!
        readSimplePacket(body, this.#interfaces, captured, batch, count, seconds, nanoseconds)
        return 'read-with-frame'
      }
      case blocks.NAME_RESOLUTION_BLOCK:
        readNameResolution(body, this.#options, this.notes, nextFrame)
        return 'read'
      case blocks.INTERFACE_STATISTICS_BLOCK:
        readInterfaceStatistics(body, this.#options, this.#interfaces, this.notes, nextFrame)
        return 'read'
      default:
        this.#notePassedBlock(type, nextFrame)
        return 'read'
    }
  }

  /** Why did the loop over packet blocks not take this one? Null when it is sound so far, and only incomplete. */
  #examinePacketBlock(type: number, length: number, count: number): BlockOutcome | null {
    const { view, start } = this.window
    const id = packetBlocks.packetInterfaceId(view, start, type, this.#littleEndian)
    const { firstOfSection, count: interfaceCount } = this.#interfaces
    const index = firstOfSection + id
    if (index >= interfaceCount) {
      return this.#end(faults.unknownInterface(type, id, interfaceCount - firstOfSection))
    }
    const captured = view.getUint32(start + packetBlocks.CAPTURED_LENGTH_OFFSET, this.#littleEndian)
    const room = length - packetBlocks.PACKET_BLOCK_LENGTH_MIN
    if (captured > room) return this.#end(faults.packetExceedsBlock(captured, room))
    const limit = recordLengthMax(this.#interfaces.linkTypes[index] ?? 0)
    if (captured > limit) return this.#end(faults.packetTooLong(captured, limit))
    if (captured <= CAPTURED_LENGTH_MAX) return null
    // A long packet has a batch of its own, so those before it go first.
    if (count > 0) return 'wait'
    const longRecord = longPacket(
      this.window,
      this.#littleEndian,
      this.#interfaces,
      index,
      this.notes,
      this.#frameCount + 1,
    )
    this.#passing = new PassingBlock(
      this.window.byteOffset,
      type,
      length,
      packetBlocks.PACKET_DATA_OFFSET,
      longRecord,
    )
    this.window.start += packetBlocks.PACKET_DATA_OFFSET
    return 'read'
  }

  #readOverlongBlock(type: number, length: number): BlockOutcome {
    if (!blocks.isNeededBlock(type)) return this.#passBy(type, length)
    return this.#end(faults.overlongBlock(type, length, this.#limits.blockLengthMax))
  }

  #passBy(type: number, length: number): BlockOutcome {
    this.#passing = new PassingBlock(this.window.byteOffset, type, length, blocks.BLOCK_HEAD_LENGTH, null)
    this.window.start += blocks.BLOCK_HEAD_LENGTH
    return 'read'
  }

  /** False when the block is not over yet, or ended the capture. `count` frames of the batch come before it. */
  #letPass(passing: PassingBlock, count: number): boolean {
    if (!passing.consume(this.window)) {
      this.#waitOrEnd(this.window.byteOffset + this.window.unreadCount - passing.byteOffset, passing.type)
      return false
    }
    const { view, start } = this.window
    const trailer = view.getUint32(start, this.#littleEndian)
    if (trailer !== passing.length) {
      this.#end(faults.lengthMismatch(passing.type, passing.length, trailer))
      return false
    }
    this.window.start += 4
    this.#passing = null
    if (passing.longRecord === null) this.#notePassedBlock(passing.type, this.#frameCount + count + 1)
    return true
  }

  #notePassedBlock(type: number, nextFrame: number): void {
    if (type === blocks.DECRYPTION_SECRETS_BLOCK) this.notes.secretsBlockCount += 1
    else if (blocks.isUnderstoodBlock(type)) this.notes.addIssue('block-skipped', nextFrame)
    else if (!blocks.isCustomBlock(type)) this.notes.addIssue('unknown-block', nextFrame)
  }

  #countPerInterface(batch: FrameBatch): void {
    const { interfaceIndex, count } = batch
    for (let first = 0; first < count;) {
      const index = interfaceIndex[first] ?? 0
      let last = first + 1
      while (last < count && interfaceIndex[last] === index) last += 1
      const described = this.#interfaces.listed[index]
      if (described !== undefined) described.packetCount += last - first
      first = last
    }
  }

  /** More bytes are needed; when none will come this is the end. `type` is the block's that began, null between blocks. */
  #waitOrEnd(presentCount: number, type: number | null): BlockOutcome {
    if (!this.isFinished) return 'wait'
    if (this.interruption !== null) return this.#end(this.interruption)
    if (this.notes.sectionCount === 0) {
      const detail = `The file ends ${presentCount} bytes into its Section Header Block.`
      return this.#end({ kind: 'truncated-file-header', detail })
    }
    if (presentCount === 0) return this.#end({ kind: 'complete', detail: '' })
    const what = type === null ? 'a block' : blocks.aBlockOfType(type)
    return this.#end({
      kind: 'truncated-record',
      detail: `The capture ends ${presentCount} bytes into ${what}.`,
    })
  }

  #end({ kind, detail }: faults.BlockFault): BlockOutcome {
    this.#nextEnding = { kind, byteOffset: this.byteOffset, detail }
    return 'stop'
  }
}
