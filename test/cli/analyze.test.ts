/** `nta analyze` as scripts and people use it: outputs, messages, exit statuses. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaptureSummary } from '../../src/engine/index.ts'
import { nta } from './nta.ts'

const SCAN = 'samples/port-scan.pcapng'
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nta-cli-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const inFolder = (name: string): string => join(folder, name)
const summaryAt = (path: string): CaptureSummary => JSON.parse(readFileSync(path, 'utf8')) as CaptureSummary

/** A copy of a sample that ends in the middle of its last record. */
function cutSample(): string {
  const path = inFolder('cut.pcapng')
  const whole = readFileSync(SCAN)
  writeFileSync(path, whole.subarray(0, whole.length - 17))
  return path
}

describe('nta analyze', () => {
  it('prints a page for people when no output is named', async () => {
    const { status, stdout, stderr } = await nta('analyze', SCAN)
    expect(status).toBe(0)
    expect(stderr).toBe('')
    expect(stdout).toContain('1,092 packets')
    expect(stdout).toContain('10.99.0.66 scanned the ports of 10.99.0.10 (100 ports)')
    // No colour where nobody looks.
    expect(stdout).not.toContain('\x1b')
  })

  it('writes JSON alone on standard output, and it keeps to the schema', async () => {
    const { status, stdout, stderr } = await nta('analyze', SCAN, '--json', '-')
    expect(status).toBe(0)
    expect(stderr).toBe('')
    const summary: unknown = JSON.parse(stdout)
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(readFileSync('docs/summary.schema.json', 'utf8')) as object,
    )
    expect(validate(summary), JSON.stringify(validate.errors)).toBe(true)
  })

  it.each(readdirSync('samples').filter((name) => name.includes('.pcap')))(
    'keeps to the schema for %s',
    async (name) => {
      const { stdout } = await nta('analyze', join('samples', name), '--json', '-', '--limit', 'none')
      const summary = JSON.parse(stdout) as CaptureSummary
      const validate = new Ajv2020({ strict: false }).compile(
        JSON.parse(readFileSync('docs/summary.schema.json', 'utf8')) as object,
      )
      expect(validate(summary), JSON.stringify(validate.errors)).toBe(true)
      expect(summary.conversations).toHaveLength(summary.conversationCount)
      expect(summary.endpoints).toHaveLength(summary.endpointCount)
      const { buckets } = summary.bandwidth
      expect(buckets.reduce((sum, [, packets]) => sum + packets, 0)).toBe(summary.capture.packetCount)
      expect(buckets.reduce((sum, [, , bytes]) => sum + bytes, 0)).toBe(summary.capture.originalByteCount)
    },
  )

  it('writes every output that is named, and then no page', async () => {
    const [json, html, csv] = [inFolder('s.json'), inFolder('r.html'), inFolder('tables')]
    const { status, stdout } = await nta('analyze', SCAN, '--json', json, '--html', html, '--csv', csv)
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /^1,\d{3} packets, \d+ findings?, 1 flagged scanner\. Saved .+s\.json, .+r\.html, .+tables\n$/,
    )
    expect((await nta('analyze', SCAN, '--html', html, '--quiet')).stdout).toBe('')
    expect(summaryAt(json).schema).toBe('nta.summary/1')
    expect(readFileSync(html, 'utf8')).toContain('<!doctype html>')
    expect(readdirSync(csv)).toContain('conversations.csv')
  })

  it('caps the lists and still counts everything', async () => {
    const json = inFolder('limited.json')
    await nta('analyze', SCAN, '--json', json, '--limit', '3')
    const summary = summaryAt(json)
    expect(summary.conversations).toHaveLength(3)
    expect(summary.conversationCount).toBe(157)
    expect(summary.endpoints).toHaveLength(3)
    expect(summary.endpointCount).toBe(8)
  })

  it('gives what is readable of a cut capture, says where it ends, and exits with 2', async () => {
    const json = inFolder('cut.json')
    const { status, stderr } = await nta('analyze', cutSample(), '--json', json)
    expect(status).toBe(2)
    expect(stderr).toMatch(/cut\.pcapng: read in part \(truncated-record at byte \d+\)/)
    expect(summaryAt(json).capture.packetCount).toBeGreaterThan(1_000)
    expect(summaryAt(json).capture.ending.kind).toBe('truncated-record')
  })

  it.each([
    ['a file that is not there', 'no-such-file.pcap', /no-such-file\.pcap does not exist/],
    ['a folder', 'samples', /samples is a folder/],
    ['a file that is no capture', 'package.json', /package\.json: .+at byte 0/],
  ])('refuses %s with 1 and says why', async (_, path, message) => {
    const json = inFolder('refused.json')
    const { status, stderr } = await nta('analyze', path, '--json', json)
    expect(status).toBe(1)
    expect(stderr).toMatch(message)
    expect(existsSync(json)).toBe(false)
  })

  it.each([
    [['analyze']],
    [['analyze', SCAN, '--limit', 'many']],
    [['analyze', SCAN, '--fail-on', 'awful']],
    [['analyze', SCAN, '--time-zone', 'mars']],
    [['analyze', SCAN, '--frobnicate']],
    [['frobnicate']],
    [[]],
  ])('answers wrong usage %j with 64', async (args) => {
    const { status, stderr, stdout } = await nta(...args)
    expect(status).toBe(64)
    expect(stderr).toMatch(/^nta: /)
    expect(stdout).toBe('')
  })

  it('exits with 3 at a finding of the level asked for, and not below it', async () => {
    const medium = await nta('analyze', SCAN, '--quiet', '--fail-on', 'medium')
    const critical = await nta('analyze', SCAN, '--quiet', '--fail-on', 'critical')
    expect([medium.status, critical.status]).toEqual([3, 0])
  })

  it('lets a finding outrank a cut, and a failure to write outrank both', async () => {
    const cut = cutSample()
    const found = await nta('analyze', cut, '--quiet', '--fail-on', 'low')
    const unwritable = await nta('analyze', cut, '--json', join(folder, 'no', 'such', 'folder.json'))
    expect([found.status, unwritable.status]).toEqual([3, 1])
  })

  it('reads several captures as one, in order of time', async () => {
    const json = inFolder('both.json')
    await nta('analyze', 'samples/ssh-sweep.pcap', SCAN, '--json', json)
    const { capture } = summaryAt(json)
    expect(capture.files.map((file) => file.name)).toEqual(['ssh-sweep.pcap', 'port-scan.pcapng'])
    expect(capture.isTimeOrdered).toBe(true)
    expect(capture.packetCount).toBe(1_092 + 1_219)
  })
})

