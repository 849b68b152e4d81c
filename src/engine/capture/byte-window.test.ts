import { describe, expect, it } from 'vitest'
import { ByteWindow, WINDOW_BYTES_MAX, WINDOW_BYTES_START } from './byte-window.ts'

/** Write `values` at the window's end, as a host does. */
function write(window: ByteWindow, ...values: number[]): void {
  const room = window.writable(values.length)
  room.bytes.set(values, room.offset)
  window.commit(values.length)
}

function unread(window: ByteWindow): number[] {
  return [...window.bytes.subarray(window.start, window.end)]
}

describe('ByteWindow', () => {
  it('holds what was written, in order', () => {
    const window = new ByteWindow()
    write(window, 1, 2, 3)
    write(window, 4)
    expect(unread(window)).toEqual([1, 2, 3, 4])
  })

  it('moves what is left over to the front once more than that was consumed', () => {
    const window = new ByteWindow(8)
    write(window, 1, 2, 3, 4, 5, 6)
    window.start = 4
    write(window, 7)
    expect(window.start).toBe(0)
    expect(unread(window)).toEqual([5, 6, 7])
  })

  it('leaves a long remainder where it is as long as there is room', () => {
    const window = new ByteWindow(16)
    write(window, 1, 2, 3, 4, 5, 6)
    window.start = 1
    write(window, 7)
    expect(window.start).toBe(1)
  })

  it('knows the offset in the capture of every byte, moved or not', () => {
    const window = new ByteWindow(4)
    write(window, 10, 11, 12, 13)
    window.start = 3
    expect(window.byteOffset).toBe(3)
    write(window, 14, 15)
    expect(window.byteOffset).toBe(3)
    expect(window.offsetOf(window.end)).toBe(6)
  })

  it('does not grow as long as the reader consumes', () => {
    const window = new ByteWindow()
    for (let i = 0; i < 100; i++) {
      window.writable(262_144)
      window.commit(262_144)
      window.start = window.end - 1_000
    }
    expect(window.bytes.length).toBe(WINDOW_BYTES_START)
    expect(window.byteOffset).toBe(100 * 262_144 - 1_000)
  })

  it('grows by doubling when a record does not fit, and keeps its bytes', () => {
    const window = new ByteWindow(4)
    write(window, 1, 2, 3)
    write(window, 4, 5, 6)
    expect(window.bytes.length).toBe(8)
    expect(unread(window)).toEqual([1, 2, 3, 4, 5, 6])
    expect(window.view.getUint8(5)).toBe(6)
  })

  it('gives as much room as is asked for', () => {
    const room = new ByteWindow(4).writable(1_000)
    expect(room.length).toBeGreaterThanOrEqual(1_000)
  })

  it('refuses to hold more unread bytes than any reader waits for', () => {
    const window = new ByteWindow()
    window.writable(WINDOW_BYTES_MAX)
    window.commit(WINDOW_BYTES_MAX)
    expect(() => window.writable(1)).toThrow(RangeError)
    window.start = window.end
    expect(window.writable(1).length).toBeGreaterThan(0)
  })
})
