/** What the service answers about real captures: thresholds tried again, evidence, and messages that stay small. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type AllowListEntry,
  type AnalyzeEvent,
  defaultSettings,
  emptyFilter,
  failed,
  messageBytesMax,
  methods,
  type Outcome,
  type Settings,
} from '../../src/contract/index.ts'
import type { CaptureSummary } from '../../src/engine/index.ts'
import { fileOutputs } from '../../src/node/service/outputs.ts'
import { runEngine } from '../../src/node/service/runner.ts'
import { ruleInfos, ruleSettingsOf } from '../../src/node/service/rules.ts'
import { AnalysisService } from '../../src/node/service/analysis-service.ts'

const folder = mkdtempSync(join(tmpdir(), 'service-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.value
}

async function serviceOf(
  capture: string,
  settings: Partial<Settings> = {},
  onAlive: () => void = () => undefined,
) {
  const service = new AnalysisService({
    run: runEngine,
    outputs: fileOutputs,
    now: () => performance.now(),
    onAlive,
    whenIdle: () => undefined,
  })
  const events: AnalyzeEvent[] = []
  const { thresholds, allowList } = { ...defaultSettings, ...settings }
  const order = { paths: [capture], thresholds, allowList, snapshotPath: join(folder, 'snapshot.json') }
  const end = await service.analyze(order, (event) => events.push(event), { aborted: false })
  return { service, end, events }
}

const scan = 'samples/port-scan.pcapng'
/** One source asks port 22 of many hosts. */
const sweep = 'samples/ssh-sweep.pcap'
const rowsOf = (service: AnalysisService, table: 'scanners' | 'findings') =>
  value(
    service.rows({
      analysisId: 'a',
      view: { table, filter: emptyFilter, columns: [], sort: null },
      offset: 0,
      limit: 500,
    }),
  )

const allowed = (part: Partial<AllowListEntry>): AllowListEntry => ({
  address: '',
  target: '',
  port: null,
  rules: [],
  note: '',
  ...part,
})

describe('settings', () => {
  it('hold in the run, and the summary says so', async () => {
    const { end } = await serviceOf(scan, { thresholds: { 'vertical-scan': { failedPorts: 77 } } })
    const rule = value(end).head.tool.rules.find((one) => one.rule === 'vertical-scan')
    expect(rule?.thresholds['failedPorts']).toBe(77)
  })

  it('allow a source, and its finding stays, authorised and not counted as flagged', async () => {
    const { service, end } = await serviceOf(scan, {
      allowList: [allowed({ address: '10.99.0.0/24' })],
    })
    expect(value(end).head).toMatchObject({ authorisedFindingCount: value(end).head.findingCount })
    const findings = rowsOf(service, 'findings').rows as readonly { readonly authorised: boolean }[]
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.every(({ authorised }) => authorised)).toBe(true)
  })

  it('allow a scan of one target or one port, and no other', async () => {
    const authorised = async (entry: Partial<AllowListEntry>): Promise<number> =>
      value((await serviceOf(sweep, { allowList: [allowed(entry)] })).end).head.authorisedFindingCount
    const [address, target] = ['10.99.0.66', '10.99.1.0/24']
    expect(await authorised({ address, target: '' })).toBe(1)
    expect(await authorised({ address, target })).toBe(1)
    expect(await authorised({ address, target: '10.99.1.0/25' })).toBe(0)
    expect(await authorised({ port: 22 })).toBe(1)
    expect(await authorised({ port: 23 })).toBe(0)
  })

  it('that cannot be used are named instead of passed over', async () => {
    const { end } = await serviceOf(scan, { allowList: [allowed({ address: 'my laptop' })] })
    expect(end).toMatchObject({
      ok: false,
      error: { kind: 'bad-request', message: expect.stringContaining('allow[0]') },
    })
  })

  it('for rules of another version are left out', () => {
    const thresholds = { 'no-such-rule': { x: 1 }, 'vertical-scan': { noSuchThreshold: 1, failedPorts: 20 } }
    const settings = value(ruleSettingsOf({ thresholds, allowList: [] }))
    expect(settings.limits['vertical-scan'].failedPorts).toBe(20)
  })
})

