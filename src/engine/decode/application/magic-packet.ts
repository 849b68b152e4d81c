/** Wake-on-LAN in a datagram: six bytes of ones, then one hardware address sixteen times. AMD publication 20213, Magic Packet Technology. */

const SYNCHRONISATION_LENGTH = 6
const ADDRESS_LENGTH = 6
const ADDRESS_COUNT = 16

/** A password of four or six bytes may follow. */
export function looksLikeMagicPacket(bytes: Uint8Array, offset: number, length: number): boolean {
  const address = offset + SYNCHRONISATION_LENGTH
  const end = address + ADDRESS_LENGTH * ADDRESS_COUNT
  if (offset + length < end) return false
  for (let at = offset; at < address; at++) if (bytes[at] !== 0xff) return false
  for (let at = address + ADDRESS_LENGTH; at < end; at++)
    if (bytes[at] !== bytes[at - ADDRESS_LENGTH]) return false
  return true
}
