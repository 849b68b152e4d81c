/** What the readers do with each of 81 hostile files; the manifest beside the files says what each must give. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OpenReader } from '../src/engine/capture/open-reader.ts'
import { openCaptureFile } from '../src/node/capture/capture-file.ts'
import { FileSource } from '../src/node/capture/capture-source.ts'
import { DecompressedSource, detectCompression } from '../src/node/decompress/decompress.ts'
import { SHARED } from './captures/shared-captures.ts'
import { feedCapture } from './feed-capture.ts'
import { drain, issueCounts, readFrames, type ReadFrame } from './readers-read-frames.ts'
import { FrameBatch } from '../src/engine/capture/frame-batch.ts'

const FOLDER = `${SHARED}/hostile`

interface HostileFile {
  readonly name: string
  readonly size: number
  /** Such as `ok:2`, `ok:2+anomaly`, `partial:3`, `error:zip`. */
  readonly expect: string
  readonly why: string
}

/** What we give, where `expect` leaves room or says less than we can. Kind, packets, byte offset, issues. */
interface Outcome {
  readonly kind: string
  readonly packetCount: number
  readonly byteOffset: number
  readonly issues: Readonly<Record<string, number>>
}

function outcome(
  kind: string,
  packetCount: number,
  byteOffset: number,
  issues: Outcome['issues'] = {},
): Outcome {
  return { kind, packetCount, byteOffset, issues }
}

/** Everything that is not simply read to its end. */
const NOT_SIMPLY_READ: Readonly<Record<string, Outcome>> = {
  'p00-empty.pcap': outcome('empty-file', 0, 0),
  'p01-short-magic.pcap': outcome('not-a-capture', 0, 0),
  'p02-header-only-23.pcap': outcome('truncated-file-header', 0, 0),
  'p04-trunc-rechdr.pcap': outcome('truncated-record', 3, 213),
  'p05-trunc-data.pcap': outcome('truncated-record', 3, 213),
  'p06-caplen-ffffffff.pcap': outcome('record-too-long', 3, 213),
  'p07-caplen-7fffffff.pcap': outcome('record-too-long', 3, 213),
  'p08-caplen-262145.pcap': outcome('record-too-long', 1, 87),
  'p10-caplen-gt-snap.pcap': outcome('complete', 2, 203, { 'captured-longer-than-snaplen': 1 }),
  'p11-caplen-gt-len.pcap': outcome('complete', 2, 150, { 'captured-longer-than-original': 1 }),
  'p17-usec-overflow.pcap': outcome('complete', 2, 150, { 'fraction-out-of-range': 1 }),
  'p22-version-9.pcap': outcome('unsupported-version', 0, 0),
  // The manifest asks for a refusal. We read this magic; the file claims it and has plain record headers, 8 bytes short.
  'p23-modified-magic.pcap': outcome('truncated-record', 0, 24),
  'p24-garbage-mid.pcap': outcome('record-too-long', 100, 6324),
  'p25-zeros.pcap': outcome('complete', 4098, 65_686, { 'zero-filled-record': 4096 }),
  'p26-html.pcap': outcome('not-a-capture', 0, 0),
  'p27-pcap-in-gz.pcap': outcome('complete', 5, 339),
  'p28-zip.pcap': outcome('unsupported-format', 0, 0),
  'p29-gz-trunc.pcap.gz': outcome('truncated-compression', 0, 0),
  'p30-gz-multi.pcap.gz': outcome('complete', 7, 465),
  'p31-gz-trailing-garbage.pcap.gz': outcome('complete', 3, 213, { 'garbage-after-gzip': 1 }),
  'n02-no-idb.pcapng': outcome('unknown-interface', 0, 28),
  'n03-ifid-oob.pcapng': outcome('unknown-interface', 1, 128),
  'n04-ifid-ffffffff.pcapng': outcome('unknown-interface', 0, 48),
  'n05-len-mismatch.pcapng': outcome('block-length-mismatch', 1, 128),
  'n06-len-0.pcapng': outcome('bad-block-length', 1, 128),
  'n07-len-8.pcapng': outcome('bad-block-length', 1, 128),
  'n08-len-13.pcapng': outcome('bad-block-length', 1, 128),
  'n09-len-fffffffc.pcapng': outcome('bad-block-length', 1, 128),
  'n10-cap-gt-block.pcapng': outcome('packet-exceeds-block', 1, 128),
  'n11-cap-plus1.pcapng': outcome('packet-exceeds-block', 0, 48),
  'n12-opt-overrun.pcapng': outcome('complete', 2, 216, { 'option-overruns-block': 1 }),
  'n14-tsresol-2e-127.pcapng': outcome('complete', 1, 140, { 'timestamp-resolution-implausible': 1 }),
  'n15-tsresol-10e-127.pcapng': outcome('complete', 1, 140, { 'timestamp-resolution-implausible': 1 }),
  'n17-tsresol-len0.pcapng': outcome('complete', 1, 136, { 'option-wrong-length': 1 }),
  'n18-ts-max.pcapng': outcome('complete', 2, 208, { 'timestamp-out-of-range': 1 }),
  'n19-tsoffset-neg.pcapng': outcome('complete', 1, 144, { 'timestamp-out-of-range': 1 }),
  'n20-unknown-block.pcapng': outcome('complete', 1, 200, { 'unknown-block': 2 }),
  'n22-bad-bom.pcapng': outcome('bad-byte-order-magic', 0, 0),
  'n23-ver-99.pcapng': outcome('unsupported-version', 0, 0),
  'n25-nrb-noend.pcapng': outcome('complete', 1, 148, { 'name-record-overruns-block': 1 }),
  'n27-100k-idb.pcapng': outcome('complete', 1, 2_000_108, { 'interface-not-listed': 34_464 }),
  'n30-trunc-mid-block.pcapng': outcome('truncated-record', 1, 128),
}

