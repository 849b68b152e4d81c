/** What the charts draw, read back from their SVG. */

import { describe, expect, it } from 'vitest'
import { emptySummary } from '../../../test/report/empty-summary.ts'
import { officeSummary } from '../../../test/report/office-summary.ts'
import type { ConversationRow, Finding } from '../../engine/summarize/capture-summary.ts'
import { reportContext } from '../context.ts'
import { bandwidthChart } from './bandwidth-chart.ts'
import { fitted } from './drawing.ts'
import { matrixChart } from './matrix-chart.ts'
import { probeTimeline } from './probe-timeline.ts'
import { protocolChart, protocolTree } from './protocol-chart.ts'
import { talkersChart } from './talkers-chart.ts'

const office = officeSummary()
const context = reportContext(office, { timeZone: 'utc' })
const nothing = reportContext(emptySummary(), { timeZone: 'utc' })

describe('every chart', () => {
  const all = [
    bandwidthChart(context),
    protocolChart(office.protocols, office.capture.originalByteCount),
    talkersChart(office),
    matrixChart(office),
    probeTimeline(
      context,
      office.findings.find(({ rule }) => rule === 'vertical-scan')!,
    ),
  ].map(({ markup }) => markup)

  it('has finite numbers only, stays inside its frame, and has a name', () => {
    for (const markup of all) {
      expect(markup).not.toMatch(/NaN|Infinity|undefined|null/)
      expect(markup).toMatch(/role="img" aria-label="[^"]{10,}/)
      for (const [, x] of markup.matchAll(/\sx[12]?="(-?[\d.]+)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(-14)
        expect(Number(x)).toBeLessThanOrEqual(900)
      }
    }
  })

  it('says in words that there is nothing to draw', () => {
    expect(bandwidthChart(nothing).markup).toContain('No packet carries a time')
    expect(talkersChart(emptySummary()).markup).toContain('No packet carries an IP address')
    expect(matrixChart(emptySummary()).markup).toContain('Fewer than two addresses')
    expect(protocolChart([], 0).markup).toBe('')
  })
})

describe('bandwidth over time', () => {
  const { markup } = bandwidthChart(context)

  it('names its units, its step, its peak and the silence it folds', () => {
    for (const text of [
      'Bits per second on the wire, by protocol',
      'Packets per second',
      'Each step is the mean over 30 s',
      'peak 248 kbit/s',
      '3 d 04 h silence',
      'time (UTC)',
      'from 2024-05-01',
      '05-04 19:00',
    ]) {
      expect(markup).toContain(text)
    }
  })

  it('draws a path for each protocol and numbers the findings', () => {
    for (const mark of ['s1', 's2', 's3', 's4'])
      expect(markup).toMatch(new RegExp(`<path\\sclass="${mark}"\\sd="M`))
    expect(markup).toMatch(/class="finding middle"[^>]*>\s*<title>Finding 1: .*<\/title>\s*1, 2, 3/)
  })

  it('sets the number of a finding at the very beginning beside its line, clear of the axis', () => {
    const findings = [{ ...office.findings[0]!, firstTimestamp: office.capture.firstTimestamp }]
    const early = bandwidthChart(reportContext({ ...office, findings }, { timeZone: 'utc' })).markup
    expect(early).toMatch(/<text class="finding start" x="76"/)
  })

  it('says how many packets have no place on it', () => {
    const capture = { ...office.capture, packetCount: office.capture.packetCount + 7 }
    const { markup: with7 } = bandwidthChart(reportContext({ ...office, capture }, { timeZone: 'utc' }))
    expect(with7).toContain('7 packets without a usable time are not on this axis')
  })
})

describe('the protocol tree', () => {
  it('hangs each protocol under the one that carries it, largest first', () => {
    const [eth] = protocolTree(office.protocols)
    expect(eth!.children.map(({ name }) => name)).toEqual(['ip', 'ipv6', 'arp', 'lldp'])
    expect(eth!.children[0]!.children[0]!.children.map(({ name }) => name)).toEqual(['tls', 'http', 'ssh'])
  })

  it('draws boxes as wide as their bytes', () => {
    const rows = [
      { path: ['eth'], packetCount: 2, byteCount: 200, basis: 'header' },
      { path: ['eth', 'arp'], packetCount: 1, byteCount: 50, basis: 'header' },
    ] as const
    const widths = [...protocolChart(rows, 200).markup.matchAll(/<rect[^>]*?width="([\d.]+)"/gs)].map(
      ([, width]) => Number(width),
    )
    expect(widths).toEqual([899, 224])
  })
})

