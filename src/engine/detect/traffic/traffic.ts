/** All rules beside the scans, in a fixed order: floods first, as they explain hosts to those after them. */

import { backscatters } from './backscatter.ts'
import { beacons } from './beacons.ts'
import { guessedLogins } from './brute-force.ts'
import { icmpFloods, udpFloods } from './packet-floods.ts'
import { reflections } from './reflection.ts'
import { repeatedServices } from './repeated-connections.ts'
import { singleConversations } from './single-conversations.ts'
import { spoofedClaims } from './spoofed-claims.ts'
import { synFloods } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

export function findTraffic(context: TrafficContext): TrafficDraft[] {
  const { limits } = context
  const floods = [
    ...reflections(context),
    ...backscatters(context),
    ...synFloods(context),
    ...udpFloods(context),
    ...icmpFloods(context),
  ]
  const services = repeatedServices(
    context,
    Math.min(limits.beacon.connections, limits['brute-force'].attempts),
  )
  return [
    ...floods,
    ...guessedLogins(context, services),
    ...spoofedClaims(context),
    ...beacons(context, services),
    ...singleConversations(context),
  ]
}
