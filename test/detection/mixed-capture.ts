/** One capture of real packets with three scanners, ordinary clients, a resolver and a retried service. */

import {
  dnsLookup,
  hostSweep,
  httpVisit,
  inTimeOrder,
  later,
  ms,
  portScan,
  probe,
  range,
  START,
  type Frame,
} from '../traffic/index.ts'

/** `name` permutes the last byte of every address. */
export function mixedFrames(name: (last: number) => number = (last) => last): Frame[] {
  const lan = (last: number): string => `192.0.2.${name(last)}`
  const far = (last: number): string => `198.51.100.${name(last)}`
  const scripts: Frame[][] = [
    portScan({
      scanner: lan(66),
      target: lan(10),
      ports: range(1, 120),
      openPorts: [22, 80],
      start: later(START, ms(500)),
    }),
    portScan({
      scanner: far(9),
      target: lan(11),
      ports: range(1000, 1040),
      technique: 'tcp-fin',
      start: later(START, ms(2000)),
    }),
    ...Array.from({ length: 40 }, (_, i) =>
      probe({
        scanner: lan(77),
        target: far(100 + i),
        port: 445,
        state: 'silent',
        start: later(START, ms(3000 + i * 40)),
      }),
    ),
    ...Array.from({ length: 30 }, (_, i) =>
      httpVisit({
        originator: lan(20),
        responder: far(150 + i),
        originatorPort: 40_000 + i,
        start: later(START, ms(100 + i * 200)),
      }),
    ),
    ...Array.from({ length: 30 }, (_, i) =>
      dnsLookup({
        originator: lan(20),
        responder: lan(53),
        originatorPort: 50_000 + i,
        name: `host${i}.example`,
        start: later(START, ms(50 + i * 200)),
      }),
    ),
    ...Array.from({ length: 20 }, (_, i) =>
      probe({
        scanner: lan(21),
        target: lan(12),
        port: 8443,
        scannerPort: 30_000 + i,
        start: later(START, ms(i * 400)),
      }),
    ),
    hostSweep({
      scanner: lan(77),
      firstTarget: '203.0.113.1',
      targetCount: 30,
      everyAnswers: 10,
      start: later(START, ms(6000)),
    }),
    httpVisit({
      originator: lan(21),
      responder: far(150),
      originatorPort: 41_000,
      start: later(START, ms(30_000)),
    }),
  ]
  return inTimeOrder(...scripts)
}
