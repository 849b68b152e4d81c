/**
 * Our protocol stacks beside tshark's, frame by frame, over captures of many kinds. What differs must be in
 * `decode-differential/known-deviations.ts`. NTA_ALL_CAPTURES=1 compares every capture there is instead of a sample.
 */

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { SHARED } from './captures/shared-captures.ts'
import { agree, comparable, ourStacks } from './decode-differential/frame-stacks.ts'
import { knownDeviations, uncomparableCaptures } from './decode-differential/known-deviations.ts'
import { sampleCaptures } from './decode-differential/sample-captures.data.ts'

/** So that a sample of nothing cannot pass. */
const FRAME_COUNT_MIN = 1000
const TIMEOUT_MS = 600_000

const run = promisify(execFile)
const hasTshark = await run('tshark', ['--version']).then(
  () => true,
  () => false,
)
const missing = [
  ...(hasTshark ? [] : ['tshark is not installed']),
  ...(existsSync(`${SHARED}/manifest.tsv`) ? [] : [`${SHARED} is not there`]),
]

function captureFiles(): string[] {
  if (process.env['NTA_ALL_CAPTURES'] === undefined) return sampleCaptures.map((file) => `files/${file}`)
  return readFileSync(`${SHARED}/manifest.tsv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t')[0]!)
    .filter((file) => !uncomparableCaptures.some(({ files }) => files.test(file)))
}

/** Fragments are compared as they came: reassembly is not the decoders' work. */
async function tsharkStacks(file: string): Promise<string[]> {
  const options = ['-n', '-r', file, '-o', 'ip.defragment:FALSE', '-o', 'ipv6.defragment:FALSE']
  const fields = ['-T', 'fields', '-e', 'frame.number', '-e', 'frame.protocols']
  const output = await run('tshark', [...options, ...fields], { maxBuffer: 1 << 30 }).then(
    ({ stdout }) => stdout,
    // It exits with 2 when a capture is cut short, after all frames that it could read.
    (error: unknown) => (error as { stdout?: string }).stdout ?? '',
  )
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => comparable(line.split('\t')[1] ?? ''))
}

function read(file: string): Uint8Array {
  const bytes = readFileSync(file)
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
}

interface Comparison {
  readonly frameCount: number
  readonly unexplained: readonly string[]
  readonly deviations: ReadonlySet<string>
}

async function compare(file: string): Promise<Comparison> {
  const theirs = await tsharkStacks(`${SHARED}/${file}`)
  const ours = ourStacks(read(`${SHARED}/${file}`))
  const unexplained =
    ours.length === theirs.length ? [] : [`${file}: ${ours.length} and ${theirs.length} frames`]
  const deviations = new Set<string>()
  for (const [index, our] of ours.slice(0, theirs.length).entries()) {
    const their = theirs[index]!
    if (agree(our, their)) continue
    const deviation = knownDeviations.find(({ explains }) => explains(our, their))
    if (deviation === undefined) unexplained.push(`${file} frame ${index + 1}: ${our} and ${their}`)
    else deviations.add(deviation.why)
  }
  return { frameCount: ours.length, unexplained, deviations }
}

/** All of `files`, two at a time: tshark takes a quarter of a second to start. */
async function compareAll(files: readonly string[]): Promise<Comparison[]> {
  const results: Comparison[] = []
  const waiting = [...files]
  const worker = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) results.push(await compare(file))
  }
  await Promise.all([worker(), worker()])
  return results
}

const title = missing.length === 0 ? 'protocol stacks' : `protocol stacks, skipped: ${missing.join(', ')}`

describe.skipIf(missing.length > 0)(title, () => {
  it(
    'are those of tshark, or differ as we mean them to',
    async () => {
      const results = await compareAll(captureFiles())
      expect(results.flatMap(({ unexplained }) => unexplained)).toEqual([])
      expect(results.reduce((sum, { frameCount }) => sum + frameCount, 0)).toBeGreaterThan(FRAME_COUNT_MIN)
      if (process.env['NTA_ALL_CAPTURES'] !== undefined) {
        const used = new Set(results.flatMap(({ deviations }) => [...deviations]))
        expect(knownDeviations.map(({ why }) => why).filter((why) => !used.has(why))).toEqual([])
      }
    },
    TIMEOUT_MS,
  )
})

describe('the comparison', () => {
  it.each([
    ['eth:ip:tcp', 'eth:ip:tcp:http', true],
    ['eth:ip:udp', 'eth:ip:udp:dns', true],
    ['eth:ip:udp', 'eth:ip:udp:vxlan:eth:ip', false],
    ['eth:ip', 'eth:ip:tcp', false],
    ['eth:ip:tcp', 'eth:ip:udp', false],
    ['eth:ip:tcp', 'eth:vlan:ip:tcp', false],
  ])('of %s with %s says %s', (ours, theirs, expected) => {
    expect(agree(ours, theirs)).toBe(expected)
  })
})
