/** CRC-32 of bytes, which finds what storage and transfer damage. ISO 3309, ITU-T V.42 section 8.1.1.6.2. */

const POLYNOMIAL = 0xedb88320
/** Bytes taken at once: four table look-ups that do not wait for each other. */
const SLICES = 4

const tables = Array.from({ length: SLICES }, () => new Int32Array(256))
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ ((remainder & 1) === 0 ? 0 : POLYNOMIAL)
  tables[0]![byte] = remainder
}
for (let slice = 1; slice < SLICES; slice++) {
  for (let byte = 0; byte < 256; byte++) {
    const before = tables[slice - 1]![byte]!
    tables[slice]![byte] = (before >>> 8) ^ tables[0]![before & 255]!
  }
}
const [t0, t1, t2, t3] = tables as [Int32Array, Int32Array, Int32Array, Int32Array]

/** The checksum as an unsigned 32-bit integer. */
export function checksum(bytes: Uint8Array): number {
  const wholeLength = bytes.length & ~3
  let crc = -1
  for (let at = 0; at < wholeLength; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    crc = t3[crc & 255]! ^ t2[(crc >>> 8) & 255]! ^ t1[(crc >>> 16) & 255]! ^ t0[crc >>> 24]!
  }
  for (let at = wholeLength; at < bytes.length; at++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[at]!) & 255]!
  return ~crc >>> 0
}
