/** SYN+ACKs of servers that were never asked: reflected at a victim, or something else. */

import { expect, it } from 'vitest'
import { judged } from '../../../../test/detection/judged.ts'
import {
  inside,
  outside,
  type RecordBuilder,
  type TcpFate,
} from '../../../../test/detection/record-builder.ts'

const VICTIM = inside(80)

/** `count` servers send a SYN+ACK, or `packets` of them, to ports of the victim's. */
const answers =
  (count: number, fate: TcpFate, packets = 1, gap = 0.02) =>
  (builder: RecordBuilder) => {
    for (let i = 0; i < count; i++)
      builder.tcp(
        {
          source: VICTIM,
          target: outside(20 + (i % 200)),
          sourcePort: 20_000 + i,
          port: 443 + Math.floor(i / 200),
          at: i * gap,
          packets,
        },
        fate,
      )
  }

it('fires at 256 that the victim resets, or that are repeated, not at 255', () => {
  const { rules, findings, scanners } = judged(answers(256, 'reset-answer'))
  expect(rules).toEqual(['reflection-amplification'])
  expect(scanners).toEqual([])
  expect(findings[0]).toMatchObject({ targets: { addresses: ['10.0.0.80'] }, severity: 'medium' })
  expect(judged(answers(255, 'reset-answer')).rules).toEqual([])
  expect(judged(answers(128, 'answer-only', 2)).rules).toEqual(['reflection-amplification'])
})

it('says nothing of a host that gets few a second', () => {
  expect(judged(answers(400, 'reset-answer', 1, 0.03)).rules).toEqual([])
})

it('says nothing of a host that sent the SYNs', () => {
  expect(judged(answers(400, 'used')).rules).toEqual([])
  expect(judged(answers(400, 'half')).rules).not.toContain('reflection-amplification')
})

it('says nothing where one server alone answers, as it does who counts IP ids', () => {
  const write = (builder: RecordBuilder) => {
    for (let i = 0; i < 400; i++)
      builder.tcp(
        { source: VICTIM, target: outside(3), sourcePort: 20_000 + i, port: 443, at: i * 0.01 },
        'reset-answer',
      )
  }
  expect(judged(write).rules).not.toContain('reflection-amplification')
})
