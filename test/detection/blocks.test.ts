/** Whole networks gone through address by address, as packets. */

import { describe, expect, it } from 'vitest'
import {
  arpExchange,
  bytes,
  ethernet,
  hostSweep,
  inTimeOrder,
  ipv4,
  later,
  ms,
  pcap,
  ping,
  range,
  START,
  text,
  udp,
  type Frame,
} from '../traffic/index.ts'
import { detectBytes } from '../accuracy/analyze-file.ts'
import { named, SCANNER } from './tool-packets.ts'

const at = (milliseconds: number) => later(START, ms(milliseconds))

/** Frames 1, 3, 5 … of pairs of question and answer: the answers. */
const answersOf = (frames: readonly Frame[]): Frame[] => frames.filter((_, i) => i % 2 === 1)

const sweep = hostSweep({ scanner: SCANNER, firstTarget: '192.0.2.1', targetCount: 60, everyAnswers: 1 })

describe('a sweep of a network where all answer', () => {
  it('is named, and by its answers alone', () => {
    expect(named(sweep)).toEqual([`${SCANNER} host-sweep icmp-echo`])
    expect(named(answersOf(sweep))).toEqual([`${SCANNER} host-sweep icmp-echo`])
  })

  it('is less certain where only its answers are seen', () => {
    const confidence = (frames: Frame[]) => detectBytes(pcap(frames)).detection.findings[0]!.confidence
    expect(confidence(answersOf(sweep))).toBeLessThan(confidence(sweep))
  })

  it('is none of a host that gets masses of forged replies', () => {
    const smurf = range(0, 9).flatMap((round) =>
      answersOf(
        hostSweep({
          scanner: SCANNER,
          firstTarget: '192.0.2.1',
          targetCount: 60,
          everyAnswers: 1,
          start: at(round * 700),
        }),
      ),
    )
    expect(named(smurf)).toEqual([])
  })
})

describe('a monitor', () => {
  it('who comes back to the hosts of a block is no sweep', () => {
    const rounds = [0, 15_000].flatMap((start) =>
      hostSweep({
        scanner: SCANNER,
        firstTarget: '192.0.2.1',
        targetCount: 120,
        everyAnswers: 1,
        start: at(start),
      }),
    )
    expect(named(rounds)).toEqual([])
  })
})

it('a gateway that resolves the hosts it has packets for is no sweep', () => {
  const resolved = range(1, 60).flatMap((i) =>
    inTimeOrder(
      arpExchange({ originator: '192.0.2.254', responder: `192.0.2.${i}`, start: at(i * 10) }),
      ping({ originator: '198.51.100.9', responder: `192.0.2.${i}`, start: at(i * 10 + 5) }).concat(
        ping({ originator: '198.51.100.9', responder: `192.0.2.${i}`, start: at(i * 10 + 4000) }),
        ping({ originator: '198.51.100.9', responder: `192.0.2.${i}`, start: at(i * 10 + 8000) }),
      ),
    ),
  )
  expect(named(resolved)).toEqual([])
})

describe('questions over UDP to a block of addresses, of which no answer is in the capture', () => {
  const questions = (times: number, stride: number): Frame[] =>
    range(1, 40).flatMap((i) =>
      range(1, times).map((round) => ({
        time: at(i * 50 + round * 2000),
        bytes: ethernet(
          {},
          ipv4(
            { source: SCANNER, destination: `192.0.${2 + ((i * stride) >> 8)}.${(i * stride) & 255}` },
            udp({ sourcePort: 50_000, destinationPort: 161 }, text('get')),
          ),
        ),
      })),
    )

  it('are a scan where each is asked once', () => {
    expect(named(questions(1, 1))).toEqual([`${SCANNER} horizontal-scan udp`])
  })

  it('may be a poller’s where they are repeated, and anybody’s where the hosts lie apart', () => {
    expect(named(questions(4, 1))).toEqual([])
    expect(named(questions(1, 9))).toEqual([])
  })
})

it('a scan of SCTP ports is told by its ABORTs alone', () => {
  const aborts = range(1, 40).map((port) => ({
    time: at(port * 50),
    bytes: ethernet(
      {},
      ipv4(
        { source: '192.0.2.9', destination: SCANNER, protocol: 132 },
        bytes(`${port.toString(16).padStart(4, '0')} 9c40 00000001 00000000  header
               06 00 0004  ABORT (RFC 9260 section 3.3.7)`),
      ),
    ),
  }))
  expect(named(aborts)).toEqual([`${SCANNER} vertical-scan sctp-init`])
})