describe('other thresholds', () => {
  it('tried on the evidence in memory flag who a new run with them would flag', async () => {
    const { service } = await serviceOf(scan)
    for (const failedPorts of [5, 94, 200]) {
      const thresholds = { 'vertical-scan': { failedPorts } }
      const tried = value(
        await service.whatIf({ analysisId: 'a', thresholds, curve: null }, { aborted: false }),
      )
      const { service: run } = await serviceOf(scan, { thresholds })
      const flagged = tried.sources.filter(({ isFlagged }) => isFlagged).map(({ address }) => address)
      const expected = (rowsOf(run, 'scanners').rows as readonly { readonly address: string }[]).map(
        ({ address }) => address,
      )
      expect(flagged, String(failedPorts)).toEqual(expected)
      expect(tried.addedCount - tried.removedCount).toBe(tried.flaggedCount - 1)
    }
  })

  it('give a curve that never rises when a count is raised', async () => {
    const { service } = await serviceOf(scan)
    const values = [1, 10, 50, 100, 1000]
    const { curve } = value(
      await service.whatIf(
        {
          analysisId: 'a',
          thresholds: {},
          curve: { rule: 'vertical-scan', threshold: 'failedPorts', values },
        },
        { aborted: false },
      ),
    )
    expect(curve!.map(({ value: at }) => at)).toEqual(values)
    const counts = curve!.map(({ flaggedCount }) => flaggedCount)
    expect(counts).toEqual([...counts].sort((one, other) => other - one))
  })
})

describe('a question about other thresholds that is withdrawn', () => {
  it('stops before the next point of its curve', async () => {
    let steps = 0
    const signal = { aborted: false }
    const { service } = await serviceOf(scan, {}, () => {
      if (++steps === 3) signal.aborted = true
    })
    steps = 0
    signal.aborted = false
    const curve = { rule: 'vertical-scan', threshold: 'failedPorts', values: [1, 2, 3, 4, 5, 6, 7, 8] }
    const outcome = await service.whatIf({ analysisId: 'a', thresholds: {}, curve }, signal)
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
    expect(steps).toBe(3)
  })
})

describe('what is saved of a part', () => {
  it('says in the file how far the reading got', async () => {
    const service = new AnalysisService({
      run: async (paths, rules, hooks) => {
        await runEngine(paths, rules, {
          ...hooks,
          onProgress: (state) => hooks.onProgress({ ...state, bytesRead: 430, bytesTotal: 1000 }),
        }).then((outcome) => hooks.onPartial?.(value(outcome).summary))
        return failed('file-unreadable', 'The disk is gone.')
      },
      outputs: fileOutputs,
      now: () => 0,
      onAlive: vi.fn(),
      whenIdle: vi.fn(),
    })
    const order = { paths: [scan], thresholds: {}, allowList: [], snapshotPath: null }
    await service.analyze(order, () => undefined, { aborted: false })
    const path = join(folder, 'part.json')
    const request = { kind: 'json', analysisId: 'a' } as const
    value(await service.save({ request, path }, () => undefined, { aborted: false }))
    const { capture } = JSON.parse(readFileSync(path, 'utf8')) as CaptureSummary
    expect(capture.ending).toMatchObject({
      kind: 'cancelled',
      detail: expect.stringMatching(/interrupted: everything here is of the first 43 % of the capture/),
    })
  })
})

describe('evidence', () => {
  it('has every probe with its outcome, the running score, and where it would fire', async () => {
    const { service } = await serviceOf(scan)
    const [finding] = rowsOf(service, 'findings').rows as readonly {
      readonly id: string
      readonly rule: string
    }[]
    const evidence = value(service.evidence({ analysisId: 'a', findingId: finding!.id }))
    expect(evidence.finding.rule).toBe('vertical-scan')
    expect(evidence.probes).toHaveLength(evidence.probeCount)
    expect(evidence.scores).toHaveLength(evidence.probes.length)
  })

  it.each([
    [scan, 'failedPorts', 15],
    [sweep, 'failedHosts', 25],
  ])(
    'in %s counts %s, and reaches the threshold at the frame where the rule fired',
    async (capture, firedBy, threshold) => {
      const { service } = await serviceOf(capture)
      const { id } = rowsOf(service, 'findings').rows[0] as { readonly id: string }
      const { finding, probes, scores, scoreThreshold } = value(
        service.evidence({ analysisId: 'a', findingId: id }),
      )
      expect(finding.measures).toMatchObject({ firedBy, threshold })
      expect(scoreThreshold).toBe(threshold)
      const crossing = scores!.findIndex((score) => score >= threshold)
      expect(probes[crossing]![4]).toBe(finding.firedFrame)
    },
  )

  it('of a finding that is not there is an error', async () => {
    const { service } = await serviceOf(scan)
    expect(service.evidence({ analysisId: 'a', findingId: '__proto__' })).toMatchObject({
      error: { kind: 'unknown-finding' },
    })
  })
})

