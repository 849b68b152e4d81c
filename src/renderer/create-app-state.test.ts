import { expect, it } from 'vitest'
import { effectScope } from 'vue'
import { halfCoverage, smallHead, wholeCoverage } from '../../test/hosts/small-head.ts'
import { createAppState } from './create-app-state.ts'
import { createFakeHost, settle } from './host/fake-host.ts'

async function readWith(coverage: typeof wholeCoverage) {
  const fake = createFakeHost()
  const app = effectScope().run(() => createAppState(fake.host))!
  const reading = app.analysis.read({ analysisId: 'a1', files: [], byteCount: 1264 })
  fake.last('analyze').succeed({ head: smallHead, coverage, interruption: null })
  await reading
  await settle()
  return { ...fake, app }
}

it('keeps decisions for a capture that has been read to its end', async () => {
  const { app, countOf } = await readWith(wholeCoverage)
  expect(app.notes.canKeep.value).toBe(true)
  void app.notes.set('f1', true, '')
  expect(countOf('setFindingNote')).toBe(1)
})

it('keeps none for a capture of which a part was read: another one may have the same key', async () => {
  const { app, countOf } = await readWith({ ...halfCoverage, reason: 'cancelled' })
  expect(app.notes.canKeep.value).toBe(false)
  void app.notes.set('f1', true, '')
  expect([countOf('findingNotes'), countOf('setFindingNote')]).toEqual([0, 0])
})
