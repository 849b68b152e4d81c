/** The process started ahead, with processes that are only counted. */

import { expect, it } from 'vitest'
import type { AnalyzerChild } from './client.ts'
import { AnalyzerSpare } from './spare.ts'

function spareOf() {
  const started: { pid: number; end: () => void; isKilled: boolean }[] = []
  const spare = new AnalyzerSpare((): AnalyzerChild => {
    let tell: () => void = () => undefined
    const one = { pid: started.length + 1, end: () => tell(), isKilled: false }
    started.push(one)
    return {
      pid: one.pid,
      post: () => undefined,
      onMessage: () => undefined,
      onExit: (listener) => {
        tell = () => listener({ code: 1, signal: null, reason: null, stderrTail: '' })
      },
      kill: () => {
        one.isKilled = true
      },
    }
  })
  return { spare, started }
}

it('the process that waits is taken, and only one waits', () => {
  const { spare, started } = spareOf()
  spare.prepare()
  spare.prepare()
  expect(started).toHaveLength(1)
  expect(spare.take().pid).toBe(1)
  expect(spare.take().pid).toBe(2)
})

it('one that died while it waited is not handed out', () => {
  const { spare, started } = spareOf()
  spare.prepare()
  started[0]!.end()
  expect(spare.take().pid).toBe(2)
})

it('closing ends the one that waits, and none that was taken', () => {
  const { spare, started } = spareOf()
  spare.prepare()
  spare.take()
  spare.prepare()
  spare.close()
  expect(started.map(({ isKilled }) => isKilled)).toEqual([false, true])
})
