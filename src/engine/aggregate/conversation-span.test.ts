import { expect, it } from 'vitest'
import { AddressTable } from '../net/address-table.ts'
import { KeyHash } from '../net/key-hash.ts'
import { Row } from './conversation-row.ts'
import { firstFrameOf, lastFrameOf, setFirstFrame, setLastFrame } from './conversation-span.ts'
import { ConversationTable } from './conversation-table.ts'
import { ConversationView } from './conversation-view.ts'

it.each([1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 40])('frame %i is read as it was written', (frame) => {
  const table = new ConversationTable(new KeyHash([1, 2, 3, 4]))
  const row = table.add(table.hash(1, 2, 3, 4), 1, 2, 3, 4)
  const words = table.slab(row)
  words[Row.state] = 0xffff
  setFirstFrame(words, 0, 2 ** 40)
  setLastFrame(words, 0, 2 ** 40)
  setFirstFrame(words, 0, frame)
  expect([firstFrameOf(words, 0), lastFrameOf(words, 0)]).toEqual([frame, 2 ** 40])
  setLastFrame(words, 0, frame)
  const view = new ConversationView(table, new AddressTable(new KeyHash([1, 2, 3, 4]))).go(row)
  expect([view.firstFrame, view.lastFrame, words[Row.state]! & 0xffff]).toEqual([frame, frame, 0xffff])
})
