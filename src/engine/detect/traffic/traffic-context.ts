/** What every rule beside the scans is given. */

import { type ConversationView } from '../../aggregate/conversation-view.ts'
import type { HostIndex } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import type { ExplainedHosts } from '../explained-hosts.ts'
import type { RuleLimits } from '../rules.ts'

export interface TrafficContext {
  readonly table: AttemptTable
  readonly bySource: HostIndex
  readonly byTarget: HostIndex
  readonly limits: RuleLimits
  /** A reader of records, shared: call `go` before use. */
  readonly view: ConversationView
  /** 1 for hosts that a scan rule has flagged. */
  readonly isScanner: Uint8Array
  /** Hosts that a rule has explained, with the reason `dismissed` gives. */
  readonly explained: ExplainedHosts
}
