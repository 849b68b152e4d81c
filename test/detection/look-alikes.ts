/** Captures that look like scans and are none: honest traffic, and attacks of other kinds. */

import { Protocol } from '../../src/engine/decode/protocol-table.ts'
import { inside, outside } from './record-builder.ts'
import { browsing, type Scenes } from './scene.ts'

export const LOOK_ALIKES: Scenes = {
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
  'a browser behind a firewall that drops QUIC': (scene) => {
    for (let i = 0; i < 120; i++) {
      const fields = { source: inside(27), target: outside(i), sourcePort: 9000 + i, port: 443, at: i * 2 }
      scene.udp(fields, 'silent')
      scene.tcp({ ...fields, at: i * 2 + 0.3 }, 'used')
    }
  },
  'a laptop behind a captive portal': (scene) => {
    for (let i = 0; i < 60; i++) {
      scene.udp(
        { source: inside(28), target: inside(53), sourcePort: 9000 + i, port: 53, at: i * 4 },
        'answered',
      )
      scene.tcp(
        { source: inside(28), target: outside(i), sourcePort: 9500 + i, port: 443, at: i * 4 + 0.2 },
        scene.random.pick(['silent', 'refused'] as const),
      )
    }
    browsing(scene, inside(29), 100, 240)
  },
}
