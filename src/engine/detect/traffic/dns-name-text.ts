/** A DNS name as people write it (RFC 1035 section 5.1): labels with dots, what is not printable as \DDD. */

/** `labels`: each with its length before it, without the last zero. */
export function dnsNameText(labels: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < labels.length; at += labels[at]! + 1) {
    let part = ''
    for (let i = at + 1; i <= at + labels[at]! && i < labels.length; i++) {
      const byte = labels[i]!
      const isPlain =
        (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x2d || byte === 0x5f
      part += isPlain ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`
    }
    parts.push(part)
  }
  return parts.join('.')
}
