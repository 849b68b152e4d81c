/** IANA protocol numbers (iana.org/assignments/protocol-numbers) to the protocols of this program. */

import { Protocol } from '../protocol-table.ts'

/** Protocol number for an IANA protocol number; `data` for one without a name here, as tshark has it. */
export const protocolOfIp = new Uint8Array(256).fill(Protocol.data)

for (const [ipProtocol, protocol] of [
  [1, Protocol.icmp],
  [6, Protocol.tcp],
  [17, Protocol.udp],
  [58, Protocol.icmpv6],
] as const) {
  protocolOfIp[ipProtocol] = protocol
}
