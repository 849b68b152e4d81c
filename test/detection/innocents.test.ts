/** Who only seems to scan: what systems and programs do when connections die, as packets. */

import { describe, expect, it } from 'vitest'
import {
  bytes,
  concat,
  ethernet,
  filled,
  icmpError,
  ipv4,
  packetFrame,
  range,
  text,
  udp,
  type Frame,
} from '../traffic/index.ts'
import { at, named, SCANNER, segment, TARGET } from './tool-packets.ts'

const LAPTOP = '192.0.2.66'

/** A segment to each of 40 hosts that lie apart, 50 ms after each other; `reset` for those that the hosts reset. */
function segments(flags: string, fields: { sourcePort: (i: number) => number; reset: boolean }): Frame[] {
  return range(1, 40).flatMap((i) => {
    const host = `198.51.${i * 3}.${(i * 37) % 250}`
    const [sourcePort, destinationPort] = [fields.sourcePort(i), i % 3 === 0 ? 8443 : 443]
    const sent = segment(LAPTOP, host, { sourcePort, destinationPort, flags, window: 500 }, at(i * 50))
    if (!fields.reset) return sent
    const answer = { sourcePort: destinationPort, destinationPort: sourcePort, flags: 'R', window: 0 }
    return [...sent, ...segment(host, LAPTOP, answer, at(i * 50 + 20))]
  })
}

const goesOn = segment(
  '192.0.2.1',
  LAPTOP,
  { sourcePort: 1, destinationPort: 2, flags: 'A', window: 1 },
  at(90_000),
)

describe.each(['A', 'FA'])('segments "%s" to forty hosts', (flags) => {
  const ephemeral = (i: number): number => 33_000 + ((i * 7919) % 27_000)

  it('are old connections of a host that woke up, where each has a port of its own', () => {
    for (const reset of [true, false])
      expect(named(segments(flags, { sourcePort: ephemeral, reset }), goesOn)).toEqual([])
  })

  it('are a scan where they come from one port', () => {
    const technique = flags === 'A' ? 'tcp-ack' : 'tcp-maimon'
    for (const reset of [true, false])
      expect(named(segments(flags, { sourcePort: () => 44_444, reset }), goesOn)).toEqual([
        `${LAPTOP} horizontal-scan ${technique}`,
      ])
  })
})

describe('SYN+ACKs of two hundred servers to one host', () => {
  const answers = (times: number): Frame[] =>
    range(1, 200).flatMap((i) =>
      range(1, times).flatMap((round) =>
        segment(
          `198.51.100.${i}`,
          LAPTOP,
          { sourcePort: 443, destinationPort: 40_000, flags: 'SA', window: 1024, sequence: i },
          at(i * 10 + round * 1000),
        ),
      ),
    )

  it('are reflected where they are repeated: nobody took them up', () => {
    expect(named(answers(3))).toEqual([])
  })

  it('tell of a scan where once was enough', () => {
    expect(named(answers(1))).toEqual([`${LAPTOP} horizontal-scan tcp-syn`])
  })
})

describe('datagrams to thirty ports of one host', () => {
  const toPorts = (data: Uint8Array, identification = 7): Frame[] =>
    range(1, 30).map((i) => ({
      time: at(i * 50),
      bytes: ethernet(
        {},
        ipv4(
          { source: SCANNER, destination: TARGET, identification },
          udp({ sourcePort: 50_000, destinationPort: 40_000 + i * 17 }, data),
        ),
      ),
    }))
  const answer: Frame = {
    time: at(60_000),
    bytes: ethernet(
      {},
      ipv4({ source: TARGET, destination: SCANNER }, udp({ sourcePort: 9, destinationPort: 9 }, text('x'))),
    ),
  }
  const binding = concat(
    bytes('0001 0000 2112a442  STUN binding request (RFC 8489 section 5), no attributes'),
    filled(12, 0x5a),
  )

  it('are a scan, unless they ask which of a peer’s addresses works', () => {
    expect(named(toPorts(text('hello')), [answer])).toEqual([`${SCANNER} vertical-scan udp`])
    expect(named(toPorts(binding), [answer])).toEqual([])
  })
})

it('datagrams with ZMap’s IP id are probes, though name servers all over the world stay silent', () => {
  const lookups = (identification: number): Frame[] =>
    range(1, 60).map((i) => ({
      time: at(i * 50),
      bytes: ethernet(
        {},
        ipv4(
          { source: SCANNER, destination: `198.51.${i * 3}.${(i * 37) % 250}`, identification },
          udp({ sourcePort: 50_000, destinationPort: 53 }, text('a question')),
        ),
      ),
    }))
  expect(named(lookups(54_321), goesOn)).toEqual([`${SCANNER} horizontal-scan udp`])
  expect(named(lookups(7), goesOn)).toEqual([])
})

describe.each(['A', 'FA'])('segments "%s" from one port to sixty of one host', (flags) => {
  const ended = (sourcePort: number, firstPort: number): Frame[] =>
    range(1, 60).flatMap((i) => {
      const client = firstPort + i * 97
      const sent = { sourcePort, destinationPort: client, flags, window: 500 }
      const reset = { sourcePort: client, destinationPort: sourcePort, flags: 'R', window: 0 }
      return [...segment(LAPTOP, TARGET, sent, at(i * 10)), ...segment(TARGET, LAPTOP, reset, at(i * 10 + 1))]
    })

  it('end the connections of a server’s client', () => {
    expect(named(ended(8443, 20_000))).toEqual([])
  })

  it('are a scan from a port that systems and scanners send from, or to ports of services', () => {
    const technique = flags === 'A' ? 'tcp-ack' : 'tcp-maimon'
    for (const [from, first] of [
      [44_444, 20_000],
      [8443, 1],
    ] as const)
      expect(named(ended(from, first))).toEqual([`${LAPTOP} vertical-scan ${technique}`])
  })
})

it('answers of a name server that come too late are no scan of its client’s ports', () => {
  const late = range(1, 60).flatMap((i) => {
    const answer = packetFrame(
      '192.0.2.53',
      LAPTOP,
      udp({ sourcePort: 53, destinationPort: 20_000 + i * 97 }, text('an answer')),
      at(i * 10),
    )
    return [
      answer,
      icmpError(answer, 'port-unreachable', { source: '192.0.2.53', destination: LAPTOP }, 1000),
    ]
  })
  expect(named(late)).toEqual([])
})

it('magic packets wake sixty hosts that are known, and other datagrams to the same port look for them', () => {
  const toAll = (payload: (i: number) => Uint8Array): Frame[] =>
    range(1, 60).map((i) =>
      packetFrame(
        LAPTOP,
        `198.51.${i * 3}.${(i * 37) % 250}`,
        udp({ sourcePort: 50_000, destinationPort: 9 }, payload(i)),
        at(i * 50),
      ),
    )
  const magic = (i: number) =>
    concat(filled(6, 0xff), ...range(1, 16).map(() => Uint8Array.of(2, 0, 0, 0, 1, i)))
  expect(named(toAll(magic), goesOn)).toEqual([])
  const another = (i: number) => concat(magic(i).subarray(0, 101), filled(1, 0xee))
  expect(named(toAll(another), goesOn)).toEqual([`${LAPTOP} horizontal-scan udp`])
})
