/** Kafka requests: length, API key, API version. Apache Kafka protocol guide. */

import { readU16, readU32 } from '../bytes.ts'

/** Only where the port says Kafka. */
export function couldBeKafka(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 14 || readU32(bytes, offset) < 10 || readU32(bytes, offset) > 1 << 27) return false
  return readU16(bytes, offset + 4) < 128 && readU16(bytes, offset + 6) < 32
}
