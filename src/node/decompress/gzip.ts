/**
 * Unpacks gzip (RFC 1952): one member or several, one after the other.
 *
 * The deflate data goes through node:zlib, header and trailer are read here: zlib's own gzip reader throws away what it
 * unpacked last when the file is cut or a checksum is wrong, and says nothing of bytes behind the last member.
 */

import { crc32, createInflateRaw } from 'node:zlib'
import type { CaptureIssueKind } from '../../engine/capture/capture-note-book.ts'
import { errorCode, errorText } from '../capture/capture-file.ts'
import { engineOptions, runEngine, stepBytes } from './engine.ts'
import { damagedCompression, truncatedCompression } from './failure.ts'
import type { DecompressInput } from './input.ts'

const FLAG_HEADER_CRC = 0x02
const FLAG_EXTRA = 0x04
const FLAG_NAME = 0x08
const FLAG_COMMENT = 0x10
const FLAGS_RESERVED = 0xe0
const METHOD_DEFLATE = 8

/** Longer names and comments than this are taken for damage. */
const TEXT_LENGTH_MAX = 65_536

/** Yields the unpacked bytes; each chunk is valid until the next one is asked for. Throws DecompressionFailure. */
export async function* unpackGzip(
  input: DecompressInput,
  issues: CaptureIssueKind[],
  fileByteCount: number,
): AsyncGenerator<Uint8Array, void> {
  for (let memberCount = 0; await input.has(1); memberCount++) {
    if (memberCount > 0 && !(await startsMember(input))) {
      issues.push('garbage-after-gzip')
      return
    }
    await skipHeader(input)
    const check = { crc: 0, length: 0 }
    for await (const chunk of inflate(input, stepBytes(fileByteCount))) {
      check.crc = crc32(chunk, check.crc)
      check.length += chunk.length
      yield chunk
    }
    await checkTrailer(input, check)
  }
}

async function startsMember(input: DecompressInput): Promise<boolean> {
  return (
    (await input.has(3)) &&
    input.view.getUint16(input.start) === 0x1f8b &&
    input.bytes[input.start + 2] === METHOD_DEFLATE
  )
}

async function skipHeader(input: DecompressInput): Promise<void> {
  if (!(await input.has(10))) throw truncatedCompression('gzip')
  if (!(await startsMember(input)))
    throw damagedCompression('gzip', 'a member does not begin with its magic number')
  const flags = input.bytes[input.start + 3] ?? 0
  if ((flags & FLAGS_RESERVED) !== 0)
    throw damagedCompression('gzip', 'a member header has reserved flags set')
  input.start += 10
  if ((flags & FLAG_EXTRA) !== 0) {
    if (!(await input.has(2))) throw truncatedCompression('gzip')
    const length = input.view.getUint16(input.start, true)
    if (!(await input.has(2 + length))) throw truncatedCompression('gzip')
    input.start += 2 + length
  }
  if ((flags & FLAG_NAME) !== 0) await skipText(input)
  if ((flags & FLAG_COMMENT) !== 0) await skipText(input)
  if ((flags & FLAG_HEADER_CRC) !== 0) {
    if (!(await input.has(2))) throw truncatedCompression('gzip')
    input.start += 2
  }
}

async function skipText(input: DecompressInput): Promise<void> {
  for (let length = 0; length < TEXT_LENGTH_MAX; length++) {
    if (!(await input.has(1))) throw truncatedCompression('gzip')
    input.start += 1
    if (input.bytes[input.start - 1] === 0) return
  }
  throw damagedCompression('gzip', 'the file name or comment in a member header does not end')
}

async function checkTrailer(
  input: DecompressInput,
  check: { readonly crc: number; readonly length: number },
): Promise<void> {
  if (!(await input.has(8))) throw truncatedCompression('gzip')
  const crc = input.view.getUint32(input.start, true)
  const length = input.view.getUint32(input.start + 4, true)
  input.start += 8
  if (crc !== check.crc) throw damagedCompression('gzip', 'the checksum does not match the content')
  if (length !== check.length % 4_294_967_296)
    throw damagedCompression('gzip', 'the length does not match the content')
}

/** One deflate stream (RFC 1951). Leaves `input` at the first byte behind it. */
async function* inflate(input: DecompressInput, chunkSize: number): AsyncGenerator<Uint8Array, void> {
  const engine = createInflateRaw(engineOptions(chunkSize))
  try {
    const outcome = yield* runEngine(engine, input, input.bytes.length)
    if (outcome === 'ended') return
  } catch (error) {
    // The engine's end without the end of the data.
    if (errorCode(error) !== 'Z_BUF_ERROR') throw damagedCompression('gzip', errorText(error))
  }
  throw truncatedCompression('gzip')
}
