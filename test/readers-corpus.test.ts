/** The readers against tshark's and capinfos' answers on 1,781 captures, and the few where we differ, with the reason. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OpenReader } from '../src/engine/capture/open-reader.ts'
import { FRAME_WITHOUT_TIME } from '../src/engine/capture/frame-batch.ts'
import { openCaptureFile } from '../src/node/capture/capture-file.ts'
import { FileSource } from '../src/node/capture/capture-source.ts'
import { DecompressedSource, detectCompression } from '../src/node/decompress/decompress.ts'
import { FrameBatch } from '../src/engine/capture/frame-batch.ts'
import { SHARED } from './captures/shared-captures.ts'
import { feedCapture } from './feed-capture.ts'
import { drain, readFrames, type ReadFrame } from './readers-read-frames.ts'

/** What tshark and capinfos say of a capture; times as they print them, so to the microsecond. */
interface Answer {
  readonly packets: number
  readonly wire_bytes: number
  readonly captured_bytes: number
  readonly first_epoch: number | null
  readonly last_epoch: number | null
  readonly min_epoch: number | null
  readonly max_epoch: number | null
}

/** Captures of link types that Wireshark 4.0 refuses as a whole; tcpdump --count agrees with these numbers. */
const REFUSED_BY_WIRESHARK: Readonly<Record<string, number>> = {
  'the-tcpdump-group+libpcap/tests/filter/brcm-tag-stp.pcap': 4,
  'the-tcpdump-group+libpcap/tests/filter/brcm-tag.pcap': 15,
  'the-tcpdump-group+libpcap/tests/filter/dsa.pcap': 8,
  'the-tcpdump-group+tcpdump/tests/brcm-tag-prepend.pcap': 15,
  'the-tcpdump-group+tcpdump/tests/brcm-tag.pcap': 23,
  'the-tcpdump-group+tcpdump/tests/dsa-high-vid.pcap': 4,
  'the-tcpdump-group+tcpdump/tests/edsa-high-vid.pcap': 4,
  'the-tcpdump-group+tcpdump/tests/edsa.pcap': 10,
  'the-tcpdump-group+tcpdump/tests/frf16_magic_ie-oobr.pcap': 1,
  'the-tcpdump-group+tcpdump/tests/hoobr_juniper3.pcap': 1,
  'the-tcpdump-group+tcpdump/tests/juniper_es_oobr.pcap': 1,
  'the-tcpdump-group+tcpdump/tests/juniper_monitor_invalid_cookie_length.pcap': 1,
  'the-tcpdump-group+tcpdump/tests/kday6.pcap': 1,
  'the-tcpdump-group+tcpdump/tests/vtp_asan-2.pcap': 1,
  'the-tcpdump-group+tcpdump/tests/vtp_asan-3.pcap': 1,
  'the-tcpdump-group+tcpdump/tests/vtp_asan.pcap': 5,
}

/** Captures with frames without time, for which no full answer was made: packets and wire bytes from capinfos -c -d. */
const ANSWERED_BY_CAPINFOS: Readonly<Record<string, readonly [packets: number, wireBytes: number]>> = {
  test011: [4, 1312],
  test012: [4, 1312],
  test016: [4, 1312],
  test018: [4, 1312],
  test100: [5, 1480],
  test102: [5, 1480],
  test202: [8, 2304],
}

/** Fractions of a second of a whole second and more: we carry them over, Wireshark lets them wrap round or prints them as they are. */
const ODD_FRACTIONS: readonly string[] = [
  'OISF+suricata-verify/tests/transform-base64-7296/input.pcap',
  'the-tcpdump-group+tcpdump/tests/rx_serviceid_oobr.pcap',
  'the-tcpdump-group+tcpdump/tests/timestamp_invalid_micro.pcap',
  'the-tcpdump-group+tcpdump/tests/timestamp_invalid_nano.pcap',
]

/** SunATM: Wireshark takes the four bytes before the cell for metadata and does not count them; capture and tcpdump do. */
const SUNATM_HEADER_LENGTH = 4
const SUNATM: readonly string[] = [
  'the-tcpdump-group+tcpdump/tests/atm-heapoverflow.pcap',
  'the-tcpdump-group+tcpdump/tests/atm-oam-heapoverflow.pcap',
  // Its fraction is odd as well.
  'the-tcpdump-group+tcpdump/tests/atm-oam-loopback-print-overrun.pcap',
]

/** Nothing but Custom Blocks: tshark lists each as a packet, capinfos counts none. */
const CUSTOM_BLOCKS_ONLY = 'test017.pcapng'

interface Row {
  readonly path: string
  readonly answer: Answer | null
}

