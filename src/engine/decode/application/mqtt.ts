/** MQTT 3.1, 3.1.1 and 5: the fixed header and CONNECT. OASIS MQTT 5.0 sections 2.1 and 3.1. */

import { ascii, startsWith } from './ascii.ts'

const names = [ascii('\0\x04MQTT'), ascii('\0\x06MQIsdp')]

/** Bytes of the remaining-length field at `offset`, 0 when it does not end within four bytes or `length`. */
export function mqttLengthBytes(bytes: Uint8Array, offset: number, length: number): number {
  for (let i = 0; i < 4 && i < length; i++) if ((bytes[offset + i]! & 0x80) === 0) return i + 1
  return 0
}

/** CONNECT, the packet every session starts with. */
export function looksLikeMqtt(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 12 || bytes[offset] !== 0x10) return false
  const at = 1 + mqttLengthBytes(bytes, offset + 1, length - 1)
  if (at === 1) return false
  for (const name of names) if (startsWith(bytes, offset + at, length - at, name)) return true
  return false
}

/** Any control packet whose flags and length fit: enough where the port says MQTT too. */
export function couldBeMqtt(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 2) return false
  const type = bytes[offset]! >>> 4
  const flags = bytes[offset]! & 15
  if (type === 0) return false
  const count = mqttLengthBytes(bytes, offset + 1, length - 1)
  if (count === 0) return false
  // PUBLISH carries flags of its own; SUBSCRIBE, UNSUBSCRIBE and PUBREL must say 2, the rest 0.
  const flagsFit = type === 3 ? true : type === 6 || type === 8 || type === 10 ? flags === 2 : flags === 0
  return flagsFit && (type !== 12 && type !== 13 ? true : bytes[offset + 1] === 0)
}