describe('nta analyze, of what is meant otherwise,', () => {
  it('warns of a capture that is named twice, and counts it twice', async () => {
    const json = inFolder('twice.json')
    const copy = inFolder('copy.pcapng')
    writeFileSync(copy, readFileSync(SCAN))
    const { status, stderr } = await nta('analyze', SCAN, copy, `./${SCAN}`, '--json', json)
    expect(status).toBe(0)
    expect(stderr).toContain(`${copy} is the same file as ${SCAN}; its packets are counted each time.`)
    expect(stderr).toContain(`./${SCAN} is the same file as ${SCAN}; its packets are counted each time.`)
    expect(summaryAt(json).capture.packetCount).toBe(3 * 1_092)
  })

  it.each([
    [['--json'], '--json needs a value.'],
    [['--html', '--quiet'], '--html needs a value; "--quiet" looks like an option.'],
    [['--limit', '-1'], '--limit takes a whole number or none, not "-1".'],
    [['--quiet=yes'], '--quiet takes no value.'],
    [['--fast'], 'There is no option "--fast"'],
    [['--csv='], '--csv needs a value.'],
  ])('says what is wrong with %j', async (args, message) => {
    const { status, stderr } = await nta('analyze', SCAN, ...args)
    expect(status).toBe(64)
    expect(stderr).toContain(message)
  })

  it('gives findings that are no scans a heading of their own, with their severity', async () => {
    const { stdout } = await nta('analyze', 'samples/arp-spoofing.pcap')
    const scanners = stdout.indexOf('Scanners  none was flagged')
    const findings = stdout.indexOf('\nFindings  ')
    expect(scanners).toBeGreaterThan(0)
    expect(findings).toBeGreaterThan(scanners)
    expect(stdout.slice(findings)).toMatch(/^\nFindings {2}\d+\n {2}(low|medium|high|critical) /)
  })
})