/** Deviations from the manifest, by name, with the reason. */
const DEVIATIONS: Readonly<Record<string, string>> = {
  'p23-modified-magic.pcap': 'the modified magic is read, as libpcap does',
  // Going back in time is no matter of the container: `isTimeOrdered` of the summary tells it.
  'p18-ts-backwards.pcap': 'times are handed out as they are',
}

function expectedOf(file: HostileFile): Outcome {
  const packetCount = Number(/^ok:(\d+)/.exec(file.expect)?.[1] ?? Number.NaN)
  return NOT_SIMPLY_READ[file.name] ?? outcome('complete', packetCount, file.size)
}

/** Does the manifest allow this? */
function isAllowed(expectation: string, { kind, packetCount, issues }: Outcome): boolean {
  const isComplete = kind === 'complete'
  return expectation.split(/ or |-or-/).some((part) => {
    const [, word, count, anomaly] = /^(ok|partial|error)(?::(\w+))?(?:\+(\w+))?/.exec(part) ?? []
    if (word === 'error') return !isComplete && packetCount === 0
    if (count !== undefined && Number(count) !== packetCount) return false
    if (word === 'partial') return !isComplete
    const mustNote = anomaly === 'anomaly' || anomaly === 'warn'
    return isComplete && (!mustNote || Object.keys(issues).length > 0)
  })
}

async function readHostileFile(name: string): Promise<Outcome> {
  const file = openCaptureFile(join(FOLDER, name))
  if ('kind' in file) return outcome(file.kind, 0, 0)
  const reader = new OpenReader()
  const frames: ReadFrame[] = []
  const batch = new FrameBatch()
  const onBlock = (): 'continue' => {
    drain(reader, batch, frames)
    return 'continue'
  }
  const compression = detectCompression(file)
  const source = new FileSource(file)
  const ending = await feedCapture(
    compression === 'none' ? source : new DecompressedSource(source, compression),
    reader,
    onBlock,
  )
  file.close()
  return outcome(ending?.kind ?? 'none', frames.length, ending?.byteOffset ?? -1, issueCounts(reader))
}

const isAbsent = !existsSync(FOLDER)
const files: readonly HostileFile[] = isAbsent
  ? []
  : (JSON.parse(readFileSync(join(FOLDER, 'MANIFEST.json'), 'utf8')) as HostileFile[])

describe.skipIf(isAbsent)(`a hostile file (skipped where ${SHARED} is absent)`, () => {
  it('is in the manifest, 81 of them', () => {
    expect(files).toHaveLength(81)
  })

  it.each(files)('$name ($why) gives $expect', async (file) => {
    const given = await readHostileFile(file.name)
    expect(given).toEqual(expectedOf(file))
    if (!(file.name in DEVIATIONS)) expect(isAllowed(file.expect, given)).toBe(true)
  })

  it.each(files.filter(({ size }) => size < 5_000))('$name gives the same in blocks of any size', (file) => {
    const bytes = readFileSync(join(FOLDER, file.name))
    const whole = readFrames(bytes)
    for (const blockSize of [1, 2, 3, 7, 16]) {
      const parts = readFrames(bytes, blockSize)
      expect(parts.frames).toEqual(whole.frames)
      expect(parts.ending).toEqual(whole.ending)
      expect(issueCounts(parts.reader)).toEqual(issueCounts(whole.reader))
    }
  })

  it('p20: counts the frames of a link type that nobody knows', () => {
    const { frames } = readFrames(readFileSync(join(FOLDER, 'p20-link-unknown.pcap')))
    expect(frames.map(({ linkType }) => linkType)).toEqual([65_000, 65_000])
  })

  it('p19: keeps 1970 and 2106 apart', () => {
    const { frames } = readFrames(readFileSync(join(FOLDER, 'p19-ts-epoch0-2106.pcap')))
    expect(frames.map(({ seconds }) => seconds)).toEqual([0, 4_294_967_295])
  })

  it('n24: keeps some names of very many, and counts all', () => {
    const { notes } = readFrames(readFileSync(join(FOLDER, 'n24-nrb-huge.pcapng'))).reader
    expect(notes.resolvedNameCount).toBe(50_000)
    expect(notes.resolvedNames).toHaveLength(10_000)
  })

  it('n27: lists some interfaces of very many, and one for the rest', () => {
    const { frames, reader } = readFrames(readFileSync(join(FOLDER, 'n27-100k-idb.pcapng')))
    expect(reader.interfaces).toHaveLength(65_537)
    expect(frames.map(({ interfaceIndex }) => interfaceIndex)).toEqual([65_536])
    expect(reader.interfaces[65_536]?.packetCount).toBe(1)
  })

  it('n29: cuts a comment of 65 KB', () => {
    const { notes } = readFrames(readFileSync(join(FOLDER, 'n29-comment-huge.pcapng'))).reader
    expect(notes.comments.map(({ text }) => text.length)).toEqual([4_096])
  })
})
