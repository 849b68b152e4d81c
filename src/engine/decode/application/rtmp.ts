/** RTMP's handshake: version 3, a time, four zeros or a version, random bytes. Adobe RTMP 1.0 section 5.2. */

const HANDSHAKE_LENGTH = 1537

/** The whole first chunk, or its start where a segment cuts it. Only where the port says RTMP. */
export function couldBeRtmp(bytes: Uint8Array, offset: number, length: number): boolean {
  return length >= 9 && bytes[offset] === 3 && length <= 2 * HANDSHAKE_LENGTH
}
