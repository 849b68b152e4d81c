/** RPC programs this program names. IANA Remote Procedure Call (RPC) program numbers. */

import { Protocol } from '../protocol-table.ts'

/** Protocol number of an RPC program; `rpc` for those without a name here. */
export function protocolOfRpcProgram(program: number): number {
  switch (program) {
    case 100_000:
      return Protocol.portmap
    case 100_003:
      return Protocol.nfs
    case 100_005:
      return Protocol.mount
    default:
      return Protocol.rpc
  }
}
