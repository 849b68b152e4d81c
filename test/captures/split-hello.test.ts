import { describe, expect, it } from 'vitest'
import type { Aggregates } from '../../src/engine/aggregate/aggregates.ts'
import type { CaptureSummary } from '../../src/engine/index.ts'
import {
  bytes,
  concat,
  filled,
  inTimeOrder,
  pcap,
  seededRandom,
  tcpConversation,
  text,
  type Frame,
  type Random,
  type TcpConversation,
} from '../traffic/index.ts'
import { clientHello, inRecords } from './client-hello.ts'
import { aggregatesOfBytes, bytesOfAggregates } from './part-bytes.ts'
import { summaryOf, summaryText, type WholeOptions } from './whole-analysis.ts'

const NAME = 'www.example.test'
const HELLO = inRecords(clientHello({ serverName: NAME }))
const SERVER_HELLO = concat(bytes('16 0303 002a 02 000026 0303'), filled(32, 0x22), bytes('00 1301 00'))
const OTHER_SECRET = [0x5eed, 2, 0x1234_5678, 9] as const

function begun(responder = '10.0.0.2', originator = '10.0.0.1'): TcpConversation {
  return tcpConversation({ originator, responder, responderPort: 443 }).handshake()
}

const sendPart = (part: Aggregates): Aggregates => aggregatesOfBytes(bytesOfAggregates(part), OTHER_SECRET)

/** Rows of one of the tables of TLS, as `name: count`. */
function table(summary: CaptureSummary, name: string): string[] {
  const rows = summary.applications['tls']?.tables[name]?.rows ?? []
  return rows.map((row) => `${row.name}: ${String(row.count)}`)
}

function hellos(frames: readonly Frame[], options: WholeOptions = {}): Record<string, string[]> {
  const summary = summaryOf(pcap(frames), options)
  return {
    names: table(summary, 'serverNames'),
    fingerprints: table(summary, 'clientFingerprints').map((row) => row.slice(0, 10) + row.slice(-3)),
    versions: table(summary, 'clientVersions'),
  }
}

const ONCE = { names: [`${NAME}: 1`], fingerprints: ['t13d0306h2: 1'], versions: ['TLS 1.3: 1'] }

/** The frames with these of the originator's data frames in this order in the place of the first of them. */
function reordered(frames: readonly Frame[], order: readonly number[]): Frame[] {
  const data = frames.filter((frame) => frame.bytes.length > 60 && frame.bytes[23] === 6)
  const first = frames.indexOf(data[0]!)
  const times = frames.map((frame) => frame.time)
  const bytesOf = [
    ...frames.slice(0, first),
    ...order.map((at) => data[at]!),
    ...frames.slice(first).filter((frame) => !data.includes(frame)),
  ].map((frame) => frame.bytes)
  return bytesOf.map((each, i) => ({ time: times[i] ?? times.at(-1)!, bytes: each }))
}

function expectSameWhereverCut(frames: readonly Frame[]): void {
  const file = pcap(frames)
  const whole = summaryOf(file)
  for (let cut = 0; cut <= frames.length; cut++) {
    expect(summaryOf(file, { cutsAt: [cut] }), `cut at ${String(cut)}`).toEqual(whole)
    for (let second = cut + 1; second <= frames.length; second++) {
      const cutsAt = [cut, second]
      expect(summaryOf(file, { cutsAt }), `cut at ${cutsAt.join(', ')}`).toEqual(whole)
    }
    expect(summaryOf(file, { cutsAt: [cut], sendPart }), `sent, cut at ${String(cut)}`).toEqual(whole)
  }
}

const IN_TWO = begun().send(HELLO).reply(SERVER_HELLO).frames
const TWICE = reordered(begun().send(HELLO).frames, [0, 0, 1])
const SCENES: readonly (readonly [string, readonly Frame[]])[] = [
  ['in two segments', IN_TWO],
  ['in two segments that changed places', reordered(begun().send(HELLO).frames, [1, 0])],
  ['in two segments, the first sent twice', TWICE],
  ['in two segments, both sent twice', reordered(begun().send(HELLO).frames, [0, 1, 0, 1])],
  ['in one segment each way round and twice', reordered(begun().send(HELLO).frames, [1, 0, 1, 0])],
  [
    'in many segments, the last first',
    reordered(
      tcpConversation({
        originator: '10.0.0.1',
        responder: '10.0.0.2',
        responderPort: 443,
        maximumSegmentSize: 500,
      })
        .handshake()
        .send(HELLO).frames,
      [3, 0, 1, 2],
    ),
  ],
  ['in records of 100 bytes', begun().send(inRecords(clientHello({ serverName: NAME }), 100)).frames],
  ['in a capture that begins with it', IN_TWO.slice(3)],
  [
    'behind a command to start TLS',
    begun()
      .send(text('EHLO x\r\n'))
      .reply(text('250 STARTTLS\r\n'))
      .send(text('STARTTLS\r\n'))
      .reply(text('220 go\r\n'))
      .send(HELLO)
      .reply(SERVER_HELLO).frames,
  ],
  ['between IPv6 addresses', begun('2001:db8::1', '2001:db8::2').send(HELLO).reply(SERVER_HELLO).frames],
]

