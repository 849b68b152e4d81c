import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MergeHeap } from './merge-heap.ts'

type Entry = readonly [seconds: number, nanoseconds: number]

function inOrder(entries: readonly Entry[]): number[] {
  return entries
    .map((time, source) => ({ time, source }))
    .sort((a, b) => a.time[0] - b.time[0] || a.time[1] - b.time[1] || a.source - b.source)
    .map(({ source }) => source)
}

describe('MergeHeap', () => {
  it('gives the captures by time, then by their order', () => {
    const time = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 2 }))
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 40 }), (entries) => {
        const heap = new MergeHeap(entries.length)
        entries.forEach(([seconds, nanoseconds], source) => heap.add(source, seconds, nanoseconds))
        const order: number[] = []
        const seconds: number[] = []
        while (heap.first !== -1) {
          order.push(heap.first)
          seconds.push(heap.second)
          heap.removeFirst()
        }
        expect(order).toEqual(inOrder(entries))
        expect(seconds).toEqual([...inOrder(entries).slice(1), -1])
      }),
    )
  })

  it('keeps its order when the first capture goes on to a later time', () => {
    const heap = new MergeHeap(3)
    heap.add(0, 10, 0)
    heap.add(1, 20, 5)
    heap.add(2, 20, 4)
    heap.replaceFirst(20, 5)
    expect([heap.first, heap.second]).toEqual([2, 0])
    expect([heap.secondSeconds, heap.secondNanoseconds]).toEqual([20, 5])
  })

  it('is empty in the beginning and in the end', () => {
    const heap = new MergeHeap(1)
    expect([heap.first, heap.second]).toEqual([-1, -1])
    heap.add(0, 1, 1)
    heap.removeFirst()
    expect(heap.first).toBe(-1)
  })
})
