/** `nta analyze --part` and `nta merge`: captures analysed apart give the summary of the captures analysed together. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pcapCutInto } from '../captures/pcap-cuts.ts'
import { nta, type NtaResult } from './nta.ts'

const [SPOOFING, RESOLVER, SCAN, SWEEP] = [
  'samples/arp-spoofing.pcap',
  'samples/busy-resolver.pcap',
  'samples/port-scan.pcapng',
  'samples/ssh-sweep.pcap',
] as const
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-merge-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const inFolder = (name: string): string => join(folder, name)

/** The part of each capture. */
async function partsOf(captures: readonly string[]): Promise<string[]> {
  return Promise.all(
    captures.map(async (capture, place) => {
      const part = inFolder(`${basename(capture)}.${String(place)}.ntapart`)
      const { stderr } = await nta('analyze', capture, '--part', part)
      expect(stderr.replace(/^nta: .*read in part.*\n/, '')).toBe('')
      return part
    }),
  )
}

const json = (command: string, inputs: readonly string[]): Promise<NtaResult> =>
  nta(command, ...inputs, '--json', '-', '--limit', 'none')

async function expectSame(captures: readonly string[]): Promise<void> {
  const together = await json('analyze', captures)
  const merged = await json('merge', await partsOf(captures))
  expect(merged.stdout).toBe(together.stdout)
  expect(merged.status).toBe(together.status)
}

/** The sweep as a rolling capture of three files. */
function rollingSweep(): string[] {
  return pcapCutInto(readFileSync(SWEEP), 3).map((bytes, place) => {
    const path = inFolder(`rolling-${String(place)}.pcap`)
    writeFileSync(path, bytes)
    return path
  })
}

describe('nta analyze --threads', () => {
  it('gives the same for any number, and takes only a number', async () => {
    const alone = await json('analyze', [SCAN])
    const inThreads = await nta('analyze', SCAN, '--threads', '4', '--json', '-', '--limit', 'none')
    expect(inThreads.stdout).toBe(alone.stdout)
    for (const wrong of ['0', '65', 'many']) {
      const { status, stderr } = await nta('analyze', SCAN, '--threads', wrong)
      expect(status).toBe(64)
      expect(stderr).toContain('--threads takes a number from 1 to 64')
    }
  })
})

describe('nta merge', () => {
  it.each([SPOOFING, RESOLVER, SCAN, SWEEP])('of the one part of %s gives its summary', async (capture) => {
    await expectSame([capture])
  })

  it('of a rolling capture gives the summary of its files together, in whatever order they are named', async () => {
    const [first, second, third] = rollingSweep() as [string, string, string]
    await expectSame([first, second, third])
    await expectSame([third, first, second])
  })

  it('of captures of other days, formats and interfaces gives their summary together', async () => {
    await expectSame([SPOOFING, SWEEP, RESOLVER])
    await expectSame([SCAN, SWEEP, RESOLVER])
  })

  it('says how a cut capture ended, as an analysis of all would, and exits with 2', async () => {
    const [first, second, third] = rollingSweep() as [string, string, string]
    writeFileSync(second, readFileSync(second).subarray(0, -5))
    await expectSame([first, second, third])
    const merged = await json('merge', await partsOf([first, second, third]))
    expect(merged.status).toBe(2)
    expect(merged.stderr).toContain('read in part (truncated-record at byte')
  })

  it('writes a part of parts, which merges with others', async () => {
    const captures = rollingSweep()
    const [first, second, third] = (await partsOf(captures)) as [string, string, string]
    const both = inFolder('both.ntapart')
    expect(await nta('merge', first, second, '--part', both, '--quiet')).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
    const merged = await json('merge', [both, third])
    expect(merged.stdout).toBe((await json('analyze', captures)).stdout)
  })

  it('counts captures that overlap in time one after the other, and says so', async () => {
    const merged = await json('merge', await partsOf([SPOOFING, SCAN]))
    expect(merged.status).toBe(0)
    expect(merged.stderr).toMatch(/overlap in time\. They are counted one after the other/)
    const summaries = [merged, await json('analyze', [SPOOFING, SCAN])].map(
      ({ stdout }) => JSON.parse(stdout) as { capture: object; endpoints: unknown; protocols: unknown },
    )
    expect(summaries[0]).toMatchObject({
      capture: summaries[1]!.capture,
      endpoints: summaries[1]!.endpoints,
      protocols: summaries[1]!.protocols,
    })
  })

  it('has the outputs, the page and the exit statuses of nta analyze', async () => {
    const parts = await partsOf([SCAN])
    const page = await nta('merge', ...parts)
    expect(page.stdout).toBe((await nta('analyze', SCAN)).stdout)
    const [html, csv] = [inFolder('r.html'), inFolder('tables')]
    expect((await nta('merge', ...parts, '--html', html, '--csv', csv, '--fail-on', 'medium')).status).toBe(3)
    expect(readFileSync(html, 'utf8')).toContain('<!doctype html>')
    expect(readdirSync(csv)).toContain('conversations.csv')
    expect((await nta('merge')).status).toBe(64)
  })

  it('refuses two parts of one capture', async () => {
    const [part] = (await partsOf([SCAN])) as [string]
    const copy = inFolder('copy.ntapart')
    writeFileSync(copy, readFileSync(part))
    const { status, stdout, stderr } = await nta('merge', part, copy)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain(`${part} and ${copy} are both of the capture port-scan.pcapng`)
    expect((await nta('merge', part, part)).status).toBe(1)
  })

  it.each<[string, (part: Buffer) => Buffer, RegExp]>([
    ['is cut', (part) => part.subarray(0, 5000), /ends too early: it is cut.*\(at byte 5000\)/],
    [
      'has a flipped bit',
      (part) => (part.writeUInt8(part[9000]! ^ 4, 9000), part),
      /is damaged.*\(at byte \d+\)/,
    ],
    ['is a capture', () => readFileSync(SCAN), /is no part of an analysis.*\(at byte 0\)/],
    ['is empty', () => Buffer.alloc(0), /is empty/],
  ])('names a part that %s, and writes nothing', async (_, change, message) => {
    const [good, other] = (await partsOf([SCAN, SWEEP])) as [string, string]
    const bad = inFolder('bad.ntapart')
    writeFileSync(bad, change(readFileSync(good)))
    const output = inFolder('never.json')
    const { status, stderr } = await nta('merge', other, bad, '--json', output)
    expect(status).toBe(1)
    expect(stderr).toMatch(message)
    expect(stderr).toContain(bad)
    expect(readdirSync(folder)).not.toContain('never.json')
  })

  it('leaves no part where one cannot be saved', async () => {
    const missing = join(folder, 'no-such-folder', 'x.ntapart')
    const { status, stderr } = await nta('analyze', SCAN, '--part', missing)
    expect(status).toBe(1)
    expect(stderr).toContain('x.ntapart was not saved: its folder does not exist')
    mkdirSync(inFolder('is-a-folder'))
    expect((await nta('analyze', SCAN, '--part', inFolder('is-a-folder'))).status).toBe(1)
  })

  it('reads parts that only their owner may read, as it writes them', async () => {
    const [part] = (await partsOf([SCAN])) as [string]
    expect(statSync(part).mode & 0o777).toBe(0o600)
  })
})
