/** Zabbix's header. Zabbix manual, Header and data length. */

import { ascii, startsWith } from './ascii.ts'

const start = ascii('ZBXD')

export function looksLikeZabbix(bytes: Uint8Array, offset: number, length: number): boolean {
  return length >= 13 && startsWith(bytes, offset, length, start) && bytes[offset + 4]! < 8
}
