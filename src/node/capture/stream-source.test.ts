import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { StreamSource } from './stream-source.ts'

async function* parts(...all: readonly number[][]): AsyncGenerator<Uint8Array> {
  for (const part of all) yield await Promise.resolve(Uint8Array.from(part))
}

const streamOf = (...all: readonly number[][]): Readable =>
  Readable.from(parts(...all), { objectMode: false })

async function readAll(source: StreamSource, step: number): Promise<number[]> {
  const bytes = new Uint8Array(step + 2)
  const all: number[] = []
  for (let count = await source.read(bytes, 1, step); count > 0; count = await source.read(bytes, 1, step)) {
    all.push(...bytes.subarray(1, 1 + count))
  }
  return all
}

describe('a stream as a source', () => {
  it('gives its bytes in their order whatever is asked for at a time, and shows them to the listener', async () => {
    for (const step of [1, 2, 3, 100]) {
      const seen: number[] = []
      const source = new StreamSource(
        streamOf([1, 2, 3], [4], [5, 6, 7, 8]),
        'it',
        (bytes, offset, length) => {
          seen.push(...bytes.subarray(offset, offset + length))
        },
      )
      expect(await readAll(source, step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      expect(source.interruption).toBeNull()
    }
  })

  it('knows how long it is when its end has come, and not before', async () => {
    const source = new StreamSource(streamOf([1, 2, 3]), 'it', () => undefined)
    expect(source.progress).toEqual({ bytesRead: 0, bytesTotal: Infinity })
    await source.read(new Uint8Array(2), 0, 2)
    expect(source.progress).toEqual({ bytesRead: 2, bytesTotal: Infinity })
    await readAll(source, 5)
    expect(source.progress).toEqual({ bytesRead: 3, bytesTotal: 3 })
  })

  it('can be looked at from any place before it is read', async () => {
    const source = new StreamSource(streamOf([1, 2, 3], [4, 5], [6]), 'it', () => undefined)
    while (await source.readAhead());
    await source.read(new Uint8Array(1), 0, 1)
    const found = [0, 1, 2, 3, 4, 5].map((position) => {
      const into = new Uint8Array(3)
      return [...into.subarray(0, source.peek(into, position))]
    })
    expect(found).toEqual([[2, 3, 4], [3, 4, 5], [4, 5, 6], [5, 6], [6], []])
    expect(await readAll(source, 4)).toEqual([2, 3, 4, 5, 6])
  })

  it('tells after how many bytes it failed, and with what', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Uint8Array.of(1, 2))
      throw Object.assign(new Error('no'), { code: 'EIO' })
    }
    const source = new StreamSource(Readable.from(failing()), 'it', () => undefined)
    expect(await readAll(source, 9)).toEqual([1, 2])
    expect(source.interruption).toEqual({
      kind: 'read-error',
      detail: 'After 2 bytes reading it failed with EIO. Write the capture to a file and name that.',
    })
  })
})