describe('nta verify', () => {
  it('says "identical" for the capture a report was made from', async () => {
    const html = inFolder('verify.html')
    await nta('analyze', SCAN, '--html', html)
    expect(await nta('verify', html, SCAN)).toEqual({ status: 0, stdout: 'identical\n', stderr: '' })
  })

  it('names what differs for another capture', async () => {
    const html = inFolder('verify.html')
    await nta('analyze', SCAN, '--html', html)
    const { status, stdout } = await nta('verify', html, 'samples/ssh-sweep.pcap')
    expect(status).toBe(3)
    expect(stdout).toMatch(
      /^This is not the capture this report was made from: SHA-256 [0-9a-f]{64} in the report, [0-9a-f]{64} now\./,
    )
    expect(stdout).toContain('capture.packetCount: 1092 in the report, 1219 now')
  })
})

describe('nta rules', () => {
  it('lists every rule with what its thresholds do and where they come from', async () => {
    const { stdout } = await nta('rules', '--json')
    const rules = JSON.parse(stdout) as {
      rule: string
      thresholds: { higher: string; lower: string; source: string }[]
    }[]
    expect(rules.map(({ rule }) => rule)).toContain('vertical-scan')
    for (const { thresholds } of rules) {
      for (const { higher, lower, source } of thresholds) expect([higher, lower, source]).not.toContain('')
    }
  })

  it('prints for each what it sees and what fools it', async () => {
    const listed = JSON.parse((await nta('rules', '--json')).stdout) as { sees: string; fooledBy: string }[]
    const { stdout } = await nta('rules')
    for (const { sees, fooledBy } of listed) {
      expect(stdout).toContain(`  sees: ${sees}\n`)
      expect(stdout).toContain(`  fooled by: ${fooledBy}\n`)
    }
  })

  it('is what the summary says has run', async () => {
    const listed = JSON.parse((await nta('rules', '--json')).stdout) as { rule: string }[]
    const summary = JSON.parse((await nta('analyze', SCAN, '--json', '-')).stdout) as CaptureSummary
    expect(summary.tool.rules.map(({ rule }) => rule)).toEqual(listed.map(({ rule }) => rule))
  })
})

describe('nta', () => {
  it('prints its version and its help', async () => {
    expect((await nta('--version')).stdout).toMatch(/^nta \d+\.\d+\.\d+\n$/)
    expect((await nta('--help')).stdout).toContain('Exit status: 0 analysed')
  })

  it.each(['analyze', 'merge', 'serve', 'verify', 'rules'])(
    'prints the help of %s alone',
    async (command) => {
      for (const args of [
        [command, '--help'],
        [command, '-h'],
        ['help', command],
      ]) {
        const { status, stdout, stderr } = await nta(...args)
        expect([status, stderr]).toEqual([0, ''])
        expect(stdout).toMatch(new RegExp(`^ {2}nta ${command} `))
      }
    },
  )

  it('says what the exit status of verify means', async () => {
    expect((await nta('verify', '--help')).stdout).toContain('Exit status of verify: 0 identical; 3 ')
  })
})
