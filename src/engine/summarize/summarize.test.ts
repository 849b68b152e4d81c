import { expect, it } from 'vitest'
import { Aggregates } from '../aggregate/aggregates.ts'
import type { CaptureInterface } from '../capture/capture-interface.ts'
import { CaptureNoteBook } from '../capture/capture-note-book.ts'
import { detect } from '../detect/detect.ts'
import { gatherEvidence } from '../detect/gather-evidence.ts'
import { summarize } from './summarize.ts'

const interfaces = Array.from({ length: 5 }, (_, id): CaptureInterface => ({
  id,
  linkType: 1,
  snaplen: 0,
  timestampResolution: '10^-6',
  name: `eth${id}`,
  description: null,
  packetCount: 0,
  droppedCount: 1,
  receivedCount: null,
}))

it.each([
  [0, 0],
  [2, 2],
  [7, 5],
  [null, 5],
])('lists as many interfaces as the limit of rows %j lets it, and counts all', (rowLimit, listedCount) => {
  const aggregates = new Aggregates([1, 2, 3, 4])
  const { capture } = summarize(
    aggregates,
    detect(gatherEvidence(aggregates, null)),
    {
      files: [],
      interfaces,
      ending: { kind: 'complete', byteOffset: 0, detail: '' },
      notes: new CaptureNoteBook(),
    },
    { toolVersion: 'test', rowLimit },
  )
  expect(capture.interfaces.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4].slice(0, listedCount))
  expect(capture.interfaceCount).toBe(5)
  expect(capture.quality.droppedPacketCount).toBe(5)
})
