/** What a chip of the filter asks of a text: an address or block, a port or range, a word. */

import type { FilterChip } from '../../contract/index.ts'
import { addressBlock, isInBlock } from './address.ts'
import { poolFlags, type TextPool } from './columns.ts'

/** Flags for the addresses of a pool that one of the chip's values names; blocks and single addresses alike. */
export function addressFlags(pool: TextPool, chip: FilterChip): Uint8Array {
  const addresses = pool.addresses()
  const lower = pool.lowerCase()
  const words = chip.values.map((value) => value.trim().toLowerCase())
  const blocks = words.map(addressBlock).filter((block) => block !== null)
  const exact = new Set(words)
  return poolFlags(
    pool,
    (id) => exact.has(lower[id]!) || blocks.some((block) => isInBlock(addresses, id, block)),
  )
}

/** Flags for the texts of a pool that equal one of the chip's values, without regard to case. */
export function wordFlags(pool: TextPool, chip: FilterChip): Uint8Array {
  const lower = pool.lowerCase()
  const words = new Set(chip.values.map((value) => value.trim().toLowerCase()))
  const flags = poolFlags(pool, (id) => words.has(lower[id]!))
  if (words.has('')) flags[0] = 1
  return flags
}

/** One flag per port for the chip's values such as `443` or `1-1023`. */
export function portFlags(chip: FilterChip): Uint8Array {
  const flags = new Uint8Array(65536)
  for (const value of chip.values) markPorts(flags, value)
  return flags
}

/** Mark the ports of a list such as `21-25,80,443`; what is no port is left out. */
export function markPorts(flags: Uint8Array, text: string): void {
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?$/.exec(part)
    if (match === null) continue
    const from = Number(match[1])
    const to = match[2] === undefined ? from : Number(match[2])
    if (to <= 65535 && from <= to) flags.fill(1, from, to + 1)
  }
}

/** True when any port of the list `text` is flagged. */
export function hasFlaggedPort(flags: Uint8Array, text: string): boolean {
  const ports = new Uint8Array(65536)
  markPorts(ports, text)
  return ports.some((isPort, port) => isPort === 1 && flags[port] === 1)
}
