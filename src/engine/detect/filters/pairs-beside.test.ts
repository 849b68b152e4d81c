import { expect, it } from 'vitest'
import { judged, SCANNER } from '../../../../test/detection/judged.ts'
import { inside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

/** Thirty ports of one host and thirty others of the next; of the second, long before, `used` of the first thirty. */
const scans = (used: readonly number[]) => (builder: RecordBuilder) => {
  used.forEach((port, i) => builder.tcp({ source: SCANNER, target: inside(4), port, at: i / 100 }, 'used'))
  for (let i = 0; i < 60; i++)
    builder.tcp({ source: SCANNER, target: inside(i < 30 ? 3 : 4), port: 1 + i, at: 900 + i / 10 }, 'refused')
}

it('filters leave out ports of a target that were used before the scan', () => {
  const [finding] = judged(scans([5, 7])).findings
  expect(finding?.filters.wireshark).toContain(
    ' && tcp.dstport in {1..60} && !(ip.dst == 10.0.0.4 && tcp.dstport in {5, 7}) && ',
  )
  expect(finding?.filters.bpf).toContain(
    ' and dst portrange 1-60 and not (dst host 10.0.0.4 and (dst port 5 or dst port 7)) and ',
  )
})

it('filters leave out nothing where nothing else is selected', () => {
  const [finding] = judged(scans([70])).findings
  expect(finding?.filters.wireshark).not.toContain('!(')
  expect(finding?.filters.bpf).not.toContain('not')
})
