/** Unpacks LZ4 frames (LZ4 Frame Format Description 1.6.4), one or several, one after the other. */

import { DecompressionFailure, damagedCompression, truncatedCompression } from './failure.ts'
import type { DecompressInput } from './input.ts'
import { unpackLz4Block } from './lz4-block.ts'
import { XxHash32 } from './xx-hash.ts'

export const LZ4_FRAME_MAGIC = 0x184d2204
/** 16 magics in a row, shared with Zstandard (RFC 8878, 3.1.2): a length and as many bytes to pass over. */
export const SKIPPABLE_FRAME_MAGIC = 0x184d2a50

/** How far back a copy may reach. */
const HISTORY_LENGTH = 65_536
/** Highest bit of a block's length: the block is stored as it is. */
const UNCOMPRESSED_BIT = 0x8000_0000

interface FrameDescriptor {
  readonly isLinked: boolean
  readonly hasBlockChecksum: boolean
  readonly hasContentChecksum: boolean
  readonly blockLengthMax: number
}

/** Yields the unpacked bytes; each chunk is valid until the next one is asked for. Throws DecompressionFailure. */
export async function* unpackLz4(input: DecompressInput): AsyncGenerator<Uint8Array, void> {
  while (await input.has(1)) {
    if (!(await input.has(4))) throw truncatedCompression('LZ4')
    const magic = input.view.getUint32(input.start, true)
    if (magic === LZ4_FRAME_MAGIC) yield* unpackFrame(input)
    else if (isSkippableFrame(magic)) await skipFrame(input)
    else throw damagedCompression('LZ4', 'what follows a frame is not a frame')
  }
}

export function isSkippableFrame(magic: number): boolean {
  return (magic & 0xfffffff0) >>> 0 === SKIPPABLE_FRAME_MAGIC
}

async function skipFrame(input: DecompressInput): Promise<void> {
  if (!(await input.has(8))) throw truncatedCompression('LZ4')
  let remaining = input.view.getUint32(input.start + 4, true)
  input.start += 8
  while (remaining > 0) {
    if (!(await input.has(1))) throw truncatedCompression('LZ4')
    const passed = Math.min(remaining, input.unreadCount)
    input.start += passed
    remaining -= passed
  }
}

async function* unpackFrame(input: DecompressInput): AsyncGenerator<Uint8Array, void> {
  const frame = await readDescriptor(input)
  // The history comes first, the block behind it; before a further block the last 64 KiB are moved to the front.
  const target = new Uint8Array(HISTORY_LENGTH + frame.blockLengthMax)
  const checksum = new XxHash32()
  let historyStart = HISTORY_LENGTH
  for (;;) {
    if (!(await input.has(4))) throw truncatedCompression('LZ4')
    const lengthWord = input.view.getUint32(input.start, true)
    input.start += 4
    if (lengthWord === 0) break
    const end = await unpackNextBlock(input, frame, lengthWord, target, historyStart)
    checksum.update(target, HISTORY_LENGTH, end)
    yield target.subarray(HISTORY_LENGTH, end)
    if (!frame.isLinked) continue
    const kept = Math.min(HISTORY_LENGTH, end - historyStart)
    target.copyWithin(HISTORY_LENGTH - kept, end - kept, end)
    historyStart = HISTORY_LENGTH - kept
  }
  if (frame.hasContentChecksum) await checkSum(input, checksum.digest(), 'the content')
}

/** Returns one past the last byte of the block in `target`. */
async function unpackNextBlock(
  input: DecompressInput,
  frame: FrameDescriptor,
  lengthWord: number,
  target: Uint8Array,
  historyStart: number,
): Promise<number> {
  const isUncompressed = lengthWord >= UNCOMPRESSED_BIT
  const length = isUncompressed ? lengthWord - UNCOMPRESSED_BIT : lengthWord
  if (length > frame.blockLengthMax) {
    throw damagedCompression('LZ4', `a block claims ${length} bytes and may have ${frame.blockLengthMax}`)
  }
  if (!(await input.has(length))) throw truncatedCompression('LZ4')
  const blockStart = input.start
  const blockEnd = blockStart + length
  let end = HISTORY_LENGTH + length
  if (isUncompressed) target.set(input.bytes.subarray(blockStart, blockEnd), HISTORY_LENGTH)
  else {
    end = unpackLz4Block(
      input.bytes,
      blockStart,
      blockEnd,
      target,
      HISTORY_LENGTH,
      target.length,
      historyStart,
    )
    if (end === -1) throw damagedCompression('LZ4', 'a block is not valid')
  }
  if (!frame.hasBlockChecksum) {
    input.start = blockEnd
    return end
  }
  const checksum = new XxHash32()
  checksum.update(input.bytes, blockStart, blockEnd)
  input.start = blockEnd
  await checkSum(input, checksum.digest(), 'a block')
  return end
}

async function checkSum(input: DecompressInput, expected: number, of: string): Promise<void> {
  if (!(await input.has(4))) throw truncatedCompression('LZ4')
  const stated = input.view.getUint32(input.start, true)
  input.start += 4
  if (stated !== expected) throw damagedCompression('LZ4', `the checksum of ${of} does not match`)
}

async function readDescriptor(input: DecompressInput): Promise<FrameDescriptor> {
  if (!(await input.has(7))) throw truncatedCompression('LZ4')
  const flags = input.bytes[input.start + 4] ?? 0
  const blockSizeCode = ((input.bytes[input.start + 5] ?? 0) >>> 4) & 7
  const hasContentSize = (flags & 0x08) !== 0
  const hasDictionary = (flags & 0x01) !== 0
  const length = 2 + (hasContentSize ? 8 : 0) + (hasDictionary ? 4 : 0)
  if (!(await input.has(4 + length + 1))) throw truncatedCompression('LZ4')
  const descriptorStart = input.start + 4
  const checksum = new XxHash32()
  checksum.update(input.bytes, descriptorStart, descriptorStart + length)
  const isSound = input.bytes[descriptorStart + length] === ((checksum.digest() >>> 8) & 0xff)
  input.start = descriptorStart + length + 1
  if (flags >>> 6 !== 1 || blockSizeCode < 4 || !isSound) {
    throw damagedCompression('LZ4', 'a frame header is not valid')
  }
  if (hasDictionary) {
    throw new DecompressionFailure(
      'unsupported-format',
      'The LZ4 data needs a dictionary that is not part of it. Unpack it with the dictionary first.',
    )
  }
  return {
    isLinked: (flags & 0x20) === 0,
    hasBlockChecksum: (flags & 0x10) !== 0,
    hasContentChecksum: (flags & 0x04) !== 0,
    blockLengthMax: 2 ** (8 + 2 * blockSizeCode),
  }
}
