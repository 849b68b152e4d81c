/** A cheap first look: can this payload begin an application message worth reading in detail? */

/**
 * Decides by the packet alone, never by what its conversation showed before, so that a capture cut in two gives the
 * same messages. Bulk data gets past it once in some hundred packets, and is then refused by the decoder.
 */
const PORT_BITS = new Uint8Array(8192)
const PREFIX_BITS = new Uint8Array(8192)

/** Ports whose protocols have messages without a telling first word. */
// prettier-ignore
const DETAIL_PORTS = [
  21, 22, 23, 25, 53, 67, 68, 69, 88, 110, 111, 123, 135, 137, 138, 139, 143, 161, 162, 389, 445, 500, 502,
  514, 546, 547, 587, 853, 1433, 1812, 1813, 1883, 1900, 2404, 3268, 3306, 3389, 3478, 4500, 5004, 5060,
  5061, 5222, 5353, 5355, 5432, 5683, 5900, 6379, 6667, 8883, 11211, 20000, 27017, 44818, 47808, 51820,
]

/** First two bytes of messages that tell themselves on any port. */
// prettier-ignore
const DETAIL_PREFIXES = [
  'GE', 'PO', 'PU', 'HE', 'DE', 'OP', 'PA', 'CO', 'TR', 'HT', 'PR', 'MK', 'RE', 'SS', 'US', 'EH', 'AU', 'MA', 'RC',
  'IN', 'SI', 'NO', 'M-', 'SU', 'BY', 'CA', 'AC', 'NI', 'JO', 'QU', 'LO', '\x16\x03', '\x13B', 'd1', '* ', '+O',
  '-E', '22', '23', '33', '53', '55', '42', '45', '\x15\x03', 'RF', '*1', '*2', '*3', '*4', '*5',
]

for (const port of DETAIL_PORTS) PORT_BITS[port >> 3] = PORT_BITS[port >> 3]! | (1 << (port & 7))
for (const prefix of DETAIL_PREFIXES) {
  const word = (prefix.charCodeAt(0) << 8) | prefix.charCodeAt(1)
  PREFIX_BITS[word >> 3] = PREFIX_BITS[word >> 3]! | (1 << (word & 7))
}

/** `srcPort` and `dstPort` are 0 to 65,535; `length` counts captured payload bytes at `offset`. */
export function mayStartMessage(
  bytes: Uint8Array,
  offset: number,
  length: number,
  srcPort: number,
  dstPort: number,
): boolean {
  if (length < 2) return false
  if ((PORT_BITS[srcPort >> 3]! >> (srcPort & 7)) & 1 || (PORT_BITS[dstPort >> 3]! >> (dstPort & 7)) & 1)
    return true
  const word = (bytes[offset]! << 8) | bytes[offset + 1]!
  return ((PREFIX_BITS[word >> 3]! >> (word & 7)) & 1) !== 0
}
