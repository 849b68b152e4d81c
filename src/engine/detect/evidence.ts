/** What the rules may look at: the merged evidence of a whole capture, never a packet. */

import type { ApplicationActivity } from '../aggregate/application/application-activity.ts'
import type { ConversationHosts } from '../aggregate/conversation-hosts.ts'
import type { ConversationTable } from '../aggregate/conversation-table.ts'
import type { HardwareClaims } from '../aggregate/hardware-claims.ts'
import type { TcpDirections } from '../aggregate/tcp-directions.ts'
import type { UnlistedTraffic } from '../aggregate/unlisted-traffic.ts'
import type { ProtocolPaths } from '../decode/protocol-path.ts'
import type { AddressTable } from '../net/address-table.ts'
import type { KeyHash } from '../net/key-hash.ts'

/**
 * Every decision is a function of this, so it is the same whether one worker saw the capture or many. Conversations
 * are records of aggregate/conversation-row, in the order of their first frame.
 */
export interface Evidence {
  readonly conversations: ConversationTable
  /** The hosts of the records. */
  readonly hosts: ConversationHosts
  /** IPv6 numbers of the records back to addresses. */
  readonly addresses: AddressTable
  /** The stacks that the records' path nodes stand for. */
  readonly paths: ProtocolPaths
  readonly hardwareClaims: HardwareClaims
  readonly applications: ApplicationActivity
  readonly unlisted: UnlistedTraffic
  readonly tcpDirections: TcpDirections
  /** For the tables that rules build: keyed with the run's secret. */
  readonly hash: KeyHash
  /** First and last time of the capture; null when no packet carries one. */
  readonly firstTime: { readonly seconds: number; readonly nanoseconds: number } | null
  readonly lastTime: { readonly seconds: number; readonly nanoseconds: number } | null
  readonly packetCount: number
  readonly truncatedPacketCount: number
  readonly disorderedPacketCount: number
  readonly droppedPacketCount: number | null
}
