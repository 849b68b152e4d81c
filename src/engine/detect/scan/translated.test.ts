import { expect, it } from 'vitest'
import { judged, SCANNER, TARGET } from '../../../../test/detection/judged.ts'
import { outside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

const ROUTER = outside(200)

/** A scan of forty ports, each probe seen again from the router a moment later; `change` says how that one differs. */
const bothSides =
  (change: (i: number) => { ipId?: number; timeToLive?: number; delay?: number }) =>
  (builder: RecordBuilder) => {
    for (let i = 0; i < 40; i++) {
      const own = { ipId: 9000 + i * 7, timeToLive: 40 + (i % 11) }
      const { delay = 0.001, ...differing } = change(i)
      const fields = { target: TARGET, port: 2000 + i, at: i * 0.1 }
      builder.tcp({ ...fields, ...own, source: SCANNER }, 'refused')
      const again = { ...own, timeToLive: own.timeToLive - 1, ...differing }
      builder.tcp({ ...fields, ...again, source: ROUTER, at: fields.at + delay }, 'refused')
    }
  }
const namesOf = (...args: Parameters<typeof bothSides>) => {
  const { rules, scanners } = judged(bothSides(...args))
  return { rules, count: scanners.length }
}

it('names who is behind an address translation, and not the address it is translated to', () => {
  const { rules, scanners, dismissed } = judged(bothSides(() => ({})))
  expect([rules, scanners]).toEqual([['vertical-scan'], ['80.9.0.9']])
  expect(dismissed.find(({ address }) => address === '80.200.0.200')?.reason).toBe('address-translation')
})

it('takes the same packets for decoys where each has a time to live of its own', () => {
  expect(namesOf((i) => ({ timeToLive: 40 + ((i * 5) % 13) }))).toEqual({ rules: ['decoy-scan'], count: 2 })
})

it('takes other packets for another source, and so those that live as long', () => {
  expect(namesOf((i) => ({ ipId: 100 + i })).count).toBe(2)
  expect(namesOf((i) => ({ timeToLive: 40 + (i % 11) })).count).toBe(2)
})
