import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SHARED } from '../../../test/captures/shared-captures.ts'
import { ApplicationActivity } from '../aggregate/application/application-activity.ts'
import { NameTableId } from '../aggregate/application/tally-table.ts'
import { Analysis } from '../analyze.ts'
import { OpenReader } from '../capture/open-reader.ts'
import { DecodeIssueCounts } from '../decode/decode-issue.ts'
import { FlowBatch, FlowRole } from '../decode/flow-batch.ts'
import { Protocol } from '../decode/protocol-table.ts'
import { KeyHash } from '../net/key-hash.ts'
import { applicationSummary } from './application-summary.ts'
import type { ApplicationSummary } from './capture-summary.ts'

const HOSTILE = `${SHARED}/hostile`

function activityOf(names: readonly string[], seed = 1): ApplicationActivity {
  const activity = new ApplicationActivity(new KeyHash([seed, 2, 3, 4]), new DecodeIssueCounts())
  const flows = new FlowBatch()
  names.forEach((name, i) => {
    const labels = name
      .split('.')
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]))
    const bytes = Buffer.concat([
      Buffer.from('000101000001000000000000', 'hex'),
      ...labels,
      Buffer.from('0000010001', 'hex'),
    ])
    flows.count = 0
    const row = flows.begin(0, FlowRole.packet, 0, 4, 1, 2)
    flows.ipProtocol[row] = 17
    flows.dstPort[row] = 53
    flows.payloadLength[row] = flows.payloadWireLength[row] = bytes.length
    activity.observe(flows, row, Protocol.dns, bytes, 0, 0, i + 1)
  })
  return activity
}

function summaryOf(path: string): ApplicationSummary {
  const reader = new OpenReader()
  const analysis = new Analysis(reader, { hashSecret: [1, 2, 3, 4] })
  const file = readFileSync(path)
  const window = reader.writable(file.length)
  window.bytes.set(file, window.offset)
  reader.commit(file.length)
  reader.finish()
  analysis.drain()
  return applicationSummary(analysis.aggregates.applications)
}

const queryNames = (summary: ApplicationSummary) => summary['dns']?.tables['queryNames']

describe('applicationSummary', () => {
  it('orders rows by count, then by name, and counts those it does not list', () => {
    const names = ['b.example', 'c.example', 'a.example', 'c.example', 'd.example']
    expect(queryNames(applicationSummary(activityOf(names), 3))).toEqual({
      distinctCount: 4,
      rows: [
        { name: 'c.example', count: 2 },
        { name: 'a.example', count: 1 },
        { name: 'b.example', count: 1 },
      ],
    })
  })

  it('lists a hundred rows unless told otherwise', () => {
    const table = queryNames(
      applicationSummary(activityOf(Array.from({ length: 250 }, (_, i) => `n${i}.example`))),
    )
    expect([table?.distinctCount, table?.rows.length]).toEqual([250, 100])
  })

  it('is the same text for every secret', () => {
    const names = Array.from({ length: 300 }, (_, i) => `n${(i * 7) % 120}.example`)
    const texts = [1, 2, 3, 4, 5].map((seed) => JSON.stringify(applicationSummary(activityOf(names, seed))))
    expect(new Set(texts).size).toBe(1)
  })

  it('counts names of object members like any other and keys nothing by them', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const summary = applicationSummary(activityOf(names))
    expect(queryNames(summary)?.rows).toEqual(
      names.toSorted().map((name) => ({ name: name.toLowerCase(), count: 1 })),
    )
    expect(Object.keys(summary)).toEqual(['dns'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('has nothing to say of a capture without messages', () => {
    expect(applicationSummary(activityOf([]))).toEqual({})
  })

  it('counts SNMP communities and shows none', () => {
    const activity = activityOf([])
    activity.tally.messageCounts[Protocol.snmp] = 1
    activity.tally.addName(Protocol.snmp, NameTableId.communities, Buffer.from('s3cret'), 0, 6)
    const summary = applicationSummary(activity)
    expect(summary['snmp']?.tables['communities']).toEqual({ distinctCount: 1, rows: [] })
    expect(JSON.stringify(summary)).not.toContain('s3cret')
  })

  it('survives a round through JSON', () => {
    const summary = applicationSummary(activityOf(['a.example']))
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary)
  })
})

describe.skipIf(!existsSync(HOSTILE))(`hostile captures (skipped where ${SHARED} is absent)`, () => {
  it('x02 counts each name that is also an object member once', () => {
    const rows = queryNames(summaryOf(`${HOSTILE}/x02-proto-keys.pcap`))?.rows ?? []
    expect(rows).toHaveLength(6)
    expect(rows.every(({ count }) => count === 1)).toBe(true)
    expect(rows.map(({ name }) => name.split('.')[0])).toEqual(
      expect.arrayContaining(['__proto__', 'constructor', 'tostring']),
    )
  })

  it.each([
    'x00-xss-dns',
    'x01-term-esc-dns',
    'x03-csv-dns',
    'x13-http-xss',
    'x14-redos-host',
    'x15-invalid-utf8',
  ])('%s gives text without control and bidi characters, at most 256 characters long', (file) => {
    const rows = Object.values(summaryOf(`${HOSTILE}/${file}.pcap`)).flatMap(({ tables }) =>
      Object.values(tables).flatMap((table) => table.rows),
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { name } of rows) {
      expect(name).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
      expect(name.length).toBeLessThanOrEqual(256)
    }
  })

  it('x04 and x05 end, with their oddities named', () => {
    expect(summaryOf(`${HOSTILE}/x04-dns-ptr-loop.pcap`)['dns']?.messageCount).toBe(2)
    expect(summaryOf(`${HOSTILE}/x05-dns-65535-answers.pcap`)['dns']?.messageCount).toBe(1)
  })
})
