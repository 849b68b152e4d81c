/** Made-up captures, conversation by conversation, from a seed: the scene, and the traffic that scans and look-alikes share. */

import { IcmpSeen } from '../../src/engine/aggregate/conversation-row.ts'
import { ipv4Text } from '../../src/engine/net/address-text.ts'
import { seededRandom } from '../traffic/index.ts'
import {
  MSS_ONLY,
  outside,
  RecordBuilder,
  type RecordFields,
  type TcpFate,
  type TcpProbe,
} from './record-builder.ts'

type Random = ReturnType<typeof seededRandom>
type Write = (builder: RecordBuilder) => void

/** Conversations with their times: written in order of time, as a capture has them. */
export class Scene {
  readonly random: Random
  readonly events: { readonly at: number; readonly write: Write }[] = []
  /** Texts of those who scan. */
  readonly scanners: string[] = []
  /** Seconds the capture goes on after the last event. */
  tail = 20

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  between(low: number, high: number): number {
    return low + (this.random.between(0, 1_000_000) / 1_000_000) * (high - low)
  }

  tcp(fields: RecordFields, fate: TcpFate, probe: TcpProbe = 'syn'): void {
    this.events.push({ at: fields.at, write: (builder) => builder.tcp(fields, fate, probe) })
  }

  udp(fields: RecordFields, fate: 'answered' | 'refused' | 'silent' | 'expired', isEmpty = false): void {
    this.events.push({ at: fields.at, write: (builder) => builder.udp(fields, fate, isEmpty) })
  }

  ping(fields: RecordFields, isAnswered: boolean, request: number = IcmpSeen.echoRequest): void {
    this.events.push({ at: fields.at, write: (builder) => builder.ping(fields, isAnswered, request) })
  }

  arp(fields: RecordFields, isAnswered: boolean): void {
    this.events.push({ at: fields.at, write: (builder) => builder.arp(fields, isAnswered) })
  }

  names(scanner: number): void {
    this.scanners.push(ipv4Text(scanner))
  }

  /** Lose this share of the conversations' packets: an unlucky one is missing altogether. */
  build(lossShare = 0): RecordBuilder {
    const builder = new RecordBuilder()
    const last = this.events.reduce((latest, { at }) => Math.max(latest, at), 0)
    for (const { write } of [...this.events].sort((x, y) => x.at - y.at)) {
      if (lossShare === 0 || !this.random.chance(lossShare)) write(builder)
    }
    return builder.until(last + this.tail)
  }
}

const SERVICES = [80, 443, 443, 443, 443, 22, 25, 53, 993]

/** Ordinary use of many servers, some of them down. */
export function browsing(
  scene: Scene,
  client: number,
  contacts: number,
  seconds: number,
  failShare = 0.06,
  start = 0,
): void {
  const { random } = scene
  const serverCount = Math.max(3, Math.floor(contacts / 3))
  for (let i = 0; i < contacts; i++) {
    const server = random.between(0, serverCount)
    // Whether a server is down is the server's affair, not the contact's.
    const isDown = (Math.imul(server + 1, 2_654_435_761) >>> 8) % 1000 < failShare * 1000
    const at = start + scene.between(0, seconds)
    const port = random.pick(SERVICES.slice(0, 5))
    scene.tcp(
      {
        source: client,
        target: outside(server),
        sourcePort: random.between(32_768, 60_999),
        port,
        at,
        bytes: 2000,
        replyBytes: 30_000,
      },
      isDown ? random.pick(['silent', 'refused'] as const) : random.chance(0.05) ? 'held' : 'used',
    )
  }
}

export interface ScanShape {
  readonly scanner: number
  readonly start: number
  readonly gap: number
  readonly probe?: TcpProbe
  readonly openShare?: number
  readonly fate?: 'refused' | 'silent' | 'filtered'
}

function probeFate(scene: Scene, { openShare = 0.03, fate }: ScanShape, probe: TcpProbe): TcpFate {
  if (scene.random.chance(openShare)) return probe === 'syn' ? 'half' : probe === 'ack' ? 'refused' : 'silent'
  return fate ?? scene.random.pick(['refused', 'refused', 'refused', 'silent'] as const)
}

export function verticalScan(scene: Scene, shape: ScanShape, target: number, ports: number): void {
  const { scanner, start, gap, probe = 'syn' } = shape
  scene.names(scanner)
  const sourcePort = scene.random.between(33_000, 60_000)
  for (let i = 0; i < ports; i++) {
    const port = 1 + ((i * 7919) % 65_535)
    const fields = {
      source: scanner,
      target,
      sourcePort,
      port,
      at: start + i * gap,
      window: 1024,
      options: probe === 'syn' ? MSS_ONLY : 0,
    }
    scene.tcp(fields, probeFate(scene, shape, probe), probe)
  }
}

export function horizontalScan(
  scene: Scene,
  shape: ScanShape,
  port: number,
  hosts: number,
  firstTarget: number,
): void {
  const { scanner, start, gap, probe = 'syn' } = shape
  scene.names(scanner)
  const sourcePort = scene.random.between(33_000, 60_000)
  for (let i = 0; i < hosts; i++) {
    const fields = {
      source: scanner,
      target: firstTarget + i,
      sourcePort,
      port,
      at: start + i * gap,
      window: 1024,
      options: MSS_ONLY,
    }
    scene.tcp(fields, probeFate(scene, shape, probe), probe)
  }
}

export type Scenes = Readonly<Record<string, (scene: Scene) => void>>
