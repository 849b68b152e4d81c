/**
 * Does crafted traffic cost more than its length? `npx tsx bench/complexity.ts`
 *
 * Linear cost: processor time for twice as much of each adversarial capture, divided by the time for once; 2.3 at most. Crafted
 * keys: time for 65,536 keys of each family in the place of addresses and ports, divided by that for random ones; 1.5 at most.
 * Medians of several rounds in turn, after a warm-up. Exit status 1 when one is above its limit.
 */

import { Aggregates } from '../src/engine/aggregate/aggregates.ts'
import { FrameBatch } from '../src/engine/capture/frame-batch.ts'
import { detect, droppedPacketCount, gatherEvidence, OpenReader, summarize } from '../src/engine/index.ts'
import { CRAFTED_KEY_COUNT, CRAFTED_WORDS } from '../test/complexity/crafted-keys.ts'
import {
  at,
  concat,
  dnsQuery,
  ethernet,
  interfaceDescription,
  enhancedPacket,
  ipv4,
  patched,
  pcap,
  sectionHeader,
  seededRandom,
  tcp,
  udp,
  vlan,
  type Frame,
} from '../test/traffic/index.ts'
import { ADVERSARIAL } from './generate/adversarial.ts'
import { describeMachine } from './machine.ts'

const ROUNDS = 7
const LINEAR_MAX = 2.3
const CRAFTED_MAX = 1.5

let failureCount = 0
console.log(describeMachine())

console.log('\ntwice as much of it, times the processor time')
for (const [name, { n, make }] of Object.entries(ADVERSARIAL)) {
  const [once, twice] = [make(n), make(2 * n)]
  const [onceMs, twiceMs] = medians([once, twice])
  tell(
    name,
    twiceMs! / onceMs!,
    LINEAR_MAX,
    `${(once.length / 2 ** 20).toFixed(1)} MiB, ${onceMs!.toFixed(0)} ms`,
  )
}

console.log('\n65,536 crafted keys, times the processor time of random ones')
const random = seededRandom(5)
const randomWords = Int32Array.from({ length: CRAFTED_KEY_COUNT }, () => random.uint32())
for (const [place, make] of Object.entries(places())) {
  const families = Object.values(CRAFTED_WORDS)
  const [randomMs, ...craftedMs] = medians([make(randomWords), ...families.map(make)])
  Object.keys(CRAFTED_WORDS).forEach((family, i) => {
    tell(`${place}, ${family}`, craftedMs[i]! / randomMs!, CRAFTED_MAX, `${craftedMs[i]!.toFixed(0)} ms`)
  })
}
process.exitCode = failureCount === 0 ? 0 : 1

function tell(name: string, ratio: number, limit: number, detail: string): void {
  const isOver = ratio > limit
  if (isOver) failureCount += 1
  console.log(`${ratio.toFixed(2)} ${isOver ? 'TOO MUCH' : 'ok'}  ${name} (${detail})`)
}

/** Median processor time of each capture in milliseconds; rounds in turn, so that a busy minute meets all of them. */
function medians(captures: readonly Uint8Array[]): number[] {
  for (const capture of captures) analyse(capture)
  const times = captures.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++) {
    captures.forEach((capture, i) => {
      const before = process.cpuUsage()
      analyse(capture)
      const { user, system } = process.cpuUsage(before)
      times[i]!.push((user + system) / 1000)
    })
  }
  return times.map((each) => each.sort((a, b) => a - b)[ROUNDS >> 1]!)
}

function analyse(capture: Uint8Array): void {
  const reader = new OpenReader()
  const aggregates = new Aggregates([random0(), 2, 3, 4])
  const batch = new FrameBatch()
  for (let from = 0; from < capture.length && reader.ending === null;) {
    const room = reader.writable(65_536)
    const count = Math.min(room.length, capture.length - from, 262_144)
    room.bytes.set(capture.subarray(from, from + count), room.offset)
    reader.commit(count)
    from += count
    while (reader.next(batch) > 0) aggregates.observe(batch)
  }
  reader.finish()
  while (reader.next(batch) > 0) aggregates.observe(batch)
  const detection = detect(gatherEvidence(aggregates, droppedPacketCount(reader.interfaces)))
  const { interfaces, notes } = reader
  summarize(
    aggregates,
    detection,
    { files: [], interfaces, ending: reader.ending!, notes },
    { toolVersion: 'bench', rowLimit: 1_000 },
  )
}

function random0(): number {
  return (performance.now() * 1_000) | 0
}

/** A capture with each key once, for everything that tables are keyed by. */
function places(): Readonly<Record<string, (words: Int32Array) => Uint8Array>> {
  const ends = { source: '10.0.0.1', destination: '10.0.0.2' }
  const syn = ethernet({}, ipv4(ends, tcp({ sourcePort: 1, destinationPort: 80, flags: 'S' })))
  const tag = ethernet({}, vlan({ id: 1 }, ipv4(ends, udp({ sourcePort: 9, destinationPort: 9 }))))
  const query = ethernet(
    {},
    ipv4(
      ends,
      udp({ sourcePort: 40_000, destinationPort: 53 }, dnsQuery({ id: 7, name: 'aaaaaaaa.example' })),
    ),
  )
  const bytesOf = (word: number): number[] => [
    word >>> 24,
    (word >>> 16) & 255,
    (word >>> 8) & 255,
    word & 255,
  ]
  const letters = (word: number): number[] =>
    bytesOf(word).flatMap((byte) => [0x61 + (byte >> 4), 0x61 + (byte & 15)])
  const made = (words: Int32Array, frame: (word: number) => Uint8Array): Uint8Array =>
    pcap(Array.from(words, (word, i): Frame => ({ time: at(i >> 10), bytes: frame(word) })))
  return {
    'source addresses': (words) => made(words, (word) => patched(syn, 26, bytesOf(word))),
    'pairs of addresses': (words) =>
      made(words, (word) => patched(patched(syn, 26, bytesOf(word)), 30, bytesOf(word))),
    'pairs of ports': (words) => made(words, (word) => patched(syn, 34, bytesOf(word))),
    'VLAN tags': (words) => made(words, (word) => patched(tag, 14, bytesOf(word).slice(0, 2))),
    'DNS names': (words) => made(words, (word) => patched(query, 55, letters(word))),
    'interface numbers': (words) => {
      const described = interfaceDescription()
      const interfaces = new Uint8Array(CRAFTED_KEY_COUNT * described.length)
      for (let i = 0; i < CRAFTED_KEY_COUNT; i++) interfaces.set(described, i * described.length)
      const frame = enhancedPacket({ time: at(1), bytes: syn })
      const frames = new Uint8Array(CRAFTED_KEY_COUNT * frame.length)
      words.forEach((word, i) => {
        frames.set(patched(frame, 8, [word & 255, (word >>> 8) & 255, 0, 0]), i * frame.length)
      })
      return concat(sectionHeader(), interfaces, frames)
    },
  }
}
