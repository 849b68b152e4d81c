/** Made-up captures that are hard to judge: scans that hide, and honest traffic that looks like scans. All from a seed. */

import { Protocol } from '../../src/engine/decode/protocol-table.ts'
import { IcmpSeen } from '../../src/engine/aggregate/conversation-row.ts'
import { ipv4Text } from '../../src/engine/net/address-text.ts'
import { seededRandom } from '../traffic/index.ts'
import {
  inside,
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

type Make = (scene: Scene) => void

/** Captures with a scan; each names who scans. */
export const SCANS: Readonly<Record<string, Make>> = {
  'a vertical scan among the traffic of its victim': (scene) => {
    for (let i = 1; i <= 10; i++) browsing(scene, inside(i), 100, 300)
    const openShare = scene.random.pick([0, 0.02, 0.1])
    verticalScan(
      scene,
      { scanner: outside(900), start: scene.between(0, 200), gap: scene.between(0.0001, 0.2), openShare },
      inside(3),
      scene.random.between(40, 1000),
    )
  },
  'a horizontal scan hidden in heavy traffic': (scene) => {
    for (let i = 1; i <= 20; i++) browsing(scene, inside(i), 200, 300)
    const port = scene.random.pick([22, 23, 445, 3389, 5900, 8291])
    const fate = scene.random.pick(['silent', 'refused', undefined] as const)
    horizontalScan(
      scene,
      { scanner: inside(7), start: 20, gap: scene.between(0.001, 1), ...(fate ? { fate } : {}) },
      port,
      scene.random.between(40, 400),
      inside(5000),
    )
  },
  'a scan that contacts its own servers between probes': (scene) => {
    const scanner = outside(901)
    horizontalScan(
      scene,
      { scanner, start: 0, gap: 2, fate: 'silent' },
      22,
      scene.random.between(60, 150),
      inside(6000),
    )
    for (let i = 0; i < 300; i++)
      scene.tcp(
        { source: scanner, target: outside(i % 40), sourcePort: 2000 + i, port: 443, at: i * 0.9 },
        'used',
      )
    browsing(scene, inside(1), 200, 300)
  },
  'a slow scan of a probe every five minutes': (scene) => {
    const ports = scene.random.between(12, 40)
    verticalScan(
      scene,
      { scanner: outside(902), start: 100, gap: 300, openShare: 0, fate: 'refused' },
      inside(4),
      ports,
    )
    for (let i = 1; i <= 5; i++) browsing(scene, inside(i), 300, ports * 300)
  },
  'a slow scan of a probe every fifteen seconds': (scene) => {
    verticalScan(
      scene,
      { scanner: outside(903), start: 10, gap: 15 },
      inside(4),
      scene.random.between(30, 100),
    )
    for (let i = 1; i <= 5; i++) browsing(scene, inside(i), 200, 1000)
  },
  'a stealth scan': (scene) => {
    const probe = scene.random.pick(['fin', 'null', 'xmas', 'ack', 'maimon'] as const)
    const fate = scene.random.pick(['refused', undefined] as const)
    verticalScan(
      scene,
      { scanner: outside(904), start: 5, gap: 0.01, probe, ...(fate ? { fate } : {}) },
      inside(2),
      scene.random.between(20, 200),
    )
    browsing(scene, inside(1), 200, 60)
  },
  'a block scan': (scene) => {
    const scanner = outside(905)
    scene.names(scanner)
    const hosts = scene.random.between(8, 40)
    const ports = [21, 22, 23, 25, 80, 110, 139, 443, 445, 3389].slice(0, scene.random.between(5, 10))
    let at = 1
    for (let host = 0; host < hosts; host++) {
      for (const port of ports) {
        scene.tcp(
          {
            source: scanner,
            target: inside(7000 + host),
            sourcePort: 40_000,
            port,
            at: (at += 0.02),
            window: 1024,
            options: MSS_ONLY,
          },
          scene.random.chance(0.1) ? 'half' : scene.random.pick(['refused', 'silent'] as const),
        )
      }
    }
    browsing(scene, inside(1), 300, 60)
  },
  'a UDP scan': (scene) => {
    const scanner = outside(906)
    scene.names(scanner)
    for (let i = 0; i < scene.random.between(40, 200); i++) {
      const isEmpty = !scene.random.chance(0.2)
      scene.udp(
        { source: scanner, target: inside(9), sourcePort: 50_123, port: 1 + i * 31, at: i * 0.8 },
        scene.random.pick(['refused', 'silent', 'silent'] as const),
        isEmpty,
      )
    }
    for (let i = 0; i < 50; i++)
      scene.udp({ source: inside(9), target: inside(53), sourcePort: 3000 + i, port: 53, at: i }, 'answered')
  },
  'a search for hosts by ARP': (scene) => {
    const scanner = inside(66)
    scene.names(scanner)
    const hosts = scene.random.between(30, 254)
    for (let i = 1; i <= hosts; i++)
      scene.arp({ source: scanner, target: inside(i + 100), at: 5 + i * 0.05 }, i % 20 === 0)
    browsing(scene, inside(1), 100, 60)
  },
  'a search for hosts by ping': (scene) => {
    const scanner = outside(907)
    scene.names(scanner)
    const request = scene.random.pick([
      IcmpSeen.echoRequest,
      IcmpSeen.echoRequest,
      IcmpSeen.timestampRequest,
      IcmpSeen.maskRequest,
    ])
    for (let i = 1; i <= 120; i++)
      scene.ping({ source: scanner, target: inside(i + 300), at: 5 + i * 0.05 }, i % 6 === 0, request)
    browsing(scene, inside(1), 100, 60)
  },
  'a scan of everything that one direction of the capture shows': (scene) => {
    for (let i = 1; i <= 10; i++)
      for (let j = 0; j < 60; j++)
        scene.tcp(
          {
            source: inside(i),
            target: outside(j),
            sourcePort: 3000 + j,
            port: 443,
            at: scene.between(0, 120),
          },
          'one-way-used',
        )
    verticalScan(
      scene,
      { scanner: inside(3), start: 10, gap: 0.02, openShare: 0, fate: 'silent' },
      outside(950),
      scene.random.between(100, 500),
    )
  },
  'a scan behind a NAT with fifty clients': (scene) => {
    for (let i = 0; i < 50; i++) browsing(scene, outside(1000), 80, 600)
    const scan = scene.random.chance(0.5)
    if (scan) verticalScan(scene, { scanner: outside(1000), start: 100, gap: 0.05 }, inside(80), 300)
    else horizontalScan(scene, { scanner: outside(1000), start: 100, gap: 0.05 }, 445, 200, inside(8000))
  },
  'a scan from sources that divide the ports': (scene) => {
    const partners = scene.random.between(4, 12)
    for (let partner = 0; partner < partners; partner++) {
      scene.names(outside(1100 + partner))
      for (let i = 0; i < 10; i++) {
        const port = 2000 + i * partners + partner
        scene.tcp(
          {
            source: outside(1100 + partner),
            target: inside(5),
            sourcePort: 44_000,
            port,
            at: i * 20 + partner * 0.5,
            window: 1024,
            options: MSS_ONLY,
          },
          'refused',
        )
      }
    }
    browsing(scene, inside(1), 200, 200)
  },
}

export const MORE_SCANS: typeof SCANS = {
  'a scan whose time stamps are shuffled': (scene) => {
    const { random } = scene
    scene.names(outside(908))
    const jitter = (): number => scene.between(-2, 2)
    for (let i = 0; i < 200; i++)
      scene.events.push(
        shuffled(5 + i * 0.05, 5 + i * 0.05 + jitter(), (at, builder) =>
          builder.tcp(
            {
              source: outside(908),
              target: inside(3),
              sourcePort: 40_000,
              port: 1 + i * 11,
              at,
              window: 1024,
              options: MSS_ONLY,
            },
            random.pick(['refused', 'silent'] as const),
          ),
        ),
      )
    for (let i = 0; i < 300; i++)
      scene.events.push(
        shuffled(i * 0.1, Math.max(0, i * 0.1 + jitter()), (at, builder) =>
          builder.tcp(
            { source: inside(3), target: outside(i % 30), sourcePort: 3000 + i, port: 443, at },
            'used',
          ),
        ),
      )
  },
  'a scan among decoys': (scene) => {
    const decoys = scene.random.between(2, 8)
    for (let decoy = 0; decoy < decoys; decoy++) scene.names(outside(1200 + decoy))
    for (let i = 0; i < 100; i++) {
      for (let decoy = 0; decoy < decoys; decoy++) {
        scene.tcp(
          {
            source: outside(1200 + decoy),
            target: inside(5),
            sourcePort: 44_000,
            port: 1 + i * 13,
            at: 10 + i * 0.1 + decoy * 0.001,
            window: 1024,
            options: MSS_ONLY,
          },
          'refused',
        )
      }
    }
    browsing(scene, inside(1), 200, 100)
  },
  'a scan of SCTP ports': (scene) => {
    scene.names(outside(909))
    for (let i = 0; i < 60; i++) {
      const fields = {
        source: outside(909),
        target: inside(5),
        sourcePort: 44_000,
        port: 1 + i * 13,
        at: 10 + i * 0.1,
      }
      scene.events.push({
        at: fields.at,
        write: (builder) => builder.sctp(fields, i % 20 === 0 ? 'open' : 'refused'),
      })
    }
    browsing(scene, inside(1), 100, 100)
  },
  'a scan of IP protocols': (scene) => {
    scene.names(outside(910))
    for (let i = 100; i < 140; i++) {
      const fields = { source: outside(910), target: inside(5), at: 10 + i * 0.1 }
      scene.events.push({
        at: fields.at,
        write: (builder) =>
          builder.ipProtocol(fields, i === 132 ? 131 : i, scene.random.pick(['refused', 'silent'] as const)),
      })
    }
    browsing(scene, inside(1), 100, 100)
  },
  'a scan of which only the answers are seen': (scene) => {
    scene.names(outside(911))
    for (let i = 0; i < 120; i++)
      scene.tcp(
        { source: outside(911), target: inside(5), sourcePort: 44_000, port: 1 + i * 13, at: 10 + i * 0.05 },
        i % 30 === 0 ? 'answer-only' : 'reset-only',
      )
    for (let i = 0; i < 100; i++)
      scene.tcp(
        { source: outside(i), target: inside(5), sourcePort: 3000 + i, port: 443, at: i * 0.2 },
        'used',
      )
  },
}

/** An event written at its place in the file, but stamped with another time. */
function shuffled(
  place: number,
  at: number,
  write: (at: number, builder: RecordBuilder) => void,
): Scene['events'][number] {
  return { at: place, write: (builder) => write(at, builder) }
}

/** Honest captures, or attacks that are no scans: nobody scans in them. */
export const LOOK_ALIKES: Readonly<Record<string, Make>> = {
  'fifty clients behind a NAT': (scene) => {
    for (let i = 0; i < 50; i++) browsing(scene, outside(2000), scene.random.between(40, 160), 600, 0.08)
  },
  'a busy resolver': (scene) => {
    for (let i = 0; i < 3000; i++)
      scene.udp(
        {
          source: inside(53),
          target: outside(i % 700),
          sourcePort: scene.random.between(1024, 65_535),
          port: 53,
          at: scene.between(0, 300),
        },
        scene.random.chance(0.1) ? 'silent' : 'answered',
      )
    for (let i = 0; i < 2000; i++)
      scene.udp(
        {
          source: inside(i % 60),
          target: inside(53),
          sourcePort: scene.random.between(1024, 65_535),
          port: 53,
          at: scene.between(0, 300),
        },
        'answered',
      )
  },
  'a BitTorrent client': (scene) => {
    for (let i = 0; i < 600; i++) {
      const port = scene.random.chance(0.15) ? 6881 : scene.random.between(10_000, 65_000)
      const fields = {
        source: inside(9),
        target: outside(3000 + i),
        sourcePort: scene.random.between(1024, 65_535),
        port,
        at: scene.between(0, 400),
      }
      if (scene.random.chance(0.5))
        scene.udp(
          { ...fields, sourcePort: 6881 },
          scene.random.chance(0.3) ? 'answered' : scene.random.pick(['silent', 'refused'] as const),
        )
      else
        scene.tcp(
          { ...fields, application: Protocol.bittorrent },
          scene.random.chance(0.25) ? 'used' : scene.random.pick(['silent', 'refused', 'silent'] as const),
        )
    }
    browsing(scene, inside(9), 100, 400)
  },
  'a crawler': (scene) => {
    for (let i = 0; i < 1500; i++)
      scene.tcp(
        {
          source: inside(30),
          target: outside(i),
          sourcePort: scene.random.between(32_768, 60_999),
          port: scene.random.pick([80, 443]),
          at: scene.between(0, 300),
        },
        scene.random.chance(0.12) ? scene.random.pick(['silent', 'refused'] as const) : 'used',
      )
  },
  'backscatter of a flood elsewhere': (scene) => {
    const fate = scene.random.pick(['answer-only', 'reset-only'] as const)
    for (let i = 0; i < 400; i++)
      scene.tcp(
        {
          source: inside(i * 7),
          target: outside(4000),
          sourcePort: scene.random.between(1024, 65_535),
          port: 80,
          at: scene.between(0, 100),
        },
        fate,
      )
  },
  'a flood from forged sources': (scene) => {
    for (let i = 0; i < 3000; i++)
      scene.tcp(
        {
          source: scene.random.between(0x0b00_0000, 0xdf00_0000),
          target: inside(80),
          sourcePort: scene.random.between(1024, 65_535),
          port: 80,
          at: scene.between(0, 20),
        },
        scene.random.chance(0.3) ? 'answer-only' : 'silent',
      )
    browsing(scene, inside(1), 200, 60)
  },
  'a flood of one port from one source': (scene) => {
    for (let i = 0; i < 2000; i++)
      scene.tcp(
        { source: outside(5), target: inside(80), sourcePort: 1024 + i, port: 443, at: i * 0.005 },
        'silent',
      )
  },
  'a monitor that polls what is mostly up': (scene) => {
    const hosts = scene.random.between(20, 60)
    for (let round = 0; round < 6; round++) {
      for (let host = 0; host < hosts; host++) {
        const isDown = host % 12 === 0
        scene.ping({ source: inside(250), target: inside(400 + host), at: round * 60 + host * 0.1 }, !isDown)
        for (const port of [22, 80, 161, 443])
          scene.tcp(
            {
              source: inside(250),
              target: inside(400 + host),
              sourcePort: 20_000 + round * 500 + host,
              port,
              at: round * 60 + host * 0.1,
            },
            isDown ? 'silent' : scene.random.chance(0.5) ? 'used' : 'used',
          )
      }
    }
  },
  'a client that retries a dead service': (scene) => {
    for (let i = 0; i < 200; i++)
      scene.tcp(
        { source: inside(5), target: inside(6), sourcePort: 2000 + i, port: 8443, at: i * 5 },
        'refused',
      )
    browsing(scene, inside(5), 60, 600)
  },
  'an FTP client in passive mode': (scene) => {
    for (let i = 0; i < 200; i++)
      scene.tcp(
        {
          source: inside(5),
          target: outside(21),
          sourcePort: 30_000 + i,
          port: scene.random.between(40_000, 50_000),
          at: i * 0.2,
        },
        'used',
      )
    scene.tcp(
      {
        source: inside(5),
        target: outside(21),
        sourcePort: 29_999,
        port: 21,
        at: 0,
        application: Protocol.ftp,
      },
      'used',
    )
  },
  'a traceroute over UDP': (scene) => {
    for (let i = 0; i < 60; i++)
      scene.udp(
        {
          source: inside(5),
          target: outside(70),
          sourcePort: 50_000 + i,
          port: 33_434 + i,
          at: i * 0.05,
          timeToLive: 1 + Math.floor(i / 3),
        },
        i < 40 ? scene.random.pick(['expired', 'silent'] as const) : 'refused',
      )
  },
  'thresholds grazed from below': (scene) => {
    // One port, host or pair less than each rule asks, by hosts that also work.
    for (let i = 0; i < 14; i++)
      scene.tcp(
        { source: inside(11), target: inside(12), sourcePort: 3000, port: 2000 + i * 3, at: i * 20 },
        'refused',
      )
    for (let i = 0; i < 24; i++)
      scene.tcp({ source: inside(13), target: outside(i), sourcePort: 3000, port: 443, at: i * 10 }, 'silent')
    for (let i = 0; i < 9; i++) scene.arp({ source: inside(14), target: inside(900 + i), at: i * 2 }, false)
    for (const client of [11, 13]) browsing(scene, inside(client), 150, 300, 0)
    for (let i = 0; i < 30; i++) scene.arp({ source: inside(14), target: inside(i), at: 100 + i }, true)
    for (let i = 0; i < 40; i++)
      scene.tcp(
        { source: inside(13), target: outside(100 + i), sourcePort: 4000 + i, port: 443, at: i * 6 },
        'used',
      )
  },
  'reflected answers of name servers': (scene) => {
    for (let i = 0; i < 600; i++)
      scene.udp(
        {
          source: outside(i % 80),
          target: inside(8),
          sourcePort: 53,
          port: scene.random.between(1024, 65_535),
          at: scene.between(0, 30),
          bytes: 3000,
        },
        'silent',
      )
  },
  'a capture of answers alone': (scene) => {
    for (let i = 0; i < 400; i++)
      scene.udp(
        {
          source: inside(53),
          target: inside(100 + (i % 5)),
          sourcePort: 53,
          port: scene.random.between(1024, 65_535),
          at: scene.between(0, 100),
          application: Protocol.dns,
        },
        'silent',
      )
  },
  'a client whose line goes down': (scene) => {
    browsing(scene, inside(21), 200, 300, 0)
    for (let i = 0; i < 60; i++)
      scene.tcp(
        { source: inside(21), target: outside(5000 + i), sourcePort: 9000 + i, port: 443, at: 310 + i * 4 },
        'silent',
      )
    browsing(scene, inside(22), 200, 300, 0.05)
  },
  'a laptop that looks for its office': (scene) => {
    // Four machines that are not here, each asked for several services, over and over.
    for (let round = 0; round < 5; round++) {
      for (let host = 0; host < 4; host++) {
        for (const port of [139, 445, 515, 631, 9100])
          scene.tcp(
            {
              source: inside(23),
              target: inside(9000 + host),
              sourcePort: 5000 + round * 50 + host * 7,
              port,
              at: round * 30 + host * 5 + port / 3000,
            },
            'silent',
          )
      }
    }
    browsing(scene, inside(23), 120, 300)
  },
  'a mail client that guesses its server': (scene) => {
    ;[143, 993, 110, 995, 587, 465, 25].forEach((port, i) => {
      scene.tcp(
        { source: inside(24), target: outside(88), sourcePort: 6000 + i, port, at: 5 + i * 0.1 },
        i % 2 === 0 ? 'used' : 'refused',
      )
    })
    browsing(scene, inside(24), 100, 300)
  },
  'a network without IPv6 to the outside': (scene) => {
    for (let i = 0; i < 18; i++)
      scene.events.push({
        at: i * 3,
        write: (builder) =>
          builder.tcp(
            {
              source: builder.ipv6([0x2001_0db8, 0, 0, 1]),
              target: builder.ipv6([0x2a00_1450, 0, 0, i + 1]),
              isIpv6: true,
              sourcePort: 7000 + i,
              port: 443,
              at: i * 3,
            },
            'silent',
          ),
      })
    browsing(scene, inside(25), 100, 100)
  },
  'a router that forwards a scan and asks for its targets': (scene) => {
    for (let i = 0; i < 20; i++)
      scene.arp({ source: inside(1), target: inside(700 + i), at: i * 0.5 }, i % 2 === 0)
    browsing(scene, inside(2), 100, 100)
  },
  'ports that a server hands out for calls': (scene) => {
    for (let i = 0; i < 60; i++)
      scene.tcp(
        { source: inside(26), target: inside(10), sourcePort: 8000 + i, port: 49_152 + i, at: i },
        scene.random.chance(0.9) ? 'used' : 'held',
      )
  },
}
