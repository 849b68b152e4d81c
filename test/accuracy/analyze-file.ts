/** A capture file to what the rules say of it, without the summary around it. */

import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { gatherEvidence } from '../../src/engine/detect/gather-evidence.ts'
import { detect } from '../../src/engine/detect/detect.ts'
import type { Detection } from '../../src/engine/detect/detection.ts'
import type { Evidence } from '../../src/engine/detect/evidence.ts'
import { DEFAULT_RULE_SETTINGS, type RuleSettings } from '../../src/engine/detect/rule-settings.ts'
import { Analysis, OpenReader, type HashSecret } from '../../src/engine/index.ts'

const BLOCK_BYTES = 1 << 18
const SECRET: HashSecret = [1, 2, 3, 4]

export interface DetectedFile {
  readonly detection: Detection
  readonly evidence: Evidence
  readonly detectMs: number
}

/** Bytes of the file, unpacked when they are gzip. */
export function captureBytes(path: string): Uint8Array {
  const file = openSync(path, 'r')
  const magic = new Uint8Array(2)
  readSync(file, magic, 0, 2, 0)
  closeSync(file)
  const bytes = readFileSync(path)
  return magic[0] === 0x1f && magic[1] === 0x8b ? gunzipSync(bytes) : bytes
}

export function analyzeBytes(bytes: Uint8Array, secret: HashSecret = SECRET): Analysis {
  const reader = new OpenReader()
  const analysis = new Analysis(reader, { hashSecret: secret })
  for (let at = 0; at < bytes.length && reader.ending === null; at += BLOCK_BYTES) {
    const part = bytes.subarray(at, at + BLOCK_BYTES)
    const room = reader.writable(part.length)
    room.bytes.set(part, room.offset)
    reader.commit(part.length)
    analysis.drain()
  }
  if (reader.ending === null) reader.finish()
  analysis.drain()
  return analysis
}

export function detectBytes(
  bytes: Uint8Array,
  settings: RuleSettings = DEFAULT_RULE_SETTINGS,
  secret?: HashSecret,
): DetectedFile {
  const evidence = gatherEvidence(analyzeBytes(bytes, secret).aggregates, null)
  const start = performance.now()
  const detection = detect(evidence, settings)
  return { detection, evidence, detectMs: performance.now() - start }
}

export function detectFile(path: string, settings?: RuleSettings): DetectedFile {
  return detectBytes(captureBytes(path), settings)
}