describe('a run', () => {
  let capture: string
  beforeAll(() => {
    capture = scan
  })

  it('that is asked for while another is under way is refused', async () => {
    const service = new AnalysisService({
      run: () => new Promise(() => undefined),
      outputs: fileOutputs,
      now: () => 0,
      onAlive: vi.fn(),
      whenIdle: vi.fn(),
    })
    const order = { paths: [capture], thresholds: {}, allowList: [], snapshotPath: null }
    void service.analyze(order, () => undefined, { aborted: false })
    expect(await service.analyze(order, () => undefined, { aborted: false })).toMatchObject({
      error: { kind: 'busy' },
    })
  })

  it('has an answer to nothing before it has read anything', () => {
    const service = new AnalysisService({
      run: runEngine,
      outputs: fileOutputs,
      now: () => 0,
      onAlive: vi.fn(),
      whenIdle: vi.fn(),
    })
    const request = { analysisId: 'a', range: null, bucketCountMax: 10, isSplit: false, filter: null }
    expect(service.timeline(request)).toMatchObject({ error: { kind: 'unknown-analysis' } })
    expect(service.restore(join(folder, 'nothing.json'))).toMatchObject({ ok: false })
  })

  it('tells how far it is in the form the page takes, from reading to finishing', async () => {
    const { events } = await serviceOf('samples/busy-resolver.pcap')
    for (const event of events) expect(methods.analyze.event.problem(event, 'event')).toBeNull()
    const phases = events.flatMap((event) => (event.kind === 'progress' ? [event.progress.phase] : []))
    expect(phases.at(-1)).toBe('finishing')
  })

  it('sends no message of a megabyte', async () => {
    const { service, end, events } = await serviceOf('samples/busy-resolver.pcap')
    const request = { analysisId: 'a', range: null, bucketCountMax: 2000, isSplit: true, filter: emptyFilter }
    const messages = [
      end,
      ...events,
      service.rows({
        analysisId: 'a',
        view: { table: 'conversations', filter: emptyFilter, columns: [], sort: null },
        offset: 0,
        limit: 500,
      }),
      service.timeline(request),
      service.matrix({ analysisId: 'a', filter: emptyFilter, addressCountMax: 100 }),
      ruleInfos(),
    ]
    for (const message of messages)
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(messageBytesMax)
  })

  it('saves a table as it is shown, formulas disarmed, with the columns the command line has', async () => {
    const { service } = await serviceOf(scan)
    const path = join(folder, 'table.csv')
    const view = {
      table: 'conversations',
      filter: { ...emptyFilter, chips: [{ field: 'protocol', mode: 'include', values: ['udp'] }] },
      columns: [],
      sort: { column: 'byteCount', direction: 'ascending' },
    } as const
    value(
      await service.save({ request: { kind: 'csv', analysisId: 'a', view }, path }, () => undefined, {
        aborted: false,
      }),
    )
    const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\r\n')
    expect(header).toMatch(/^"protocol","originatorAddress","originatorPort"/)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.every((line) => line.startsWith('"udp",'))).toBe(true)
    const bytes = lines.map((line) => Number(line.split(',')[6]))
    expect(bytes).toEqual([...bytes].sort((one, other) => one - other))
  })

  it('that is cancelled while saving leaves no file', async () => {
    const { service } = await serviceOf(scan)
    const path = join(folder, 'cancelled.json')
    const saved = await service.save({ request: { kind: 'json', analysisId: 'a' }, path }, () => undefined, {
      aborted: true,
    })
    expect(saved).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
    expect(() => readFileSync(path)).toThrow()
  })
})
