/** Captures with a scan that hides among other traffic; each names who scans. */

import { IcmpSeen } from '../../src/engine/aggregate/conversation-row.ts'
import { inside, MSS_ONLY, outside } from './record-builder.ts'
import { browsing, horizontalScan, verticalScan, type Scenes } from './scene.ts'

export const PLAIN_SCANS: Scenes = {
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
