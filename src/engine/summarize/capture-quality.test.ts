import { expect, it } from 'vitest'
import { summaryOf } from '../../../test/captures/whole-analysis.ts'
import { at, pcap, probe, range } from '../../../test/traffic/index.ts'

const scan = pcap(
  range(0, 49).flatMap((port) =>
    probe({ scanner: '10.0.0.1', target: '10.0.0.2', port: 1000 + port, state: 'silent', start: at(port) }),
  ),
)
const remarksOf = (conversationCountMax: number): readonly string[] =>
  summaryOf(scan, { conversationCountMax }).capture.quality.remarks

it('says which share of the packets no rule saw one by one, when the table of conversations is full', () => {
  expect(remarksOf(10)).toEqual([
    expect.stringMatching(/^80 % of the packets belong to conversations past the first 10,/),
  ])
  expect(remarksOf(49)).toEqual([expect.stringMatching(/^2\.0 % /)])
})

it('says nothing of a table that has room', () => {
  expect(remarksOf(50)).toEqual([])
})
