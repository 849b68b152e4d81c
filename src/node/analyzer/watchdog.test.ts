/** Ten seconds without progress are a hang; a sleeping machine, a stopped process and an idle one are none. */

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FINISHING_HANG_SECONDS, HANG_SECONDS, SILENT_SECONDS, Watchdog } from './watchdog.ts'

let nowMs: number
let isStopped: boolean
const onHang = vi.fn()
const onStandstill = vi.fn()
let watchdog: Watchdog

beforeEach(() => {
  nowMs = 1000
  isStopped = false
  onHang.mockClear()
  onStandstill.mockClear()
  watchdog = new Watchdog({ now: () => nowMs, isStopped: () => isStopped, onHang, onStandstill })
  watchdog.setBusy(true)
})

/** Lets `seconds` pass, looking as often as a host does. */
function pass(seconds: number): void {
  for (let ms = 0; ms < seconds * 1000; ms += Watchdog.lookEveryMs) {
    nowMs += Watchdog.lookEveryMs
    watchdog.look()
  }
}

const beat = (mark: number, state: 'reading' | 'finishing' | 'idle' = 'reading') =>
  watchdog.beat({ kind: 'heartbeat', mark, state })

describe('a process that owes an answer', () => {
  it('hangs after ten seconds without a new mark, and not a look earlier', () => {
    pass(HANG_SECONDS - 0.25)
    expect(onHang).not.toHaveBeenCalled()
    pass(0.25)
    expect(onHang).toHaveBeenCalledExactlyOnceWith(HANG_SECONDS)
  })

  it('hangs when its heart beats but its mark stays', () => {
    for (let second = 0; second < HANG_SECONDS; second++) {
      beat(7)
      pass(1)
    }
    beat(7)
    pass(0.25)
    expect(onHang).toHaveBeenCalled()
  })

  it('does not hang while its mark moves', () => {
    for (let mark = 0; mark < 30; mark++) {
      beat(mark)
      pass(HANG_SECONDS - 1)
    }
    expect(onHang).not.toHaveBeenCalled()
  })

  it('hangs when it says it has nothing to do: the call was lost', () => {
    for (let mark = 0; mark < HANG_SECONDS; mark++) {
      beat(mark, 'idle')
      pass(1)
    }
    expect(onHang).toHaveBeenCalled()
  })

  it('does not hang while it sends anything', () => {
    for (let message = 0; message < 5; message++) {
      pass(HANG_SECONDS - 1)
      watchdog.alive()
    }
    expect(onHang).not.toHaveBeenCalled()
  })

  it('has longer to finish than to read', () => {
    beat(1, 'finishing')
    pass(FINISHING_HANG_SECONDS - 0.25)
    expect(onHang).not.toHaveBeenCalled()
    pass(0.25)
    expect(onHang).toHaveBeenCalledWith(FINISHING_HANG_SECONDS)
  })

  it('is not blamed for a machine that slept', () => {
    nowMs += 8 * 3_600_000
    watchdog.look()
    expect(onHang).not.toHaveBeenCalled()
  })

  it('is not blamed for being stopped', () => {
    isStopped = true
    pass(60)
    isStopped = false
    pass(HANG_SECONDS - 0.25)
    expect(onHang).not.toHaveBeenCalled()
  })
})

describe('an idle process', () => {
  it('does not hang, and the time it was idle is not held against its next answer', () => {
    watchdog.setBusy(false)
    pass(60)
    watchdog.setBusy(true)
    pass(HANG_SECONDS - 0.25)
    expect(onHang).not.toHaveBeenCalled()
  })
})

describe('a standstill', () => {
  it('is told once, before it is a hang, and so is its end', () => {
    pass(SILENT_SECONDS - 0.25)
    expect(onStandstill).not.toHaveBeenCalled()
    pass(5)
    expect(onStandstill.mock.calls).toEqual([['silent']])
    beat(1)
    pass(0.25)
    expect(onStandstill.mock.calls).toEqual([['silent'], [null]])
    expect(onHang).not.toHaveBeenCalled()
  })

  it('is told at the next look when the system holds the process', () => {
    isStopped = true
    pass(0.25)
    expect(onStandstill.mock.calls).toEqual([['held']])
    isStopped = false
    pass(0.25)
    expect(onStandstill.mock.calls).toEqual([['held'], [null]])
  })

  it('is none while a process finishes, which is one long step, or owes nothing', () => {
    beat(1, 'finishing')
    pass(60)
    watchdog.setBusy(false)
    beat(2, 'reading')
    isStopped = true
    pass(60)
    expect(onStandstill).not.toHaveBeenCalled()
  })
})