describe('a client hello', () => {
  it.each(SCENES)('%s is counted once, with its name and fingerprint', (_, frames) => {
    expect(hellos(frames)).toEqual(ONCE)
  })

  it.each(SCENES)('%s gives the same summary wherever the capture is cut', (_, frames) => {
    expectSameWhereverCut(frames)
  })

  it.each(SCENES)('%s gives the same summary for blocks of any length', (_, frames) => {
    const file = pcap(frames)
    const whole = summaryText(file)
    for (const length of [1, 7, 100, 1000]) {
      expect(summaryText(file, { nextBlockLength: () => length })).toBe(whole)
    }
  })

  it('in two segments has the fingerprint it has in one', () => {
    const fingerprints = (frames: readonly Frame[]) => table(summaryOf(pcap(frames)), 'clientFingerprints')
    const inOne = begun().segment('originator', 'PA', HELLO).frames
    expect(fingerprints(IN_TWO)).toEqual(fingerprints(inOne))
  })

  it('whose end never comes leaves the name that was wholly seen, and no fingerprint', () => {
    const first = (hello: Uint8Array) =>
      begun().segment('originator', 'PA', hello.subarray(0, 1200)).reply(SERVER_HELLO).frames
    const early = inRecords(clientHello({ serverName: NAME, isNameLast: false }))
    expect(hellos(first(early))).toEqual({
      names: [`${NAME}: 1`],
      fingerprints: [],
      versions: ['TLS 1.2: 1'],
    })
    expect(hellos(first(HELLO))).toEqual({ names: [], fingerprints: [], versions: ['TLS 1.2: 1'] })
    expectSameWhereverCut(first(early))
  })

  it('is not completed by what its sender says after the answer', () => {
    const frames = begun()
      .segment('originator', 'PA', HELLO.subarray(0, 1200))
      .reply(SERVER_HELLO)
      .segment('originator', 'PA', HELLO.subarray(1200)).frames
    expect(hellos(frames).fingerprints).toEqual([])
    expectSameWhereverCut(frames)
  })

  it('longer than what is kept of one is shown as reaching a limit', () => {
    const long = inRecords(clientHello({ serverName: NAME, keyShareLength: 9000, isNameLast: false }))
    const summary = summaryOf(pcap(begun().send(long).reply(SERVER_HELLO).frames))
    expect(table(summary, 'serverNames')).toEqual([`${NAME}: 1`])
    expect(table(summary, 'clientFingerprints')).toEqual([])
    expect(summary.limits.refusedNameCount).toBe(1)
  })

  it('of more conversations than are kept is shown as reaching a limit where its rest did not come', () => {
    const frames = Array.from(
      { length: 1030 },
      (_, i) =>
        tcpConversation({
          originator: '10.0.0.1',
          originatorPort: 2000 + i,
          responder: '10.0.0.2',
          responderPort: 443,
        })
          .syn()
          .segment('originator', 'PA', HELLO.subarray(0, 1200)).frames,
    ).flat()
    expect(summaryOf(pcap(frames)).limits.refusedNameCount).toBe(6)
  })
})

/** A conversation with a hello in random pieces, some lost, late or twice, answered or not. */
function randomConversation(random: Random, port: number): Frame[] {
  const serverName = `${random.pick(['a', 'b', 'c'])}.example.test`
  const message = clientHello({
    serverName,
    keyShareLength: random.between(10, 2000),
    isNameLast: random.chance(0.5),
  })
  const stream = inRecords(message, random.chance(0.2) ? random.between(50, 1500) : undefined)
  const isIpv4 = random.chance(0.5)
  const script = tcpConversation({
    originator: isIpv4 ? '10.0.0.1' : `2001:db8::${String(random.between(1, 9))}`,
    originatorPort: port,
    responder: isIpv4 ? '10.0.0.2' : '2001:db8::5:5',
    responderPort: 443,
  })
  return framesOf(script, random, stream)
}

function framesOf(script: TcpConversation, random: Random, stream: Uint8Array): Frame[] {
  if (random.chance(0.8)) script.handshake()
  if (random.chance(0.2))
    script.send(text('CONNECT x:1 HTTP/1.1\r\n\r\n')).reply(text('HTTP/1.1 200 OK\r\n\r\n'))
  const before = script.frames.length
  for (let at = 0; at < stream.length;) {
    const length = random.between(20, 1460)
    script.segment('originator', 'PA', stream.subarray(at, at + length))
    at += length
  }
  const pieces = script.frames.splice(before)
  const times = pieces.map((piece) => piece.time)
  const sent = pieces.flatMap((piece) =>
    random.chance(0.1) ? [] : random.chance(0.2) ? [piece, piece] : [piece],
  )
  if (sent.length > 1 && random.chance(0.4)) {
    const at = random.between(0, sent.length - 2)
    ;[sent[at], sent[at + 1]] = [sent[at + 1]!, sent[at]!]
  }
  script.frames.push(...sent.map(({ bytes: each }, i) => ({ time: times[i] ?? times.at(-1)!, bytes: each })))
  if (random.chance(0.7)) script.reply(SERVER_HELLO).send(filled(200, 0x17))
  return script.frames
}

describe('hellos in random pieces', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))(
    'give the same summary wherever cut: seed %i',
    (seed) => {
      const random = seededRandom(seed + 1)
      const frames = inTimeOrder(
        ...Array.from({ length: 3 }, (_, i) => randomConversation(random, 40_000 + i)),
      )
      const file = pcap(frames)
      const whole = summaryOf(file)
      for (let cut = 0; cut <= frames.length; cut++) {
        const cutsAt = [cut, random.between(0, frames.length)]
        expect(summaryOf(file, { cutsAt: [cut] }), `cut at ${String(cut)}`).toEqual(whole)
        expect(summaryOf(file, { cutsAt, sendPart }), `cut at ${cutsAt.join(', ')}`).toEqual(whole)
      }
    },
  )
})
