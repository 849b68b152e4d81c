/** Who talks to whom: the addresses with most bytes among the conversations that pass a filter, and what they exchange. */

import type { Matrix } from '../../contract/index.ts'
import type { ConversationColumns } from '../rows/conversations.ts'

const CELLS_MAX = 10_000

/** Cells of the top `addressCountMax` addresses; what they leave out is counted. Largest cells first. */
export function matrixOf(
  columns: ConversationColumns,
  rows: Uint32Array,
  addressCountMax: number,
  isPartial: boolean,
): Matrix {
  const originators = columns.texts('originator')!.ids
  const responders = columns.texts('responder')!.ids
  const packets = columns.numbers('packetCount')!
  const bytes = columns.numbers('byteCount')!
  const outBytes = columns.numbers('originatorByteCount')!
  const backBytes = columns.numbers('responderByteCount')!

  const byteSums = new Float64Array(columns.addresses.size)
  const isSeen = new Uint8Array(byteSums.length)
  let matchingByteCount = 0
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!
    const [originator, responder] = [originators[row]!, responders[row]!]
    isSeen[originator] = isSeen[responder] = 1
    byteSums[originator]! += bytes[row]!
    if (responder !== originator) byteSums[responder]! += bytes[row]!
    matchingByteCount += bytes[row]!
  }

  const top = largest(byteSums, isSeen, addressCountMax)
  const placeOf = new Int32Array(byteSums.length).fill(-1)
  for (const [place, id] of top.entries()) placeOf[id] = place

  const cells = new Map<number, [number, number, number, number, number, number]>()
  let listedByteCount = 0
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!
    const [from, to] = [placeOf[originators[row]!]!, placeOf[responders[row]!]!]
    if (from === -1 || to === -1) continue
    const key = from * addressCountMax + to
    let cell = cells.get(key)
    if (cell === undefined) cells.set(key, (cell = [from, to, 0, 0, 0, 0]))
    cell[2] += outBytes[row]!
    cell[3] += backBytes[row]!
    cell[4] += packets[row]!
    cell[5]++
    listedByteCount += bytes[row]!
  }
  return {
    addresses: top.map((id) => columns.addresses.text(id)),
    byteCounts: top.map((id) => byteSums[id]!),
    cells: [...cells.values()].sort((a, b) => b[2] + b[3] - a[2] - a[3]).slice(0, CELLS_MAX),
    addressCount: isSeen.reduce((count, seen) => count + seen, 0),
    matchingByteCount,
    listedByteCount,
    isPartial,
  }
}

/** Ids of the `countMax` largest sums that were seen, largest first, equal ones by id. */
function largest(sums: Float64Array, isSeen: Uint8Array, countMax: number): number[] {
  const top: number[] = []
  for (let id = 0; id < sums.length; id++) {
    if (isSeen[id] === 0) continue
    if (top.length === countMax && sums[id]! <= sums[top.at(-1)!]!) continue
    let place = top.length
    while (place > 0 && sums[top[place - 1]!]! < sums[id]!) place--
    top.splice(place, 0, id)
    if (top.length > countMax) top.pop()
  }
  return top
}
