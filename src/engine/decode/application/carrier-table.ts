/** Framings that stand between a transport and an application in Wireshark's protocol hierarchy. */

import { Protocol, PROTOCOL_COUNT, type ProtocolName } from '../protocol-table.ts'

/** Outermost first. */
const ROWS: readonly (readonly [ProtocolName, readonly ProtocolName[]])[] = [
  ['smb', ['nbss']],
  ['smb2', ['nbss']],
  ['rdp', ['tpkt']],
  ['s7comm', ['tpkt', 'cotp']],
  ['h225', ['tpkt']],
  ['nfs', ['rpc']],
  ['mount', ['rpc']],
  ['portmap', ['rpc']],
  ['modbus', ['mbtcp']],
  ['bacnet', ['bvlc']],
  ['afp', ['dsi']],
]

const NONE: readonly number[] = []
const carriers: (readonly number[])[] = new Array<readonly number[]>(PROTOCOL_COUNT).fill(NONE)
for (const [application, names] of ROWS) carriers[Protocol[application]] = names.map((name) => Protocol[name])

/** Protocol numbers of the framings an application (a Protocol number) comes in, outermost first; empty for most. */
export function carriersOf(application: number): readonly number[] {
  return carriers[application] ?? NONE
}
