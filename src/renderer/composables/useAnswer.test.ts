import { expect, it } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import { createFakeHost, settle } from '../host/fake-host.ts'
import { useAnswer } from './useAnswer.ts'

const listing = (path: string) => ({
  id: path,
  path,
  parentId: null,
  folders: [],
  captures: [],
  unlistedCount: 0,
})

function start() {
  const fake = createFakeHost()
  const folder = shallowRef<string | null | undefined>(null)
  const scope = effectScope()
  const answer = scope.run(() =>
    useAnswer(fake.host, 'listFolder', () =>
      folder.value === undefined ? null : { folderId: folder.value },
    ),
  )!
  return { ...fake, folder, answer, scope }
}

it('an answer stays until the next one comes', async () => {
  const { answer, folder, last } = start()
  last('listFolder').succeed(listing('first'))
  await settle()
  folder.value = 'second'
  await settle()
  expect(answer.value.value?.path).toBe('first')
  expect(answer.isLoading.value).toBe(true)
  last('listFolder').succeed(listing('second'))
  await settle()
  expect(answer.value.value?.path).toBe('second')
})

it('a late answer to an old question is not shown', async () => {
  const { answer, folder, calls } = start()
  folder.value = 'second'
  await settle()
  expect(calls[0]!.isCancelled).toBe(true)
  calls[1]!.succeed(listing('second'))
  calls[0]!.succeed(listing('first'))
  await settle()
  expect(answer.value.value?.path).toBe('second')
})

it('an error is told and the answer before it kept', async () => {
  const { answer, folder, last } = start()
  last('listFolder').succeed(listing('first'))
  await settle()
  folder.value = 'gone'
  await settle()
  last('listFolder').fail('file-missing')
  await settle()
  expect(answer.error.value?.kind).toBe('file-missing')
  expect(answer.value.value?.path).toBe('first')
})

it('no question forgets the answer', async () => {
  const { answer, folder, last } = start()
  last('listFolder').succeed(listing('first'))
  await settle()
  folder.value = undefined
  await settle()
  expect(answer.value.value).toBeNull()
})

it('the end of its component cancels the question', () => {
  const { scope, last } = start()
  scope.stop()
  expect(last('listFolder').isCancelled).toBe(true)
})