describe('who talks to whom', () => {
  const conversation = (from: string, to: string, there: number, back: number): ConversationRow => ({
    ...office.conversations[0]!,
    originator: { address: from, port: 1 },
    responder: { address: to, port: 2 },
    byteCount: there + back,
    originatorByteCount: there,
    responderByteCount: back,
  })

  it('adds bytes up by direction over all conversations of a pair', () => {
    const conversations = [conversation('a', 'b', 1_000, 10), conversation('b', 'a', 5, 2_000)]
    const { markup } = matrixChart({ ...office, conversations, conversationCount: 2 })
    expect(markup).toContain('a to b: 3,000 B')
    expect(markup).toContain('b to a: 15 B')
    expect(markup).toContain('all 2 conversations')
  })

  it('is high enough for its key beside two addresses', () => {
    const { markup } = matrixChart({ ...office, conversations: [conversation('a', 'b', 1_000, 10)] })
    const height = Number(/viewBox="0 0 \d+ ([\d.]+)"/.exec(markup)![1])
    const lines = [...markup.matchAll(/\sy="([\d.]+)"/g)].map(([, y]) => Number(y))
    expect(lines.length).toBeGreaterThan(6)
    expect(Math.max(...lines)).toBeLessThan(height)
  })

  it('shows twenty addresses at most and says so', () => {
    const conversations = Array.from({ length: 40 }, (_, i) =>
      conversation(`h${i}`, `h${i + 1}`, 1_000 - i, 0),
    )
    const { markup } = matrixChart({ ...office, conversations, conversationCount: 99 })
    expect(markup.match(/<rect[^>]*class="cell/g)!.length - 6).toBe(400)
    expect(markup).toContain('the 40 largest of 99 conversations')
  })
})

describe('the probe timeline', () => {
  const scan = office.findings.find(({ rule }) => rule === 'vertical-scan')!
  const withProbes = (
    probes: NonNullable<Finding['evidence']>['probes'],
    probeCount = probes.length,
  ): Finding => ({
    ...scan,
    evidence: { ...scan.evidence!, probes, probeCount },
  })
  const drawn = (finding: Finding) => probeTimeline(context, finding).markup

  it('has one mark a probe, by outcome, and the probe at which the rule fired', () => {
    const markup = drawn(
      withProbes([
        [0, 0, 80, 0, 48_000],
        [1, 0, 81, 1, 48_001],
        [2, 0, 82, 1, 60_000],
      ]),
    )
    const points = (outcome: string) =>
      new RegExp(`class="probes ${outcome}" d="M([^"]*)"`).exec(markup)![1]!.split(' ')
    // The last point is there twice: some browsers put no mark on a path of one point.
    expect(new Set(points('open')).size).toBe(1)
    expect(new Set(points('refused')).size).toBe(2)
    expect(markup).toContain('class="fired"')
    expect(markup).toContain('port 80')
    expect(markup).toContain('all 3 probes')
  })

  it('says when not all probes are drawn', () => {
    expect(
      drawn(
        withProbes(
          [
            [0, 0, 80, 0, 1],
            [1, 0, 81, 0, 2],
          ],
          9_000,
        ),
      ),
    ).toContain('the first 2 of 9,000 probes')
  })

  it('goes by address when those vary more', () => {
    const probes = [
      [0, 0, -1, 0, 1],
      [1, 1, -1, 3, 2],
      [2, -1, -1, 4, 3],
    ] as const
    const targets = { ...scan.targets, addresses: ['10.0.0.1', '10.0.0.2'] }
    const markup = drawn({ ...withProbes(probes), targets })
    for (const text of ['10.0.0.1', '10.0.0.2', 'not listed', 'by address']) expect(markup).toContain(text)
  })

  it('of a single probe is drawn too', () => {
    expect(drawn(withProbes([[5, 0, 80, 1, 48_000]]))).toContain('the one probe')
  })

  it('is nothing without probes', () => {
    expect(drawn({ ...scan, evidence: null })).toBe('')
    expect(drawn(withProbes([]))).toBe('')
  })
})

describe('a label', () => {
  it('is cut to its room, and left out where it would say nothing', () => {
    expect(fitted('192.168.0.1', 100, 6)).toBe('192.168.0.1')
    expect(fitted('192.168.0.1', 36, 6)).toBe('192.1…')
    expect(fitted('192.168.0.1', 12, 6)).toBe('')
  })
})
