/** All rules beside the scans, in a fixed order: floods first, as they explain hosts to those after them. */

import { groupsBy } from '../groups-by-sorting.ts'
import { namePoisoners, rogueDhcpServers } from './answerers.ts'
import { backscatters } from './backscatter.ts'
import { beacons, CONTACTS_MIN, type Beacon } from './beacons.ts'
import { guessedLogins } from './brute-force.ts'
import { dnsTunnels, generatedNames } from './dns-names.ts'
import { ftpBounces } from './ftp-bounce.ts'
import { cleartextCredentials, refusedLogins } from './logins.ts'
import { handshakeReflections } from './handshake-reflection.ts'
import { icmpFloods, udpFloods } from './packet-floods.ts'
import { reflections } from './reflection.ts'
import { repeatedServices } from './repeated-connections.ts'
import { reverseSweeps } from './reverse-sweep.ts'
import { singleConversations } from './single-conversations.ts'
import { spoofedClaims } from './spoofed-claims.ts'
import { synFloods } from './syn-flood.ts'
import { tcpFloods } from './tcp-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

export interface Traffic {
  readonly drafts: readonly TrafficDraft[]
  /** Services contacted evenly, in a capture too short to tell a beacon by. */
  readonly tooShort: readonly Beacon[]
}

export function findTraffic(context: TrafficContext): Traffic {
  const { limits } = context
  const floods = [
    ...reflections(context),
    ...handshakeReflections(context),
    ...backscatters(context),
    ...synFloods(context),
    ...udpFloods(context),
    ...icmpFloods(context),
    ...tcpFloods(context),
  ]
  const services = repeatedServices(context, Math.min(CONTACTS_MIN, limits['brute-force'].attempts))
  const { drafts, tooShort } = beacons(context, services)
  const all = [
    ...floods,
    ...logins(refusedLogins(context), guessedLogins(context, services)),
    ...cleartextCredentials(context),
    ...rogueDhcpServers(context),
    ...namePoisoners(context),
    ...dnsTunnels(context),
    ...generatedNames(context),
    ...reverseSweeps(context),
    ...ftpBounces(context),
    ...spoofedClaims(context),
    ...drafts,
    ...singleConversations(context),
  ]
  return { drafts: all, tooShort }
}

/** What the service said of its logins is worth more than their number: one finding for each client and service. */
function logins(refused: readonly TrafficDraft[], guessed: readonly TrafficDraft[]): TrafficDraft[] {
  const serviceOf = ({ actors, targets, ports }: TrafficDraft): string =>
    `${actors[0]!} ${targets[0]!} ${ports[0]!}`
  const all = [
    ...refused.map((draft) => ({ draft, isGuess: false })),
    ...guessed.map((draft) => ({ draft, isGuess: true })),
  ]
  const unsaid = groupsBy(all, ({ draft }) => serviceOf(draft)).filter((own) =>
    own.every(({ isGuess }) => isGuess),
  )
  return [...refused, ...unsaid.flat().map(({ draft }) => draft)]
}
