/** A little-endian pcap file cut into several, each with the file header, as a rolling capture writes them. */

const HEADER_LENGTH = 24
const RECORD_HEADER_LENGTH = 16

/** About equally many records each. */
export function pcapCutInto(bytes: Buffer, fileCount: number): Buffer[] {
  const starts: number[] = []
  for (let at = HEADER_LENGTH; at + RECORD_HEADER_LENGTH <= bytes.length;) {
    starts.push(at)
    at += RECORD_HEADER_LENGTH + bytes.readUInt32LE(at + 8)
  }
  const header = bytes.subarray(0, HEADER_LENGTH)
  return Array.from({ length: fileCount }, (_, file) => {
    const start = starts[Math.floor((file * starts.length) / fileCount)]
    const end = starts[Math.floor(((file + 1) * starts.length) / fileCount)]
    return Buffer.concat([header, bytes.subarray(start, end)])
  })
}
