import { describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { smallHead, halfCoverage, wholeCoverage } from '../../../test/hosts/small-head.ts'
import { createFakeHost, settle } from '../host/fake-host.ts'
import { useAnalysis } from './useAnalysis.ts'

const opened = { analysisId: 'a1', files: [], byteCount: 1264 }
const start = () => {
  const fake = createFakeHost()
  const analysis = effectScope().run(() => useAnalysis(fake.host))!
  return { ...fake, analysis }
}

describe('an analysis', () => {
  it('shows partial results before it ends', async () => {
    const { analysis, last } = start()
    const reading = analysis.read(opened)
    expect(analysis.isReading.value).toBe(true)
    expect(analysis.answerableId.value).toBeNull()
    last('analyze').emit({ kind: 'partial', head: smallHead, coverage: halfCoverage })
    expect(analysis.answerableId.value).toBe('a1')
    const before = analysis.revision.value
    last('analyze').succeed({ head: smallHead, coverage: wholeCoverage, interruption: null })
    await reading
    expect(analysis.state.value).toMatchObject({ phase: 'done', error: null })
    expect(analysis.revision.value).toBeGreaterThan(before)
  })

  it('knows while its process stands still, and not for longer', async () => {
    const { analysis, last } = start()
    const reading = analysis.read(opened)
    last('analyze').emit({ kind: 'standstill', standstill: 'held' })
    expect(analysis.state.value).toMatchObject({ phase: 'reading', standstill: 'held' })
    last('analyze').emit({ kind: 'standstill', standstill: null })
    expect(analysis.state.value.standstill).toBeNull()
    last('analyze').succeed({ head: smallHead, coverage: wholeCoverage, interruption: null })
    await reading
  })

  it('keeps and labels what it had when its connection breaks off', async () => {
    const { analysis, last } = start()
    const reading = analysis.read(opened)
    last('analyze').emit({ kind: 'partial', head: smallHead, coverage: halfCoverage })
    last('analyze').fail('analyzer-crashed')
    await reading
    expect(analysis.state.value).toMatchObject({
      phase: 'done',
      coverage: { isComplete: false, reason: 'interrupted' },
      error: { kind: 'analyzer-crashed' },
    })
    expect(analysis.answerableId.value).toBe('a1')
  })

  it('without any result has failed', async () => {
    const { analysis, last } = start()
    const reading = analysis.read(opened)
    last('analyze').fail('not-a-capture')
    await reading
    expect(analysis.state.value).toMatchObject({
      phase: 'failed',
      head: null,
      error: { kind: 'not-a-capture' },
    })
  })

  it('that is cancelled tells its host so', async () => {
    const { analysis, last } = start()
    const reading = analysis.read(opened)
    analysis.cancel()
    await reading
    expect(last('analyze').isCancelled).toBe(true)
    expect(analysis.state.value.error?.kind).toBe('cancelled')
  })

  it('gives way to the next, whose late events it never takes', async () => {
    const { analysis, calls } = start()
    void analysis.read(opened)
    const second = { ...opened, analysisId: 'a2' }
    void analysis.read(second)
    await settle()
    calls[0]!.emit({ kind: 'partial', head: smallHead, coverage: halfCoverage })
    expect(analysis.head.value).toBeNull()
    expect(calls.map(({ method }) => method)).toEqual(['analyze', 'closeAnalysis', 'analyze'])
  })
})
