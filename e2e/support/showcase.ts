/** A day in a small office, made from code: work, a silence over lunch, and several people who look around. */

import { writeFileSync } from 'node:fs'
import {
  dnsLookup,
  hostScan,
  hostSweep,
  httpVisit,
  inTimeOrder,
  later,
  ms,
  pcap,
  portScan,
  range,
  seededRandom,
  START,
  type Time,
  udpExchange,
} from '../../test/traffic/index.ts'

const minutes = (count: number): number => ms(60_000 * count)
/** A quarter past nine in the morning, UTC. */
const morning = later(START, -minutes(13 * 60))
const afterLunch = later(morning, minutes(95))

export function writeShowcaseCapture(path: string): void {
  const random = seededRandom(2026)
  const servers = ['10.0.0.80', '10.0.0.81', '10.0.0.90', '192.0.2.44', '198.51.100.7', '203.0.113.9']
  const client = (): string => `10.0.0.${random.between(100, 128)}`
  const moment = (): Time =>
    random.chance(0.55)
      ? later(morning, random.between(0, 1200) * ms(1000))
      : later(afterLunch, random.between(0, 900) * ms(1000))

  const visits = range(1, 900).flatMap((i) =>
    httpVisit({
      originator: client(),
      responder: random.pick(servers),
      responderPort: random.pick([80, 80, 443, 8080]),
      originatorPort: 20_000 + i,
      responseLength: random.between(400, random.chance(0.08) ? 60_000 : 6000),
      start: moment(),
    }),
  )
  const names = range(1, 500).flatMap((i) =>
    dnsLookup({
      originator: client(),
      responder: '10.0.0.53',
      name: `${random.pick(['www', 'mail', 'api', 'cdn'])}${random.between(1, 40)}.example.org`,
      originatorPort: 30_000 + i,
      start: moment(),
    }),
  )
  const clocks = range(1, 60).flatMap((i) =>
    udpExchange({
      originator: client(),
      responder: '10.0.0.123',
      responderPort: 123,
      originatorPort: 40_000 + i,
      start: moment(),
    }),
  )
  const known = [
    21, 22, 23, 25, 53, 80, 110, 111, 135, 139, 143, 443, 445, 993, 995, 1433, 1723, 3306, 3389, 5432, 5900,
    8080,
  ]
  const ports = [...known, ...range(1, 400).map((i) => 1000 + i * 17)]
  const portScans = [
    portScan({
      scanner: '10.0.0.66',
      target: '10.0.0.80',
      ports,
      openPorts: [22, 80, 443, 8080],
      gapNanoseconds: ms(40),
      start: later(morning, minutes(6)),
    }),
    portScan({
      scanner: '203.0.113.77',
      target: '10.0.0.90',
      ports: ports.slice(0, 180),
      openPorts: [22, 443],
      state: 'filtered',
      gapNanoseconds: ms(350),
      start: later(afterLunch, minutes(2)),
    }),
    portScan({
      scanner: '203.0.113.78',
      target: '10.0.0.81',
      ports: ports.slice(0, 60),
      technique: 'tcp-fin',
      state: 'silent',
      gapNanoseconds: ms(900),
      start: later(afterLunch, minutes(5)),
    }),
  ]
  const sweeps = [
    hostScan({
      scanner: '10.0.0.67',
      firstTarget: '10.0.1.1',
      targetCount: 120,
      port: 445,
      gapNanoseconds: ms(120),
      start: later(morning, minutes(12)),
    }),
    hostSweep({
      scanner: '10.0.0.68',
      firstTarget: '10.0.2.1',
      targetCount: 90,
      by: 'icmp-echo',
      everyAnswers: 9,
      gapNanoseconds: ms(200),
      start: later(afterLunch, minutes(9)),
    }),
  ]
  // What the first scanner did with what it had found.
  const visit = httpVisit({
    originator: '10.0.0.66',
    responder: '10.0.0.80',
    responderPort: 8080,
    originatorPort: 55_555,
    responseLength: 48_000,
    start: later(morning, minutes(9)),
  })
  writeFileSync(path, pcap(inTimeOrder(visits, names, clocks, ...portScans, ...sweeps, visit)))
}