function rowOf(line: string): Row {
  const [file = '', , , , , , , , expected = ''] = line.split('\t')
  const answer = JSON.parse(readFileSync(join(SHARED, expected), 'utf8')) as
    Answer | { readonly error: string }
  return { path: file.replace(/^files\//, ''), answer: 'error' in answer ? null : answer }
}

function sumOf(frames: readonly ReadFrame[], length: 'originalLength' | 'capturedLength'): number {
  return frames.reduce((sum, frame) => sum + frame[length], 0)
}

/** Times of all frames that have one. */
function epochs(frames: readonly ReadFrame[]): number[] {
  return frames
    .filter(({ flags }) => (flags & FRAME_WITHOUT_TIME) === 0)
    .map(({ seconds, nanoseconds }) => seconds + nanoseconds / 1e9)
}

/** Shown in one line each, so that a failure lists every capture that differs. */
function differences(frames: readonly ReadFrame[], { answer, path }: Row): string[] {
  if (answer === null) return [`${path}: no answer`]
  const header = SUNATM.includes(path) ? SUNATM_HEADER_LENGTH * frames.length : 0
  const found: string[] = []
  const compare = (
    what: string,
    ours: number | null | undefined,
    theirs: number | null,
    tolerance = 0,
  ): void => {
    const isEqual =
      theirs === null ? (ours ?? null) === null : Math.abs((ours ?? Number.NaN) - theirs) <= tolerance
    if (!isEqual) found.push(`${path}: ${what} is ${String(ours)}, the answer ${String(theirs)}`)
  }
  compare('packets', frames.length, answer.packets)
  compare('wire bytes', sumOf(frames, 'originalLength') - header, answer.wire_bytes)
  compare('captured bytes', sumOf(frames, 'capturedLength') - header, answer.captured_bytes)
  if (ODD_FRACTIONS.includes(path) || SUNATM.includes(path)) return found
  const times = epochs(frames)
  compare('first time', times[0], answer.first_epoch, 1e-6)
  compare('last time', times.at(-1), answer.last_epoch, 1e-6)
  compare('earliest time', times.length > 0 ? Math.min(...times) : null, answer.min_epoch, 1e-6)
  compare('latest time', times.length > 0 ? Math.max(...times) : null, answer.max_epoch, 1e-6)
  return found
}

const isAbsent = !existsSync(SHARED)
const rows: readonly Row[] = isAbsent
  ? []
  : readFileSync(join(SHARED, 'manifest.tsv'), 'utf8').trim().split('\n').slice(1).map(rowOf)
const packed = rows.filter(({ path }) => path.endsWith('.gz'))
const plain = rows.filter(({ path }) => !path.endsWith('.gz'))

function framesOf(path: string): readonly ReadFrame[] {
  return readFrames(readFileSync(join(SHARED, 'files', path))).frames
}

function isTest(path: string, name: string): boolean {
  return path.startsWith('google+gopacket/pcapgo/tests/') && path.endsWith(name)
}

describe.skipIf(isAbsent)(`the readers (skipped where ${SHARED} is absent)`, () => {
  it('have 1,781 captures to be measured by', () => {
    expect(rows).toHaveLength(1_781)
  })

  it('agree with tshark on packets, bytes and times of every capture that it reads', () => {
    const compared = plain.filter(
      ({ path, answer }) =>
        answer !== null && !(path in REFUSED_BY_WIRESHARK) && !isTest(path, CUSTOM_BLOCKS_ONLY),
    )
    expect(compared).toHaveLength(1_748)
    expect(compared.flatMap((row) => differences(framesOf(row.path), row))).toEqual([])
  })

  it('agree with tcpdump on the captures that Wireshark refuses', () => {
    const counts = Object.keys(REFUSED_BY_WIRESHARK).map((path) => [path, framesOf(path).length])
    expect(Object.fromEntries(counts)).toEqual(REFUSED_BY_WIRESHARK)
  })

  it('agree with capinfos where frames have no time', () => {
    const unanswered = plain.filter(({ answer }) => answer === null)
    expect(unanswered).toHaveLength(14)
    for (const { path } of unanswered) {
      const frames = framesOf(path)
      const name = /(test\d+)\.pcapng$/.exec(path)?.[1] ?? ''
      expect([frames.length, sumOf(frames, 'originalLength')], path).toEqual(ANSWERED_BY_CAPINFOS[name])
    }
  })

  it('agree with capinfos that custom blocks are no packets', () => {
    const paths = plain.map(({ path }) => path).filter((path) => isTest(path, CUSTOM_BLOCKS_ONLY))
    expect(paths).toHaveLength(2)
    for (const path of paths) expect(framesOf(path)).toEqual([])
  })

  it.each(packed)('read $path as what is inside', async (row) => {
    const file = openCaptureFile(join(SHARED, 'files', row.path))
    if ('kind' in file) throw new Error(file.message)
    const compression = detectCompression(file)
    if (compression === 'none') throw new Error('it is not compressed')
    const reader = new OpenReader()
    const frames: ReadFrame[] = []
    const batch = new FrameBatch()
    await feedCapture(new DecompressedSource(new FileSource(file), compression), reader, () => {
      drain(reader, batch, frames)
      return 'continue'
    })
    file.close()
    expect(differences(frames, row)).toEqual([])
  })

  it('read the same whatever the size of the blocks', () => {
    // Every twentieth capture: enough to meet each format, byte order and block type, quick enough for each run.
    const sample = plain.filter(
      ({ path }, i) => i % 20 === 0 && readFileSync(join(SHARED, 'files', path)).length < 20_000,
    )
    expect(sample.length).toBeGreaterThan(60)
    let state = 1
    const random = (): number => {
      state = Math.imul(state, 1_103_515_245) + 12_345
      return 1 + ((state >>> 16) % 3_000)
    }
    for (const { path } of sample) {
      const bytes = readFileSync(join(SHARED, 'files', path))
      const whole = readFrames(bytes)
      for (const blockSize of [1, 2, 3, 7, 16, 4_096, 65_536, random]) {
        const parts = readFrames(bytes, blockSize)
        expect(parts.ending, path).toEqual(whole.ending)
        expect(parts.frames, path).toEqual(whole.frames)
      }
    }
  })
})
