/** Unpacks Zstandard (RFC 8878) with what Node brings, and before Node 22.15 with the official decoder as WebAssembly. */

import * as zlib from 'node:zlib'
import { errorCode, errorText } from '../capture/capture-file.ts'
import { engineOptions, runEngine, stepBytes } from './engine.ts'
import { DecompressionFailure, damagedCompression, truncatedCompression } from './failure.ts'
import type { DecompressInput } from './input.ts'
import { unpackZstdByWasm } from './zstd-wasm.ts'

/** Does this Node unpack Zstandard itself? */
export const HAS_NATIVE_ZSTD = 'createZstdDecompress' in zlib

/** Yields the unpacked bytes; each chunk is valid until the next one is asked for. Throws DecompressionFailure. */
export function unpackZstd(input: DecompressInput, fileByteCount: number): AsyncGenerator<Uint8Array, void> {
  return HAS_NATIVE_ZSTD ? unpackNatively(input, fileByteCount) : unpackZstdByWasm(input)
}

async function* unpackNatively(
  input: DecompressInput,
  fileByteCount: number,
): AsyncGenerator<Uint8Array, void> {
  const step = stepBytes(fileByteCount)
  try {
    // One engine reads frame after frame as long as each ends where a step does, and stops in a step otherwise.
    while (await input.has(1)) yield* runEngine(zlib.createZstdDecompress(engineOptions(step)), input, step)
  } catch (error) {
    throw failureOf(error)
  }
}

function failureOf(error: unknown): Error {
  switch (errorCode(error)) {
    case 'Z_BUF_ERROR':
      return truncatedCompression('Zstandard')
    case 'ZSTD_error_frameParameter_windowTooLarge':
      return new DecompressionFailure(
        'unsupported-format',
        'The Zstandard data needs more than 128 MiB of memory. Unpack it first, such as with: zstd -d --long=31',
      )
    default:
      return damagedCompression('Zstandard', errorText(error))
  }
}
